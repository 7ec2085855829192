import ConfigurationValues
import Diagnostics
import OrderedJSON

/// The form that a value must have for a template to be compiled.
enum PropertyForm {
    case text, list, texts
    /// A mapping; a list is accepted, too, because Serverless handles it without failing.
    case collection
    /// A mapping, or an empty list.
    case map
    /// A string, if the property is set.
    case optionalText
    /// A string that starts with `arn:`, or an intrinsic function.
    case arn
    /// A string or an intrinsic function.
    case reference
    /// A string, or a mapping with a domain name.
    case origin
    /// Any value other than `null`.
    case present

    /// The form as messages name it.
    var name: String {
        switch self {
        case .text: "a string"
        case .list: "a list"
        case .texts: "a list of strings"
        case .collection, .map: "a mapping"
        case .optionalText: "a string"
        case .reference: "a string or an intrinsic function"
        case .origin: "a string or a mapping with 'DomainName'"
        case .arn: "an ARN (arn:…) or an intrinsic function"
        case .present: "set"
        }
    }

    /// Whether a value has the form.
    func admits(_ node: ConfigurationValue) -> Bool {
        switch self {
        case .text: node.string != nil
        case .list: node.list != nil
        case .texts: node.list?.allSatisfy { $0.string != nil } ?? false
        case .collection: node.map != nil || node.list != nil
        case .map: node.map != nil || node.list?.isEmpty == true
        case .optionalText: node.string != nil
        case .arn: node.string?.hasPrefix("arn:") ?? Self.isIntrinsic(node)
        case .reference: node.string != nil || Self.isIntrinsic(node)
        case .origin: node.string != nil || node["DomainName"] != nil
        case .present: !node.isNull
        }
    }

    private static func isIntrinsic(_ node: ConfigurationValue) -> Bool {
        node.map?.keys.contains { $0 == "Ref" || $0.hasPrefix("Fn::") } ?? false
    }
}

extension PropertyForm {
    /// Reports a property whose value prevents the compilation of a template.
    ///
    /// - Parameters:
    ///   - path: the keys and indexes that lead to the property.
    ///   - complaint: what is wrong, as the rest of a sentence that begins with the path.
    ///   - node: the value, at whose place the error is reported.
    ///   - code: the code of the error.
    /// - Returns: the error.
    static func error(
        _ path: [String],
        _ complaint: String,
        _ node: ConfigurationValue,
        _ code: DiagnosticCode = .invalidType
    ) -> Diagnostic {
        Diagnostic(.error, code, "'\(path.joined(separator: "."))' \(complaint)", at: node.place)
    }
}
