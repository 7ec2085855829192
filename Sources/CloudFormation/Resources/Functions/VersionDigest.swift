import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The digest in a version's logical ID: it changes with code, configuration and the layers of this service, so that
/// each change makes a new version.
///
/// It is the digest that Serverless takes, so that a function whose code is the same bytes (an image) keeps the version
/// that is deployed. Tags and reserved concurrency are settings of the function, not of a version.
struct VersionDigest {
    /// The function's resource, complete but for what Serverless sets later.
    let resource: TemplateValue
    /// The SHA-256 of the zip in base64; not used for images.
    let codeHash: String
    /// Whether the code is an image, whose address is part of the configuration.
    let isImage: Bool

    /// The digest in base64.
    func base64(_ context: CompileContext, _ artifacts: ArtifactReferences, _ template: Template) -> String {
        var properties = resource["Properties"] ?? .object([:])
        if !isImage { properties["Code"] = nil }
        properties["ReservedConcurrentExecutions"] = nil
        properties["Tags"] = nil
        var configurations: [TemplateValue] = []
        var archives: [(name: String, hash: String)] = []
        for layer in Self.ownLayers(of: resource, context, template) {
            let reference = Naming.layerID(layer.key)
            guard var settings = template.resources[reference]?["Properties"] else { continue }
            settings["Content"]?["S3Key"] = nil
            configurations.append(["name": .string(layer.key), "ref": .string(reference), "properties": settings])
            let artifact = artifacts.layers[layer.key]
            archives.append((artifact?.fileName ?? "", artifact?.sha256Base64 ?? ""))
        }
        archives.sort { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        properties["layerConfigurations"] = .array(configurations)
        let hashed = (isImage ? "" : codeHash) + archives.map(\.hash).joined()
        return SHA256.digest(of: hashed + JSONWriter().text(of: Self.sorted(properties))).base64
    }

    /// The layers of this service that a function's resource refers to, in its order.
    static func ownLayers(
        of resource: TemplateValue,
        _ context: CompileContext,
        _ template: Template
    ) -> [ServiceLayer] {
        let references = (resource["Properties"]?["Layers"]?.arrayValue ?? []).compactMap { $0["Ref"]?.stringValue }
        guard !references.isEmpty else { return [] }
        let layers = context.layers
        return references.filter { template.resources[$0] != nil }
            .compactMap { reference in layers.first { Naming.layerID($0.key) == reference } }
    }

    private static func sorted(_ value: TemplateValue) -> TemplateValue {
        switch value {
        case .object(let members):
            let keyed = members.map { (key: $0.key, order: CollationKey($0.key), value: $0.value) }
            return .object(OrderedMap(keyed.sorted { $0.order < $1.order }.map { ($0.key, sorted($0.value)) }))
        case .array(let items): return .array(items.map(sorted))
        default: return value
        }
    }
}

/// The place of a key in the order of `localeCompare`, which is that of the Unicode Collation Algorithm's root table
/// (UTS #10) for ASCII: punctuation, then digits, then letters, lower case before upper only between equal words.
struct CollationKey: Comparable {
    private let primary: [UInt32]
    private let tertiary: [UInt8]

    private static let punctuation = Array("_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".unicodeScalars)

    init(_ text: String) {
        var primary: [UInt32] = []
        var tertiary: [UInt8] = []
        for scalar in text.unicodeScalars {
            let isUpper = ("A"..."Z").contains(scalar)
            if let index = Self.punctuation.firstIndex(of: scalar) {
                primary.append(UInt32(index) + 1)
            } else {
                // Digits come before letters in ASCII already; both after what is punctuation.
                primary.append((isUpper ? scalar.value + 32 : scalar.value) + 256)
            }
            tertiary.append(isUpper ? 1 : 0)
        }
        self.primary = primary
        self.tertiary = tertiary
    }

    static func < (left: CollationKey, right: CollationKey) -> Bool {
        if left.primary != right.primary { return left.primary.lexicographicallyPrecedes(right.primary) }
        return left.tertiary.lexicographicallyPrecedes(right.tertiary)
    }
}
