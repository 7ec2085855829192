import ContainerEngine
import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import ZipArchive

/// The files of `dockerExtraFiles`, as a wheel that has them at its root, so that they are stored and packaged like all
/// other files of requirements.
struct ExtraFiles: Sendable {
    let host: HostServices
    let fetcher: WheelFetcher
    let options: ContainerOptions

    private static let name = "furoshiki_extra_files-0-py3-none-any.whl"
    private static let metadata = "furoshiki_extra_files-0.dist-info"

    /// Copies the files out of a container.
    ///
    /// - Throws: A `DiagnosticError` if one of them does not exist.
    func wheel(from container: BuildContainers.Container, in folder: LocalPath) async throws -> StoredWheel {
        let archive = folder / "extra.tar"
        let outcome = try await container.running.run(
            ContainerScripts.copyFiles,
            options.extraFiles,
            output: archive
        )
        if case .failed(let output) = outcome { throw missing(output, container) }
        let copies = folder / "extra"
        let names = try await host.unpack(archive, into: copies, from: container.running).sorted()
        var members: [ArchiveMember] = []
        var record = ""
        for name in names {
            let path = copies / name
            let content = try host.files.read(path)
            let isExecutable = try host.files.status(of: path).isExecutable
            members.append(
                ArchiveMember(
                    path: try ArchivePath(parsing: name),
                    isExecutable: isExecutable,
                    content: .bytes(content)
                )
            )
            record += "\(name),sha256=\(SHA256.digest(of: content).base64URL),\(content.count)\n"
        }
        let texts = [
            ("METADATA", "Metadata-Version: 2.1\nName: furoshiki-extra-files\nVersion: 0\n"),
            ("WHEEL", "Wheel-Version: 1.0\nGenerator: furoshiki\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        ]
        for (name, text) in texts {
            let bytes = Array(text.utf8)
            members.append(
                ArchiveMember(path: try ArchivePath(parsing: "\(Self.metadata)/\(name)"), content: .bytes(bytes))
            )
            record += "\(Self.metadata)/\(name),sha256=\(SHA256.digest(of: bytes).base64URL),\(bytes.count)\n"
        }
        record += "\(Self.metadata)/RECORD,,\n"
        let path = try ArchivePath(parsing: "\(Self.metadata)/RECORD")
        members.append(ArchiveMember(path: path, content: .bytes(Array(record.utf8))))
        let file = folder / Self.name
        _ = try await ZipWriter(concurrency: 1).write(members, to: file.string)
        let name = try WheelName(parsing: Self.name)
        let request = WheelFetcher.FileRequest(
            name: name.name,
            file: LockedFile(name: Self.name, path: file),
            index: nil,
            place: options.places["dockerExtraFiles"]
        )
        var wheel = try await fetcher.adopt(file, named: name, request)
        wheel.origin = .container
        wheel.isFileSet = true
        return wheel
    }

    private func missing(_ output: String, _ container: BuildContainers.Container) -> DiagnosticError {
        let names = ToolOutput(output).lines.map { "'\($0)'" }
        return DiagnosticError(
            .extraFileNotInImage,
            "image '\(container.running.image)' has no file \(names.joined(separator: ", "))",
            at: options.places["dockerExtraFiles"],
            help: ["correct the paths in 'dockerExtraFiles', or install the files in the image with 'dockerFile'"]
        )
    }
}
