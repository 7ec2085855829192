package import Diagnostics
package import HostSystem
import ZipArchive

/// The complete content of an artifact, before it is written.
package struct ArtifactContent: Sendable {
    /// The ways to include requirements.
    package enum Requirements: Sendable {
        /// In the root, beside the files of the service.
        case root(RequirementContent)
        /// In `python/`, as Lambda expects it in layers.
        case layer(RequirementContent)
        /// As a nested archive, with a module that unpacks it.
        case nested(NestedRequirements)
    }

    /// The files, sorted by the bytes of their names.
    package let files: [ContentFile]
    /// The requirements, or `nil` if there are none.
    package let requirements: RequirementContent?
    /// The directory of the requirements in the artifact, with a slash at the end, or an empty string for the root; `nil` if
    /// they are in a nested archive.
    package let requirementFolder: String?
    /// Warnings about combining the parts, without those about the requirements.
    package let findings: [Diagnostic]

    /// The unzipped size in bytes, which Lambda limits.
    package var unzippedBytes: Int { files.reduce(0) { $0 + $1.size } }

    /// Combines the parts of an artifact.
    ///
    /// Files of the service override those of requirements and `vendor`, with a warning about both.
    /// - Parameters:
    ///   - serviceFiles: the files of the service.
    ///   - requirements: the requirements, or `nil` for none.
    ///   - reader: reads files with the same name to compare them.
    /// - Throws: `DiagnosticError` if a name is not allowed in archives, or `FileSystemError`.
    package init(
        serviceFiles: [SourceFile],
        requirements: Requirements? = nil,
        reader: any FileSystem
    ) throws {
        var layers: FileLayers
        switch requirements {
        case .root(let content):
            layers = FileLayers(content.files, owner: "the requirements", reader: reader)
            self.requirements = content
            requirementFolder = ""
        case .layer(let content):
            let folder = try ArchivePath(parsing: "python")
            let files = content.files.map { file in
                var file = file
                file.path = file.path.below(folder)
                return file
            }
            layers = FileLayers(files, owner: "the requirements", reader: reader)
            self.requirements = content
            requirementFolder = "python/"
        case .nested(let nested):
            layers = FileLayers(try nested.files, owner: "the requirements", reader: reader)
            self.requirements = nested.content
            requirementFolder = nil
        case nil:
            layers = FileLayers(reader: reader)
            self.requirements = nil
            requirementFolder = ""
        }
        for file in serviceFiles {
            do {
                layers.add(try ContentFile(file, origin: .service), from: "the service")
            } catch {
                throw DiagnosticError(
                    .invalidFileName,
                    "cannot package '\(file.path)': \(error)",
                    help: ["rename the file, or exclude it with package.patterns"]
                )
            }
        }
        findings = try layers.resolve()
        files = layers.files
    }
}

/// Requirements in a nested archive on disk.
package struct NestedRequirements: Sendable {
    /// The content of the archive.
    package let content: RequirementContent
    /// The archive that was written.
    package let archive: WrittenArtifact

    /// The name of the nested archive in an artifact.
    package static let archiveName = ".requirements.zip"

    /// Creates a description of an archive from ``ArtifactWriter/write(_:to:)-swift.method``.
    package init(content: RequirementContent, archive: WrittenArtifact) {
        self.content = content
        self.archive = archive
    }

    /// The files of an artifact for the archive and its unpacking module, in order.
    var files: [ContentFile] {
        get throws {
            let size = Int(archive.zippedBytes)
            return [
                ContentFile(
                    path: try ArchivePath(parsing: Self.archiveName),
                    isExecutable: false,
                    size: size,
                    crc32: archive.crc32,
                    origin: .bundler,
                    content: .stored(path: archive.path.string, size: size, crc32: archive.crc32)
                ),
                ContentFile(
                    try ArchivePath(parsing: UnzipHelper.fileName),
                    bytes: Array(UnzipHelper.source.utf8),
                    origin: .bundler
                ),
            ]
        }
    }
}
