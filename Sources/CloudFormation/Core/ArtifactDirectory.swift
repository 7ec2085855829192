import ConfigurationValues
import HostSystem
package import ServerlessConfig

/// The directory of one deployment in the bucket: `serverless/<service>/<stage>/<milliseconds>-<ISO time>`.
package struct ArtifactDirectory: Hashable, Sendable {
    /// The directory without a slash at either end, as the keys of its artifacts begin.
    package let path: String
    /// The time of the deployment in milliseconds since 1970.
    package let milliseconds: Int

    /// Makes the directory of a path that is already known, such as that of an earlier deployment.
    package init(path: String, milliseconds: Int) {
        self.path = path
        self.milliseconds = milliseconds
    }

    /// Makes the directory of a deployment of a service at a time.
    package init(of service: Service, milliseconds: Int) {
        let prefix = service.provider["deploymentPrefix"]?.string ?? "serverless"
        let time = InstantText.iso8601(milliseconds: Int64(milliseconds))
        self.init(
            path: "\(prefix)/\(service.name)/\(service.stage)/\(milliseconds)-\(time)",
            milliseconds: milliseconds
        )
    }

    /// Reads the time from a path whose last component is `<milliseconds>-<ISO time>`; `nil` for any other path.
    package init?(path: String) {
        let component = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let digits = component.prefix { $0.isASCII && $0.isNumber }
        guard component.dropFirst(digits.count).hasPrefix("-"), let milliseconds = Int(digits) else { return nil }
        self.init(path: path, milliseconds: milliseconds)
    }

    /// The S3 key of a file in the directory.
    package func key(of fileName: String) -> String { "\(path)/\(fileName)" }
}
