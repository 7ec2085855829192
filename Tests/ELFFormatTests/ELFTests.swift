import ELFFormat
import FuroshikiTestSupport
import Testing

struct ELFTests {
    @Test(arguments: [(UInt16(62), ELFFile.Machine.x86_64), (183, .arm64), (40, .other(40))])
    func `the processor is read`(number: UInt16, machine: ELFFile.Machine) {
        #expect(ELFFile(ELFBuilder(machine: number).build())?.machine == machine)
    }

    @Test(
        arguments: [
            (["GLIBC_2.2.5"], 2), (["GLIBC_2.17", "GLIBC_2.34", "GLIBC_2.4"], 34), (["GLIBC_PRIVATE"], nil),
            (["GLIBC_2.28", "GLIBCXX_3.4.30"], 28), ([], nil),
        ] as [([String], Int?)]
    )
    func `the newest required version of the C library is read`(versions: [String], minor: Int?) throws {
        let file = try #require(ELFFile(ELFBuilder(versions: versions).build()))
        #expect(file.glibcMinor == minor)
    }

    @Test func `needed libraries, library paths and the own name are read`() throws {
        var builder = ELFBuilder()
        builder.needed = ["libpq.so.5", "libc.so.6"]
        builder.runPath = "$ORIGIN/../x.libs:/opt/build/lib"
        builder.soname = "libown.so.1"
        let file = try #require(ELFFile(builder.build()))
        #expect(file.neededLibraries == ["libpq.so.5", "libc.so.6"])
        #expect(file.libraryPaths == ["$ORIGIN/../x.libs", "/opt/build/lib"])
        #expect(file.soname == "libown.so.1")
        let bare = try #require(ELFFile(ELFBuilder().build()))
        #expect(bare.neededLibraries.isEmpty && bare.libraryPaths.isEmpty && bare.soname == nil)
    }

    @Test func `a library that is cut or changed anywhere crashes nothing`() {
        var builder = ELFBuilder(versions: ["GLIBC_2.17", "GLIBC_2.34"], hasSymbols: true)
        builder.needed = ["libpq.so.5"]
        builder.runPath = "$ORIGIN"
        let whole = builder.build()
        for count in 0..<whole.count {
            _ = ELFFile(Array(whole[..<count]))
            _ = ELFStripper.strip(Array(whole[..<count]))
        }
        for index in whole.indices {
            for value in [0xff, 0x80, 0x7f] as [UInt8] {
                var changed = whole
                changed[index] = value
                _ = ELFFile(changed)
                _ = ELFStripper.strip(changed)
            }
        }
    }

    @Test func `other files are not libraries`() {
        #expect(ELFFile(Array("#!/bin/sh".utf8)) == nil)
        #expect(!ELFFile.isELF(Array("MZ".utf8)))
    }

    @Test func `symbols and debugging information are removed, and loaded data is kept`() throws {
        let whole = ELFBuilder(versions: ["GLIBC_2.28"], hasSymbols: true).build()
        let stripped = try #require(ELFStripper.strip(whole))
        #expect(stripped.count < whole.count - 700)
        #expect(ELFFile(stripped) == ELFFile(whole))
        let text = String(decoding: stripped, as: UTF8.self)
        #expect(text.contains("a compiler"))
        #expect(!text.contains("many names"))
        // The loaded part is equal byte for byte, but for the header's words on sections.
        let loadedEnd = ELFBuilder(versions: ["GLIBC_2.28"]).build().count
        #expect(stripped[64..<loadedEnd] == whole[64..<loadedEnd])
        #expect(ELFStripper.strip(stripped) == nil)
    }

    @Test func `a library without sections is unchanged`() {
        #expect(ELFStripper.strip(ELFBuilder().build()) == nil)
    }

    @Test func `overlapping sections do not make the output large`() {
        let whole = ELFBuilder(hasSymbols: true, repeatedSections: 60_000).build()
        #expect(ELFFile(whole) != nil)
        #expect(ELFStripper.strip(whole) == nil)
    }
}
