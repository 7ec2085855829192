import ContainerEngine
package import HostSystem
import ZipArchive

/// The files of a function in its container: the artifact in `/var/task`, and the layers in `/opt`.
package struct FunctionFiles: Sendable {
    /// The zip file of the function; `nil` for a container image.
    package var artifact: LocalPath?
    /// The zip files of the layers; a file of a later one replaces that of an earlier one.
    package var layers: [LocalPath] = []
    /// Whether the runtime is in the files themselves, as `bootstrap`.
    package var hasOwnRuntime = false

    /// Makes an empty set of files.
    package init() {}

    /// Whether there is nothing to copy.
    var isEmpty: Bool { artifact == nil && layers.isEmpty }

    /// Writes the files to a tar archive for the root of the container.
    ///
    /// - Throws: `ZipError` if a zip file is not valid, `FileSystemError`.
    func write(to archive: LocalPath, files: any FileSystem) throws {
        let writer = try TarWriter(creating: archive, files: files)
        for layer in layers { try add(ZipReader(opening: layer.string), below: "opt", to: writer) }
        if let artifact { try add(ZipReader(opening: artifact.string), below: "var/task", to: writer) }
        try writer.finish()
    }

    private func add(_ zip: ZipReader, below folder: String, to writer: borrowing TarWriter) throws {
        for entry in zip.entries {
            let name = "\(folder)/\(entry.path.string)"
            switch entry.kind {
            case .folder: break
            case .symbolicLink:
                try writer.addLink(to: String(decoding: try zip.contents(of: entry), as: UTF8.self), as: name)
            case .file:
                let mode: UInt16 = entry.isExecutable ? 0o755 : 0o644
                let content = try zip.contents(of: entry)
                try writer.add(content, as: name, mode: mode)
                // The images of provided runtimes start it from here, and Lambda from where it is packaged.
                if hasOwnRuntime, entry.path.string == "bootstrap" {
                    try writer.add(content, as: "var/runtime/bootstrap", mode: 0o755)
                }
            }
        }
    }
}
