package import Diagnostics
import ELFFormat
import HostSystem
import PythonPackaging
import RequirementFormats
import WheelProvisioning
import ZipArchive

/// Finds native libraries that cannot be loaded on the target of an artifact.
package struct NativeInspection: Sendable {
    private let openWheels: OpenWheels

    /// Creates an inspection of the wheels in a run.
    ///
    /// - Parameter openWheels: the open wheels of the run.
    package init(openWheels: OpenWheels) { self.openWheels = openWheels }

    /// Inspects every ELF file in an artifact.
    ///
    /// - Parameter artifact: the artifact; wheels are only inspected once for all artifacts.
    /// - Returns: an error for each Python module that cannot be loaded, and a warning for each other file.
    /// - Throws: `ZipError`, `DiagnosticError`.
    package func findings(in artifact: InspectedArtifact) async throws -> [Diagnostic] {
        guard let target = artifact.target else { return [] }
        var findings: [Diagnostic] = []
        let layout = artifact.content.requirements
        if let layout {
            let audits = try await openWheels.audits(of: layout.wheels)
            let natives = audits.map { Dictionary($0.nativeFiles.map { ($0.path, $0) }) { first, _ in first } }
            for file in layout.files {
                guard case .distribution(let index) = file.origin, case .spliced(_, let entry) = file.content,
                    let native = natives[index][entry.path.string]
                else { continue }
                let owner = "distribution '\(layout.wheels[index].name.name.written)'"
                findings += Self.finding(file.path.string, native.elf, owner, artifact, target)
            }
            findings += Self.abiFindings(in: layout, artifact, target)
        }
        let vendored = (layout?.files ?? []).filter { if case .vendor = $0.origin { true } else { false } }
        for file in vendored + artifact.content.files.filter({ $0.origin == .service }) {
            guard case .file(let path, _) = file.content, Self.mayBeLibrary(file.path.lastComponent) else { continue }
            let bytes = try openWheels.files.read(LocalPath(path))
            guard ELFFile.isELF(bytes) else { continue }
            let owner = if case .vendor(let folder) = file.origin { "vendor folder '\(folder)'" } else { "the service" }
            findings += Self.finding(file.path.string, ELFFile(bytes), owner, artifact, target)
        }
        return findings
    }

    private static func finding(
        _ path: String,
        _ elf: ELFFile?,
        _ owner: String,
        _ artifact: InspectedArtifact,
        _ target: Target
    ) -> [Diagnostic] {
        guard let problem = LoadCheck.problem(of: elf, for: target) else { return [] }
        // Python modules must load. Other files, such as those of debuggers, may be for several architectures.
        let isModule = path.hasSuffix(".abi3.so") || path.contains(".cpython-")
        return [
            Diagnostic(
                isModule ? .error : .warning,
                .incompatibleLibrary,
                "\(artifact.subject): '\(path)' of \(owner) \(problem)",
                help: isModule ? ["choose a version that has a wheel for '\(target)'"] : []
            )
        ]
    }

    /// Finds modules that are only available for other Python versions.
    private static func abiFindings(
        in content: RequirementContent,
        _ artifact: InspectedArtifact,
        _ target: Target
    ) -> [Diagnostic] {
        var modules: [String: (tags: [Substring], index: Int)] = [:]
        for file in content.files where file.path.string.hasSuffix(".so") {
            guard case .distribution(let index) = file.origin else { continue }
            let name = file.path.lastComponent
            let stem = name.prefix { $0 != "." }
            let suffix = name.dropFirst(stem.count + 1).dropLast(".so".count)
            let module = String(file.path.string.dropLast(name.count)) + stem
            modules[module, default: ([], index)].tags.append(suffix)
        }
        let wanted = target.runtime.moduleTag
        return modules.sorted { $0.key < $1.key }
            .compactMap { module, found in
                // A module without a tag, or with the tag of the stable ABI, is for any version.
                let isFor = found.tags.contains { tag in
                    !tag.hasPrefix("cpython-") || tag == wanted || tag.hasPrefix(wanted + "-")
                }
                guard !isFor else { return nil }
                let name = content.wheels[found.index].name.name.written
                return Diagnostic(
                    .error,
                    .incompatibleLibrary,
                    "\(artifact.subject): '\(module)' of distribution '\(name)' is built for "
                        + found.tags.map { "'\($0)'" }.joined(separator: ", ") + ", not for \(target.runtime)",
                    help: ["choose a version that has a wheel for '\(target)'"]
                )
            }
    }

    private static func mayBeLibrary(_ name: Substring) -> Bool { name.hasSuffix(".so") || name.contains(".so.") }
}
