/// The content of an artifact, measured from the central directory of its zip file.
package struct AnalyzedArtifact: Hashable, Sendable {
    /// A file in an artifact.
    package struct File: Hashable, Sendable {
        /// The path in the artifact; inside a nested archive, the path in that.
        package let path: String
        /// The number of bytes that the file adds to the unzipped artifact.
        package let unzippedBytes: Int
        /// The number of bytes of its compressed data.
        package let zippedBytes: Int

        /// Creates the description of a file.
        package init(path: String, unzippedBytes: Int, zippedBytes: Int) {
            self.path = path
            self.unzippedBytes = unzippedBytes
            self.zippedBytes = zippedBytes
        }
    }

    /// The files of one owner.
    package struct Part: Hashable, Sendable {
        /// The owners of files.
        package enum Owner: Hashable, Sendable {
            /// A distribution in one version.
            case distribution(name: String, version: String)
            /// The service, with its `vendor` directories.
            case service
            /// Furoshiki, which adds what unpacks nested archives, and the structure of those.
            case bundler
        }

        /// The owner of the files.
        package let owner: Owner
        /// The license of a distribution; `nil` if it is not stated.
        package let license: String?
        /// The files, sorted by path.
        package let files: [File]

        /// Creates the part of an owner.
        package init(owner: Owner, license: String? = nil, files: [File]) {
            self.owner = owner
            self.license = license
            self.files = files
        }

        /// The name of the owner.
        package var name: String {
            switch owner {
            case .distribution(let name, _): name
            case .service: "own files"
            case .bundler: "added by Furoshiki"
            }
        }

        /// The version of a distribution; `nil` for another owner.
        package var version: String? { if case .distribution(_, let version) = owner { version } else { nil } }

        /// The number of bytes of all files, unzipped.
        package var unzippedBytes: Int { files.reduce(0) { $0 + $1.unzippedBytes } }
        /// The number of bytes of all files, compressed.
        package var zippedBytes: Int { files.reduce(0) { $0 + $1.zippedBytes } }
    }

    /// The name of the zip file.
    package let fileName: String
    /// The keys of the functions that use it.
    package let functions: [String]
    /// The key of the layer that it is; `nil` if it is not a layer.
    package let layer: String?
    /// The target of its wheels, such as `python3.12/arm64`; `nil` if it has none.
    package let target: String?
    /// The size of the zip file in bytes.
    package let zippedBytes: Int
    /// The parts, the largest one first.
    package let parts: [Part]

    /// Creates the description of an artifact.
    package init(
        fileName: String,
        functions: [String],
        layer: String?,
        target: String?,
        zippedBytes: Int,
        parts: [Part]
    ) {
        self.fileName = fileName
        self.functions = functions
        self.layer = layer
        self.target = target
        self.zippedBytes = zippedBytes
        self.parts = parts
    }

    /// The number of bytes of all files, unzipped, which Lambda limits.
    package var unzippedBytes: Int { parts.reduce(0) { $0 + $1.unzippedBytes } }

    /// The number of bytes of the zip file that are not data of files: headers and the central directory.
    package var overheadBytes: Int { zippedBytes - parts.reduce(0) { $0 + $1.zippedBytes } }
}
