package import AWSClient
import HostSystem

/// A deployment in the bucket: the objects in a directory `<milliseconds>-<ISO time>`.
package struct StoredDeployment: Hashable, Sendable {
    /// The name of the template of the stack.
    package static let templateName = "compiled-cloudformation-template.json"
    /// The name of the state of the service.
    package static let stateName = "serverless-state.json"

    /// The directory, without a slash at its end.
    package let directory: String
    /// The time of the deployment in milliseconds since 1970.
    package let milliseconds: Int64
    /// The objects, in the order of their keys.
    package internal(set) var objects: [S3ObjectSummary]

    /// The keys of the objects below the directory.
    package var fileNames: [String] { objects.map { String($0.key.dropFirst(directory.count + 1)) } }

    /// Whether the deployment has a template, which is written before the stack is changed.
    package var isComplete: Bool { fileNames.contains(Self.templateName) }

    /// The key of a file.
    func key(of fileName: String) -> String { "\(directory)/\(fileName)" }

    /// Groups objects by deployments, oldest first.
    ///
    /// - Parameters:
    ///   - objects: the objects of the bucket.
    ///   - parent: the directory of all deployments; objects elsewhere are ignored.
    /// - Returns: the deployments, of which some may be incomplete.
    package static func all(in objects: [S3ObjectSummary], below parent: String) -> [StoredDeployment] {
        var deployments: [String: StoredDeployment] = [:]
        for object in objects where object.key.hasPrefix(parent + "/") {
            let rest = object.key.dropFirst(parent.count + 1)
            guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex,
                let milliseconds = time(in: rest[..<slash])
            else { continue }
            let directory = "\(parent)/\(rest[..<slash])"
            deployments[
                directory,
                default: StoredDeployment(directory: directory, milliseconds: milliseconds, objects: [])
            ]
            .objects.append(object)
        }
        return deployments.values.sorted { ($0.milliseconds, $0.directory) < ($1.milliseconds, $1.directory) }
    }

    /// The time in a name such as `1600000000000-2020-09-13T12:26:40.000Z`; `nil` for other names.
    static func time(in name: some StringProtocol) -> Int64? {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 13, let milliseconds = Int64(digits),
            name.dropFirst(13) == "-\(InstantText.iso8601(milliseconds: milliseconds))"
        else { return nil }
        return milliseconds
    }
}
