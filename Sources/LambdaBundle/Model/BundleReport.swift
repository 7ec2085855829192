package import Diagnostics
package import HostSystem
package import OrderedJSON

/// What became of a ``BundleRequest``.
package struct BundleReport: Sendable {
    /// All artifacts: the service's first, then those of functions in the order of the file, then layers.
    package var artifacts: [Artifact] = []
    /// The place in ``artifacts`` of each function that is no image and whose packaging is not disabled, by its key.
    package var functions: [String: Int] = [:]
    /// The place in ``artifacts`` of each layer, by its key; layers of requirements are among them.
    package var layers: [String: Int] = [:]
    /// The layers that hold requirements, which the service gets besides its own.
    package var requirementLayers: [RequirementLayer] = []
    /// The zip that the functions without one of their own share, as `serverless-state.json` names it; `nil` where
    /// there is none.
    package var serviceArtifact: String?
    /// Warnings and notes, in the order in which they arose.
    package var findings: [Diagnostic] = []

    /// Makes an empty report.
    package init() {}

    /// One zip that Lambda takes.
    package struct Artifact: Sendable {
        /// How the artifact came to be where it is.
        package enum Origin: Hashable, Sendable {
            /// It was written in this run.
            case written
            /// An artifact of an earlier run had the same inputs and was kept.
            case reused
            /// The user made it (`package.artifact`); it is used as it is.
            case prebuilt
        }

        /// The file name, which is the last part of the S3 key.
        package var fileName: String
        /// Where the zip lies.
        package var path: LocalPath
        /// How it came to be.
        package var origin: Origin
        /// The keys of the functions that run it.
        package var functions: [String] = []
        /// What its wheels were chosen for, such as `python3.12/arm64`; `nil` where it holds none.
        package var target: String?
        /// The size of the zip in bytes.
        package var zippedBytes: Int64 = 0
        /// The size of the content in bytes, which Lambda limits.
        package var unzippedBytes: Int64 = 0
        /// The number of files in it.
        package var entryCount = 0
        /// The SHA-256 of the zip in 64 hexadecimal digits.
        package var sha256 = ""
        /// The SHA-256 of the zip in base 64, as CloudFormation wants it.
        package var sha256Base64 = ""
        /// The distributions in it, by name.
        package var distributions: [Distribution] = []
        /// How long it took to make it.
        package var duration: Duration = .zero

        /// Makes an artifact.
        package init(fileName: String, path: LocalPath, origin: Origin) {
            self.fileName = fileName
            self.path = path
            self.origin = origin
        }
    }

    /// A distribution in an artifact.
    package struct Distribution: Hashable, Sendable {
        /// The normalized name.
        package var name: String
        /// The version.
        package var version: String
        /// The size of its files in the artifact in bytes.
        package var unzippedBytes: Int64

        /// Makes a distribution.
        package init(name: String, version: String, unzippedBytes: Int64) {
            self.name = name
            self.version = version
            self.unzippedBytes = unzippedBytes
        }
    }

    /// A layer that holds requirements (`custom.pythonRequirements.layer`).
    package struct RequirementLayer: Sendable {
        /// The key under which it counts among the service's layers: `pythonRequirements`, with several targets
        /// `pythonRequirementsPython312Arm64`.
        package var key: String
        /// Its settings as they would stand in `layers`: name, description, compatible runtimes and the user's own.
        package var settings: OrderedMap<JSONValue>
        /// The functions for which `Ref: PythonRequirementsLambdaLayer` means this layer.
        package var functions: [String]

        /// Makes a layer.
        package init(key: String, settings: OrderedMap<JSONValue>, functions: [String]) {
            self.key = key
            self.settings = settings
            self.functions = functions
        }
    }
}
