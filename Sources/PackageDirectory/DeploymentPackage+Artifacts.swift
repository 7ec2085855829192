import CloudFormation
package import Diagnostics
package import HostSystem
import OrderedJSON

extension DeploymentPackage {
    /// A zip file that a deployment uploads.
    package struct Artifact: Hashable, Sendable {
        /// The file name, the last component of the S3 key.
        package let fileName: String
        /// The key in the deployment bucket.
        package let s3Key: String
        /// The place of the zip file, absolute.
        package let path: LocalPath
        /// The logical IDs of the functions and layers that use it, in the order of the template.
        package let resources: [String]
    }

    /// The zip files that the template refers to, each once, in the order of the template.
    ///
    /// - Parameters:
    ///   - service: the directory of the service; artifacts that a user made are in it.
    ///   - files: the file system.
    /// - Returns: the zip files.
    /// - Throws: ``DiagnosticError`` that names every zip file that is missing.
    package func artifacts(
        ofServiceIn service: LocalPath,
        _ files: any FileSystem
    ) throws(DiagnosticError) -> [Artifact] {
        let named = namedPaths(in: service)
        var artifacts: [Artifact] = []
        var missing: [Diagnostic] = []
        for (fileName, use) in uses() {
            let candidates = [directory / fileName] + (named[fileName] ?? [])
            guard let path = candidates.first(where: { files.isFile($0) }) else {
                missing.append(
                    Diagnostic(
                        .error,
                        .missingArtifact,
                        "'\(fileName)' is missing from the package in '\(directory)'",
                        notes: ["the template uses it for \(use.resources.map { "'\($0)'" }.joined(separator: ", "))"],
                        help: ["package the service again"]
                    )
                )
                continue
            }
            artifacts.append(
                Artifact(fileName: fileName, s3Key: use.s3Key, path: path, resources: use.resources)
            )
        }
        guard missing.isEmpty else { throw DiagnosticError(missing) }
        return artifacts
    }

    /// The artifacts in the directory of this deployment that functions and layers of the template use, by file name.
    private func uses() -> OrderedMap<(s3Key: String, resources: [String])> {
        var uses = OrderedMap<(s3Key: String, resources: [String])>()
        guard let prefix = artifactDirectory.map({ $0.key(of: "") }) else { return uses }
        for (logicalID, resource) in updateTemplate["Resources"]?.objectValue ?? [:] {
            let properties = resource["Properties"]
            let content: JSONValue? =
                switch resource["Type"]?.stringValue {
                case "AWS::Lambda::Function": properties?["Code"]
                case "AWS::Lambda::LayerVersion": properties?["Content"]
                default: nil
                }
            guard let key = content?["S3Key"]?.stringValue, key.hasPrefix(prefix), key != prefix else { continue }
            uses[String(key.dropFirst(prefix.count)), default: (key, [])].resources.append(logicalID)
        }
        return uses
    }

    /// The paths that the state names, by file name: of functions, of the service and of layers.
    private func namedPaths(in serviceDirectory: LocalPath) -> [String: [LocalPath]] {
        let service = state["service"]
        var paths: [String] = []
        for section in ["functions", "layers"] {
            for (_, part) in service?[section]?.objectValue ?? [:] {
                if let path = part["package"]?["artifact"]?.stringValue { paths.append(path) }
            }
        }
        for section in [service?["package"], state["package"]] {
            if let path = section?["artifact"]?.stringValue, !path.isEmpty { paths.append(path) }
        }
        return Dictionary(grouping: paths.map { serviceDirectory / $0 }, by: \.lastComponent)
    }
}
