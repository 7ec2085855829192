package import ELFFormat
import HostSystem
import PythonPackaging
package import RequirementFormats
import ZipArchive

/// Checks whether the libraries in a wheel that was built on this system can be loaded on a target.
package enum LoadCheck {
    /// The reason why a wheel does not work on a target; `nil` if its tags, processor and glibc versions fit.
    static func problem(of file: LocalPath, named name: WheelName, on target: Target) throws -> String? {
        let tags = target.supportedTags
        if name.rank(in: tags) == nil {
            // A build has the platform tag of its system, `linux_x86_64`, without a glibc version, which is checked
            // for each file below.
            let local = "linux_\(target.architecture.machine)"
            let platform = target.manylinuxPlatform
            let fits = name.tags.contains { tag in
                tag.platform == local
                    && tags.rank(of: WheelTag(python: tag.python, abi: tag.abi, platform: platform)) != nil
            }
            guard fits else { return "it was built for \(name.tags.map(\.description).joined(separator: ", "))" }
        }
        let archive = try ZipReader(opening: file.string, limits: StoredWheel.sizeLimits)
        for entry in archive.entries where entry.kind == .file {
            let bytes = try archive.contents(of: entry)
            guard ELFFile.isELF(bytes) else { continue }
            if let problem = problem(of: ELFFile(bytes), for: target) { return "'\(entry.path)' \(problem)" }
        }
        return nil
    }

    /// The reason why an ELF file cannot be loaded on a target, as a predicate; `nil` if it can.
    package static func problem(of elf: ELFFile?, for target: Target) -> String? {
        guard let elf else { return "is not a valid library for 64-bit processors" }
        let wanted: ELFFile.Machine = target.architecture == .x86_64 ? .x86_64 : .arm64
        if elf.machine != wanted { return "was built for \(elf.machine), not for \(target.architecture)" }
        if let minor = elf.glibcMinor, minor > target.runtime.glibcMinor {
            return "requires glibc 2.\(minor), but \(target.runtime) has 2.\(target.runtime.glibcMinor)"
        }
        return nil
    }
}
