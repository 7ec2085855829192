package import Diagnostics
package import HostSystem
import ZipArchive

/// All that goes into one artifact, known before any of it is written.
package struct ArtifactContent: Sendable {
    /// How requirements go in.
    package enum Requirements: Sendable {
        /// Beside the service's files.
        case root(RequirementContent)
        /// Below `python/`, where Lambda looks in layers.
        case layer(RequirementContent)
        /// As an archive, with the helper that unpacks it.
        case nested(NestedRequirements)
    }

    /// The files, sorted by the bytes of their names.
    package let files: [ContentFile]
    /// What brings the distributions, `nil` where there are none.
    package let requirements: RequirementContent?
    /// Warnings that arose when the parts were put together; those of the requirements are not among them.
    package let findings: [Diagnostic]

    /// The size of all files in bytes, which Lambda limits.
    package var unzippedBytes: Int { files.reduce(0) { $0 + $1.size } }

    /// Puts the parts of an artifact together.
    ///
    /// The service's own files win over those of requirements and `vendor`, with a warning that names both.
    /// - Parameters:
    ///   - serviceFiles: the service's own files.
    ///   - requirements: the requirements, `nil` for none.
    ///   - reader: reads files of one name that must be compared.
    /// - Throws: `DiagnosticError` where a name cannot be in an archive, `FileSystemError`.
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
        case .layer(let content):
            let folder = try ArchivePath(parsing: "python")
            let files = content.files.map { file in
                var file = file
                file.path = file.path.below(folder)
                return file
            }
            layers = FileLayers(files, owner: "the requirements", reader: reader)
            self.requirements = content
        case .nested(let nested):
            layers = FileLayers(try nested.files, owner: "the requirements", reader: reader)
            self.requirements = nested.content
        case nil:
            layers = FileLayers(reader: reader)
            self.requirements = nil
        }
        for file in serviceFiles {
            do {
                layers.add(try ContentFile(file, origin: .service), from: "the service")
            } catch {
                throw DiagnosticError(
                    "'\(file.path)' cannot be packaged: \(error)",
                    category: .bundle,
                    help: ["rename the file, or leave it out by package.patterns"]
                )
            }
        }
        findings = try layers.resolve()
        files = layers.files
    }
}

/// Requirements in an archive of their own, which lies on disk.
package struct NestedRequirements: Sendable {
    /// What is in it.
    package let content: RequirementContent
    /// The archive.
    package let archive: WrittenArtifact

    /// The name of the archive in an artifact.
    package static let archiveName = ".requirements.zip"

    /// Makes a description of an archive that ``ArtifactWriter/write(_:to:)-swift.method`` made of a content.
    package init(content: RequirementContent, archive: WrittenArtifact) {
        self.content = content
        self.archive = archive
    }

    /// The archive and its helper as files of an artifact, in order.
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
