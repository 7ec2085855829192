import HostSystem
import PythonPackaging
import ZipArchive

/// Whether a wheel that was built on this machine loads on a target.
enum Loadability {
    /// Why a wheel does not load; `nil` where it is pure, or its tags, machine and glibc versions prove that it does.
    static func fault(of file: LocalPath, named name: WheelName, on target: Target) throws -> String? {
        let tags = target.supportedTags
        if name.rank(in: tags) == nil {
            // A build names the platform that it ran on, `linux_x86_64`, which says nothing of glibc: that is proven
            // from the files below.
            let local = "linux_\(target.architecture.machine)"
            let platform = target.manylinuxPlatform
            let fits = name.tags.contains { tag in
                tag.platform == local
                    && tags.rank(of: WheelTag(python: tag.python, abi: tag.abi, platform: platform)) != nil
            }
            guard fits else { return "it is for \(name.tags.map(\.description).joined(separator: ", "))" }
        }
        let archive = try ZipReader(opening: file.string)
        for entry in archive.entries where entry.kind == .file {
            let bytes = try archive.contents(of: entry)
            guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { continue }
            if let fault = fault(ofLibrary: bytes, on: target) { return "'\(entry.path)' \(fault)" }
        }
        return nil
    }

    /// Why an ELF file does not load: its machine, or the glibc that it asks for.
    static func fault(ofLibrary bytes: [UInt8], on target: Target) -> String? {
        let machine = bytes.count > 19 ? Int(bytes[18]) | Int(bytes[19]) << 8 : 0
        // e_machine: EM_X86_64 and EM_AARCH64
        let wanted = target.architecture == .x86_64 ? 62 : 183
        guard machine == wanted else { return "is for another machine than \(target.architecture.machine)" }
        let newest = newestGlibc(in: bytes)
        guard newest <= target.runtime.glibcMinor else {
            return "asks for glibc 2.\(newest), and '\(target)' has 2.\(target.runtime.glibcMinor)"
        }
        return nil
    }

    /// The N of the newest `GLIBC_2.N` among the names of versions in a library.
    private static func newestGlibc(in bytes: [UInt8]) -> Int {
        let mark = Array("GLIBC_2.".utf8)
        var newest = 0
        var index = 0
        while let start = bytes[index...].firstIndex(of: mark[0]) {
            index = start + 1
            guard bytes[start...].starts(with: mark) else { continue }
            let digits = bytes[(start + mark.count)...].prefix { (0x30...0x39).contains($0) }.prefix(3)
            newest = max(newest, Int(String(decoding: digits, as: UTF8.self)) ?? 0)
        }
        return newest
    }
}
