package import ELFFormat
import HostSystem
import PythonPackaging
package import RequirementFormats
import ZipArchive

/// Whether a wheel that was built on this machine loads on a target.
package enum LoadCheck {
    /// Why a wheel does not load; `nil` where it is pure, or its tags, machine and glibc versions prove that it does.
    static func problem(of file: LocalPath, named name: WheelName, on target: Target) throws -> String? {
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
        let archive = try ZipReader(opening: file.string, limits: StoredWheel.sizeLimits)
        for entry in archive.entries where entry.kind == .file {
            let bytes = try archive.contents(of: entry)
            guard ELFFile.isELF(bytes) else { continue }
            if let problem = problem(of: ELFFile(bytes), for: target) { return "'\(entry.path)' \(problem)" }
        }
        return nil
    }

    /// What is wrong with one ELF file for a target, in words; `nil` where it loads there.
    package static func problem(of elf: ELFFile?, for target: Target) -> String? {
        guard let elf else { return "is no library for 64-bit processors, or a broken one" }
        let wanted: ELFFile.Machine = target.architecture == .x86_64 ? .x86_64 : .arm64
        if elf.machine != wanted { return "is for \(elf.machine), not for \(target.architecture)" }
        if let minor = elf.glibcMinor, minor > target.runtime.glibcMinor {
            return "needs glibc 2.\(minor), and \(target.runtime) has 2.\(target.runtime.glibcMinor)"
        }
        return nil
    }
}
