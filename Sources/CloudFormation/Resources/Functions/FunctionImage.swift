import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The container image of a function.
struct FunctionImage {
    /// The URI of the image with its digest.
    let uri: String
    /// The digest in hexadecimal.
    let digest: String
    /// The value of `ImageConfig`, or `nil` if no settings of the image are changed.
    let settings: TemplateValue?

    /// The image of a function, or `nil` if the function is a zip file.
    ///
    /// - Throws: ``DiagnosticError`` if the image is unknown or has no digest, which would have to be looked up in AWS.
    init?(_ function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        guard let image = function.node["image"], image.isTruthy else { return nil }
        let name = try Self.reference(image, function, context)
        let parts = name.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, parts[1].hasPrefix("sha256:") else {
            throw DiagnosticError(
                .missingImageDigest,
                "the image '\(name)' of \(function.label) has no digest",
                at: image.place,
                notes: ["packaging does not query ECR for the digest, and does not build images"],
                help: ["use the URI with the digest: REPOSITORY@sha256:…"]
            )
        }
        uri = name
        digest = String(parts[1].dropFirst("sha256:".count))
        let changes = TemplateValue.object(of: [
            "Command": image["command"]?.truthyJSON,
            "EntryPoint": image["entryPoint"]?.truthyJSON,
            "WorkingDirectory": image["workingDirectory"]?.truthyJSON,
        ])
        settings = changes.objectValue?.isEmpty == true ? nil : changes
    }

    /// The URI of an image that is given as a URI or as a key in `provider.ecr.images`.
    private static func reference(
        _ image: ConfigurationValue,
        _ function: CompiledFunction,
        _ context: CompileContext
    ) throws(DiagnosticError) -> String {
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
        if let uri = image["uri"]?.string { return uri }
        let name = image.string ?? image["name"]?.string ?? ""
        if name.contains(".dkr.ecr.") { return name }
        let known = context.service.provider[path: "ecr", "images"]?.map ?? [:]
        guard let definition = known[name] else {
            throw DiagnosticError(
                .unknownImage,
                "unknown image '\(name)' of \(function.label)",
                at: (image["name"] ?? image).place,
                help: NearestNames.help(for: name, among: known.keys)
                    + ["define it in 'provider.ecr.images'"]
            )
        }
        return try address(of: definition, name)
    }

    private static func address(of definition: ConfigurationValue, _ name: String) throws(DiagnosticError) -> String {
        let path = definition["path"] ?? (definition.string?.contains(".dkr.ecr.") == false ? definition : nil)
        let uri = definition["uri"]?.string ?? (path == nil ? definition.string : nil)
        guard let uri else {
            throw DiagnosticError(
                path == nil ? .missingProperty : .imageNotBuilt,
                path == nil
                    ? "missing 'uri' or 'path' of the image '\(name)'"
                    : "the image '\(name)' must be built, which packaging does not do",
                at: definition.place,
                help: ["build and push the image, and set 'uri' to REPOSITORY@sha256:…"]
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
        return uri
    }
}
