package import Diagnostics
import ELFFormat
package import PythonPackaging
import RequirementFormats
import WheelProvisioning
import ZipArchive

/// Finds native libraries that cannot be loaded on the target of an artifact.
package struct NativeInspection: Sendable {
    private let openWheels: OpenWheels
    private let requirementPlace: @Sendable (PackageName) -> SourcePlace?

    /// Creates an inspection of the wheels in a run.
    ///
    /// - Parameters:
    ///   - openWheels: the open wheels of the run.
    ///   - requirementPlace: the place that requires a distribution by name, or `nil` if only others require it.
    package init(
        openWheels: OpenWheels,
        requirementPlace: @escaping @Sendable (PackageName) -> SourcePlace? = { _ in nil }
    ) {
        self.openWheels = openWheels
        self.requirementPlace = requirementPlace
    }

    /// Inspects every ELF file in an artifact.
    ///
    /// - Parameter artifact: the artifact; wheels are only inspected once for all artifacts.
    /// - Returns: an error for each Python module that cannot be loaded, and a warning for each other file.
    /// - Throws: `ZipError`, `DiagnosticError`.
    package func findings(in artifact: InspectedArtifact) async throws -> [Diagnostic] {
        guard let target = artifact.target else { return [] }
        let content = artifact.content.requirements
        let natives = try await InspectedNativeFile.all(in: artifact, openWheels)
        var findings: [Diagnostic] = []
        for file in natives {
            findings += Self.finding(file.path, file.elf, file.owner(in: content), artifact, target)
        }
        if let content { findings += Self.abiFindings(in: content, artifact, target) }
        return findings + LibraryInspection(artifact, natives, target, requirementPlace).findings
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
                "\(artifact.subject): '\(path.onOneLine)' of \(owner) \(problem)",
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
}
