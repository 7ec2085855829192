import ConfigurationValues
import HostSystem
package import ServerlessConfig

/// The directory of one deployment in the bucket: `serverless/<service>/<stage>/<milliseconds>-<ISO time>`.
package struct ArtifactDirectory: Hashable, Sendable {
    /// The directory, without slashes at the ends, which is the prefix of the keys of its artifacts.
    package let path: String
    /// The time of the deployment in milliseconds since 1970.
    package let milliseconds: Int

    /// Creates a directory from a known path, such as that of an earlier deployment.
    package init(path: String, milliseconds: Int) {
        self.path = path
        self.milliseconds = milliseconds
    }

    /// Creates the directory for deploying a service at a given time.
    package init(of service: Service, milliseconds: Int) {
        let prefix = service.provider["deploymentPrefix"]?.string ?? "serverless"
        let time = InstantText.iso8601(milliseconds: Int64(milliseconds))
        self.init(
            path: "\(prefix)/\(service.name)/\(service.stage)/\(milliseconds)-\(time)",
            milliseconds: milliseconds
        )
    }

    /// Parses the time in a path whose last component is `<milliseconds>-<ISO time>`; returns `nil` for other paths.
    package init?(path: String) {
        let component = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let digits = component.prefix { $0.isASCII && $0.isNumber }
        guard component.dropFirst(digits.count).hasPrefix("-"), let milliseconds = Int(digits) else { return nil }
        self.init(path: path, milliseconds: milliseconds)
    }

    /// The S3 key of a file in the directory.
    package func key(of fileName: String) -> String { "\(path)/\(fileName)" }
}
