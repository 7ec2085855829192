import ELFFormat
import HostSystem
import PythonPackaging
import WheelProvisioning
import ZipArchive

/// An ELF file in an artifact.
struct InspectedNativeFile: Sendable {
    /// The path relative to the requirements, or to the root of the artifact for files of the service.
    let path: String
    /// What the file says about itself; `nil` if it is corrupt or not for 64-bit processors.
    let elf: ELFFile?
    /// The owner of the file.
    let origin: ContentFile.Origin

    /// Whether it has the name of a Python module, for one version or for the stable ABI.
    var isModule: Bool { path.hasSuffix(".abi3.so") || path.contains(".cpython-") }

    /// The owner in messages.
    func owner(in content: RequirementContent?) -> String {
        switch origin {
        case .distribution(let index) where content?.wheels[index].isFileSet == true: "'dockerExtraFiles'"
        case .distribution(let index):
            "distribution '\(content?.wheels[index].name.name.normalized ?? "")'"
        case .vendor(let folder): "vendor directory '\(folder)'"
        case .service, .bundler: "the service"
        }
    }

    /// Finds the ELF files in an artifact.
    ///
    /// - Throws: `ZipError`, `DiagnosticError`.
    static func all(in artifact: InspectedArtifact, _ openWheels: OpenWheels) async throws -> [InspectedNativeFile] {
        var found: [InspectedNativeFile] = []
        let content = artifact.content.requirements
        if let content {
            let audits = try await openWheels.audits(of: content.wheels)
            let natives = audits.map { Dictionary($0.nativeFiles.map { ($0.path, $0) }) { first, _ in first } }
            for file in content.files {
                guard case .distribution(let index) = file.origin, case .spliced(_, let entry) = file.content,
                    let native = natives[index][entry.path.string]
                else { continue }
                found.append(InspectedNativeFile(path: file.path.string, elf: native.elf, origin: file.origin))
            }
        }
        let vendored = (content?.files ?? []).filter { if case .vendor = $0.origin { true } else { false } }
        for file in vendored + artifact.content.files.filter({ $0.origin == .service }) {
            guard case .file(let path, _) = file.content, isLibrary(file.path.lastComponent) else { continue }
            let bytes = try openWheels.files.read(LocalPath(path))
            guard ELFFile.isELF(bytes) else { continue }
            found.append(InspectedNativeFile(path: file.path.string, elf: ELFFile(bytes), origin: file.origin))
        }
        return found
    }

    /// Whether a file name is that of a shared library.
    static func isLibrary(_ name: some StringProtocol) -> Bool { name.hasSuffix(".so") || name.contains(".so.") }
}
