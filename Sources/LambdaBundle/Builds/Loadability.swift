import HostSystem
import PythonPackaging
import RequirementFormats
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
        let archive = try ZipReader(opening: file.string, limits: WheelLayout.limits)
        for entry in archive.entries where entry.kind == .file {
            let bytes = try archive.contents(of: entry)
            guard ELFFile.isELF(bytes) else { continue }
            if let fault = NativeInspection.fault(of: ELFFile(bytes), for: target) { return "'\(entry.path)' \(fault)" }
        }
        return nil
    }
}
