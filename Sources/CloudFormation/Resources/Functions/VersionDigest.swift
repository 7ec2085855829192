import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The digest in the logical ID of a version.
///
/// It changes with the code, the configuration and the layers of this service, so that each change creates a new version.
/// It is calculated as in Serverless, so that a function with unchanged code, such as an image, keeps its version. Tags
/// and reserved concurrency do not belong to a version.
struct VersionDigest {
    /// The resource of the function, without the settings that are not part of the digest.
    let resource: TemplateValue
    /// The SHA-256 of the zip file in Base64; not used for images.
    let codeHash: String
    /// Whether the code is an image, whose URI is part of the configuration.
    let isImage: Bool

    /// The digest in Base64.
    func base64(_ context: CompileContext, _ artifacts: ArtifactReferences, _ template: Template) -> String {
        var properties = resource["Properties"] ?? .object([:])
        if !isImage { properties["Code"] = nil }
        properties["ReservedConcurrentExecutions"] = nil
        properties["Tags"] = nil
        var configurations: [TemplateValue] = []
        var archives: [(name: String, hash: String)] = []
        for layer in Self.ownLayers(of: resource, context, template) {
            let reference = Naming.layerID(layer.key)
            let resource = template.resources[reference] ?? template.resources[reference + ProvisionalName.placeholder]
            guard var settings = resource?["Properties"] else { continue }
            settings["Content"]?["S3Key"] = nil
            configurations.append(["name": .string(layer.key), "ref": .string(reference), "properties": settings])
            let artifact = artifacts.layers[layer.key]
            archives.append((artifact?.fileName ?? "", artifact?.sha256Base64 ?? ""))
        }
        archives.sort { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        properties["layerConfigurations"] = .array(configurations)
        let hashed = (isImage ? "" : codeHash) + archives.map(\.hash).joined()
        return SHA256.digest(of: Array(hashed.utf8) + Self.writer.bytes(of: properties)).base64
    }

    /// The layers of this service that the resource of a function refers to, in the same order.
    static func ownLayers(
        of resource: TemplateValue,
        _ context: CompileContext,
        _ template: Template
    ) -> [ServiceLayer] {
        let references = (resource["Properties"]?["Layers"]?.arrayValue ?? []).compactMap { $0["Ref"]?.stringValue }
        guard !references.isEmpty else { return [] }
        let layers = context.layers
        return references.filter { template.resources[$0] != nil }
            .compactMap { reference in
                let name = ProvisionalName.stem(of: reference) ?? reference
                return layers.first { Naming.layerID($0.key) == name }
            }
    }

    /// Writes members in the order of their keys; integer keys come first, as in JavaScript objects.
    private static let writer = JSONWriter { key, other in
        switch (IntegerKey.number(key), IntegerKey.number(other)) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): CollationKey.precedes(key, other)
        }
    }
}

/// The sort key of a string for `localeCompare`: the root order of the Unicode Collation Algorithm (UTS #10) for ASCII.
///
/// Punctuation comes first, then digits, then letters. Lower case only comes before upper case if the words are equal.
struct CollationKey: Comparable {
    private let primary: [UInt32]
    private let tertiary: [UInt8]

    /// Whether a string comes before another one; without keys if both are words of ASCII letters and digits.
    static func precedes(_ text: String, _ other: String) -> Bool {
        precedesAsWord(text.utf8, other.utf8) ?? (CollationKey(text) < CollationKey(other))
    }

    /// The order of two words, or `nil` if one has another character, or if they differ in the case of letters at most.
    private static func precedesAsWord(_ word: String.UTF8View, _ other: String.UTF8View) -> Bool? {
        var (left, right) = (word.makeIterator(), other.makeIterator())
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return nil
            case (nil, let byte?): return lowercased(byte).map { _ in true }
            case (let byte?, nil): return lowercased(byte).map { _ in false }
            case (let first?, let second?):
                guard let first = lowercased(first), let second = lowercased(second) else { return nil }
                if first != second { return first < second }
            }
        }
    }

    /// A digit or a letter in lower case; `nil` for another byte.
    private static func lowercased(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    private static let punctuation = Array("_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".unicodeScalars)

    init(_ text: String) {
        var primary: [UInt32] = []
        var tertiary: [UInt8] = []
        for scalar in text.unicodeScalars {
            let isUpper = ("A"..."Z").contains(scalar)
            if let index = Self.punctuation.firstIndex(of: scalar) {
                primary.append(UInt32(index) + 1)
            } else {
                // Digits already come before letters in ASCII; both come after punctuation.
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
