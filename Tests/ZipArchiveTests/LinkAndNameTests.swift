import FuroshikiTestSupport
import Testing

@testable import ZipArchive

struct LinkAndNameTests {
    typealias Entry = ZipBuilder.Entry

    @Test(arguments: [
        ("b", "a/b"), ("../b/c", "b/c"), ("./../x/./y/..", "x"), ("b//c", "a/b/c"), ("...", "a/..."),
    ])
    func `the target of a link is relative to the link's directory`(target: String, path: String) throws {
        let reader = try ZipReader(ZipBuilder([Entry("a/l", target, mode: 0o120777)]).build(), name: "x.zip")
        let entry = try #require(reader.entry(named: "a/l"))
        #expect(try reader.linkTarget(of: entry).string == path)
        #expect(reader.entry(named: "a") == nil)
    }

    @Test(arguments: ["../../a/b", "/a/b", "..", "", "../b/../..", "a\\b"])
    func `a link that leaves the archive on its way is rejected`(target: String) throws {
        let bytes = ZipBuilder([Entry("a/l", target, mode: 0o120777)]).build()
        guard target.isEmpty else {
            let error = #expect(throws: ZipError.self) { try ZipReader(bytes, name: "x.zip") }
            #expect(error?.reason == .linkLeavesArchive(target: target))
            return
        }
        // An empty target is the link's own directory.
        let reader = try ZipReader(bytes, name: "x.zip")
        #expect(try reader.linkTarget(of: reader.entries[0]).string == "a")
    }

    @Test func `a link target that is too long for a path is rejected`() throws {
        let accepted = String(repeating: "./", count: 2_047) + "b"
        #expect(accepted.utf8.count == 4_095)
        for (target, isAccepted) in [(accepted, true), (accepted + "b", true), (accepted + "bb", false)] {
            let bytes = ZipBuilder([Entry("l", target, mode: 0o120777)]).build()
            #expect(((try? ZipReader(bytes, name: "x.zip")) != nil) == isAccepted)
        }
    }

    @Test(arguments: [
        ("a:b", ArchivePath.Problem.driveLetter), ("Z:", .driveLetter), ("z:/x", .driveLetter),
        (".", .currentComponent), ("a/.", .currentComponent), ("..", .parentComponent), ("a/", .emptyComponent),
        ("/", .absolute), ("", .empty), (String(repeating: "a", count: 4096), .tooLong),
    ])
    func `an invalid name has its problem in the error`(name: String, problem: ArchivePath.Problem) {
        #expect(throws: ArchivePath.ParseError(text: name, problem: problem)) { try ArchivePath(parsing: name) }
    }

    @Test(arguments: ["@:", "[:", "`:", "{:", "1:", "ab:", "a/b:", ":a", ".a", "a.", "..a", "a..", ".../a", "-/a"])
    func `only a letter before a colon is a drive`(name: String) throws {
        #expect(try ArchivePath(parsing: name).string == name)
    }

    @Test func `a name of one component is its first and last component`() throws {
        let name = try ArchivePath(parsing: "a.py")
        #expect(name.firstComponent == "a.py")
        #expect(name.lastComponent == "a.py")
        #expect(name.components == ["a.py"])
        #expect(try ArchivePath(parsing: "a/b/c").components == ["a", "b", "c"])
    }

    @Test func `a directory entry can follow and precede its files`() throws {
        let entries = [Entry("a/b/c"), Entry("a/", mode: 0o40755), Entry("a/b/", mode: 0o40755), Entry("a/b2")]
        #expect(try ZipReader(ZipBuilder(entries).build(), name: "x.zip").entries.count == 4)
        let wrong = ZipBuilder([Entry("a/b/c/d"), Entry("x"), Entry("a")]).build()
        let error = #expect(throws: ZipError.self) { try ZipReader(wrong, name: "x.zip") }
        #expect(error?.reason == .fileIsFolder)
        #expect(error?.entry == "a")
    }

    @Test func `an error describes the archive, the entry and the offset`() throws {
        let encrypted = ZipBuilder([Entry("a", "x").with { $0.flags = 1 }]).build()
        let error = #expect(throws: ZipError.self) { try ZipReader(encrypted, name: "x.zip") }
        #expect(error?.description == "'x.zip': entry 'a' is encrypted (at byte 32)")
        let empty = #expect(throws: ZipError.self) { try ZipReader([], name: "x.zip") }
        #expect(empty?.description.hasPrefix("'x.zip': the archive has no end record") == true)
    }
}
