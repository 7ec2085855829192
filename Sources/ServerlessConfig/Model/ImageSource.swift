package import ConfigurationValues
package import Diagnostics
package import HostSystem
import OrderedJSON

/// Where the container image of a function comes from.
package enum ImageSource: Sendable {
    /// An image in ECR.
    case registry(ImageReference)
    /// An image that is built from a Dockerfile and pushed to the repository of the service.
    case built(ImageBuild)

    /// The value in the configuration that names or defines the image.
    package var node: ConfigurationValue {
        switch self {
        case .registry(let reference): reference.node
        case .built(let build): build.node
        }
    }
}

/// The URI of an image in ECR, such as `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`.
package struct ImageReference: Sendable {
    /// The URI as it is written.
    package let uri: String
    /// The value with the URI.
    package let node: ConfigurationValue

    /// Makes a reference of a URI.
    package init(uri: String, node: ConfigurationValue) {
        self.uri = uri
        self.node = node
    }

    /// The part after `sha256:` of a URI with a digest; `nil` for one with a tag.
    package var digest: String? {
        let parts = uri.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, parts[1].hasPrefix("sha256:") else { return nil }
        return String(parts[1].dropFirst("sha256:".count))
    }

    /// The host of the registry, such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com`.
    package var host: String { String(uri.prefix { $0 != "/" }) }
    /// The number of the account that owns the registry.
    package var account: String { String(host.prefix { $0 != "." }) }
    /// The region in the host of the registry; `nil` for another form of host.
    package var region: String? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 3 ? String(parts[3]) : nil
    }

    /// The name of the repository, without tag and digest.
    package var repository: String {
        String(uri.dropFirst(host.count + 1).prefix { $0 != ":" && $0 != "@" })
    }

    /// The tag; `latest` if none is written.
    package var tag: String {
        let path = uri.dropFirst(host.count + 1)
        guard let colon = path.firstIndex(of: ":") else { return "latest" }
        return String(path[path.index(after: colon)...])
    }

    /// The URI of the same repository with a digest.
    ///
    /// - Parameter digest: the digest, with its `sha256:`.
    /// - Returns: the URI.
    package func uri(digest: String) -> String { "\(host)/\(repository)@\(digest)" }
}

/// How an image is built: an item of `provider.ecr.images` with a `path`.
package struct ImageBuild: Sendable {
    /// The key in `provider.ecr.images`, which becomes the tag in the repository.
    package let name: String
    /// The directory that the Dockerfile refers to, absolute.
    package let directory: LocalPath
    /// The path of the Dockerfile, absolute.
    package let file: LocalPath
    /// `buildArgs`: the values of the file's `ARG` instructions, in the order of the configuration.
    package let arguments: [(name: String, value: String)]
    /// `cacheFrom`: images whose layers may be reused.
    package let cacheSources: [String]
    /// `platform`, such as `linux/arm64`; `nil` if it is not set.
    package let platform: String?
    /// `buildOptions`: further arguments of the build.
    package let options: [String]
    /// `provenance`; `nil` if it is not set.
    package let provenance: String?
    /// The value in the configuration.
    package let node: ConfigurationValue

    /// The name of the repository of a service's images, which is that of Serverless v3: in lower case, without dashes
    /// after one another or at the end.
    package static func repository(service: String, stage: String) -> String {
        var result = ""
        for character in "serverless-\(service)-\(stage)".lowercased() {
            if character == "-", result.last == "-" { continue }
            result.append(character)
        }
        if result.last == "-" { result.removeLast() }
        return result
    }

    init(_ name: String, _ node: ConfigurationValue, path: String, in service: LocalPath) {
        self.name = name
        self.node = node
        directory = service / path
        file = directory / (node["file"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? "Dockerfile")
        var arguments: [(name: String, value: String)] = []
        for (name, value) in node["buildArgs"]?.map ?? [:] {
            guard let text = value.string else { continue }
            arguments.append((name, text))
        }
        self.arguments = arguments
        cacheSources = node["cacheFrom"]?.list?.compactMap(\.string) ?? []
        platform = node["platform"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        options = node["buildOptions"]?.list?.compactMap(\.string) ?? []
        provenance = node["provenance"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Service {
    /// The source of a function's image.
    ///
    /// - Returns: `nil` if the function is not a container image.
    /// - Throws: ``DiagnosticError`` if `image` or the definition that it names is incomplete, or says two things.
    package func imageSource(of function: ServiceFunction) throws(DiagnosticError) -> ImageSource? {
        guard let image = function.image, image.isTruthy else { return nil }
        if image.map != nil, (image["uri"] != nil) == (image["name"] != nil) {
            throw DiagnosticError(
                image["uri"] != nil ? .conflictingProperties : .missingProperty,
                image["uri"] != nil
                    ? "conflicting properties 'uri' and 'name' of the image of \(function.label)"
                    : "missing 'uri' or 'name' of the image of \(function.label)",
                at: image.place,
                help: ["set one of the two"]
            )
        }
        if let node = image["uri"], let uri = node.string { return .registry(ImageReference(uri: uri, node: node)) }
        let name = image.string ?? image["name"]?.string ?? ""
        if name.contains(".dkr.ecr.") { return .registry(ImageReference(uri: name, node: image)) }
        let known = provider[path: "ecr", "images"]?.map ?? [:]
        guard let definition = known[name] else {
            throw DiagnosticError(
                .unknownImage,
                "unknown image '\(name)' of \(function.label)",
                at: (image["name"] ?? image).place,
                help: NearestNames.help(for: name, among: known.keys)
                    + ["define it in 'provider.ecr.images'"]
            )
        }
        return try source(of: definition, name)
    }

    /// The source in a definition, which is a mapping, or a string with a URI or the path of a directory.
    private func source(of definition: ConfigurationValue, _ name: String) throws(DiagnosticError) -> ImageSource {
        if let text = definition.string {
            return text.contains(".dkr.ecr.")
                ? .registry(ImageReference(uri: text, node: definition))
                : .built(ImageBuild(name, definition, path: text, in: directory))
        }
        guard let node = definition["uri"], let uri = node.string, node.isTruthy else {
            if let path = definition["path"]?.string, !path.isEmpty {
                return .built(ImageBuild(name, definition, path: path, in: directory))
            }
            throw DiagnosticError(
                .missingProperty,
                "missing 'uri' or 'path' of the image '\(name)'",
                at: definition.place,
                help: ["set 'uri' to an image in ECR, or 'path' to the directory of a Dockerfile"]
            )
        }
        let conflict = ["path", "file", "buildArgs", "cacheFrom", "platform", "buildOptions", "provenance"]
            .first {
                definition[$0] != nil
            }
        if let conflict {
            throw DiagnosticError(
                .conflictingProperties,
                "conflicting properties 'uri' and '\(conflict)' of the image '\(name)'",
                at: definition[conflict]?.keyPlace ?? definition.place,
                notes: ["'uri' names an image that is already built"],
                help: ["remove one of the two"]
            )
        }
        return .registry(ImageReference(uri: uri, node: node))
    }
}
