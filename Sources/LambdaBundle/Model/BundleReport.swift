package import Diagnostics
package import HostSystem
package import OrderedJSON
package import WheelProvisioning

/// The result of a ``BundleRequest``.
package struct BundleReport: Sendable {
    /// All artifacts: those of the service, then those of functions in the order of the file, then layers.
    package var artifacts: [Artifact] = []
    /// The index in ``artifacts`` of each function that is not an image and is not disabled, by its key.
    package var functions: [String: Int] = [:]
    /// The index in ``artifacts`` of each layer, including layers of requirements, by its key.
    package var layers: [String: Int] = [:]
    /// The layers of requirements, which are added to those of the service.
    package var requirementLayers: [RequirementLayer] = []
    /// The zip file that functions share, as `serverless-state.json` names it; `nil` if all are packaged
    /// individually.
    package var serviceArtifact: String?
    /// The warnings and notes, in the order in which they were found.
    package var findings: [Diagnostic] = []

    /// Creates a report without artifacts.
    package init() {}

    /// A zip file for Lambda.
    package struct Artifact: Sendable {
        /// The origin of the file of an artifact.
        package enum Origin: Hashable, Sendable {
            /// It was written in this run.
            case written
            /// An artifact of an earlier run had the same inputs and was kept.
            case reused
            /// The user created it (`package.artifact`).
            case prebuilt
        }

        /// The file name, which is the last part of the S3 key.
        package var fileName: String
        /// The path of the zip file.
        package var path: LocalPath
        /// Whether it was written in this run, reused, or created by the user.
        package var origin: Origin
        /// The keys of the functions that use it.
        package var functions: [String] = []
        /// The target of its wheels, such as `python3.12/arm64`; `nil` if it contains none.
        package var target: String?
        /// The size of the zip file in bytes.
        package var zippedBytes: Int64 = 0
        /// The size of the content in bytes, which Lambda limits.
        package var unzippedBytes: Int64 = 0
        /// The number of files in the zip file.
        package var entryCount = 0
        /// The SHA-256 of the zip file in 64 hexadecimal digits.
        package var sha256 = ""
        /// The SHA-256 of the zip file in base 64, as CloudFormation expects it.
        package var sha256Base64 = ""
        /// The distributions in it, by name.
        package var distributions: [Distribution] = []
        /// The wheels of the distributions.
        package var wheels: [StoredWheel] = []
        /// The time that it took to write the zip file.
        package var duration: Duration = .zero

        /// Creates an artifact whose sizes and digests are set later.
        package init(fileName: String, path: LocalPath, origin: Origin) {
            self.fileName = fileName
            self.path = path
            self.origin = origin
        }
    }

    /// A distribution in an artifact.
    package struct Distribution: Hashable, Sendable {
        /// The normalized name of the distribution.
        package var name: String
        /// The version in the name of the wheel.
        package var version: String
        /// The size of its files in the artifact in bytes.
        package var unzippedBytes: Int64

        /// Creates a description of a distribution.
        package init(name: String, version: String, unzippedBytes: Int64) {
            self.name = name
            self.version = version
            self.unzippedBytes = unzippedBytes
        }
    }

    /// A layer of requirements (`custom.pythonRequirements.layer`).
    package struct RequirementLayer: Sendable {
        /// The key among the layers of the service: `pythonRequirements`, or with several targets
        /// `pythonRequirementsPython312Arm64`.
        package var key: String
        /// Its properties as in `layers`: name, description, compatible runtimes, and those that the user sets.
        package var settings: OrderedMap<JSONValue>
        /// The functions for which `Ref: PythonRequirementsLambdaLayer` refers to this layer.
        package var functions: [String]

        /// Creates a description of a layer.
        package init(key: String, settings: OrderedMap<JSONValue>, functions: [String]) {
            self.key = key
            self.settings = settings
            self.functions = functions
        }
    }
}
