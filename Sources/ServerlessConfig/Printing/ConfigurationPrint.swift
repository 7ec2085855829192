import ConfigurationFormats
package import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON

/// The output of `print`: the configuration, or a part of it, in one of three formats.
package enum ConfigurationPrint {
    /// The text that `print` writes, without a line end.
    ///
    /// - Parameters:
    ///   - root: the configuration.
    ///   - format: `yaml`, `json` or `text`; `nil` is YAML.
    ///   - path: the steps to a part of the configuration, separated by dots; `nil` is the whole configuration.
    ///   - transform: `keys`, or `nil` for the value itself.
    /// - Returns: the text.
    /// - Throws: ``DiagnosticError`` for an unknown format or transformation, an unknown path, and a mapping as text.
    package static func text(
        of root: ConfigurationValue,
        format: String? = nil,
        path: String? = nil,
        transform: String? = nil
    ) throws(DiagnosticError) -> String {
        var node = root
        if let path {
            guard let part = root.member(at: path.steps()) else {
                throw missing(path, in: root)
            }
            node = part
        }
        if let transform {
            guard transform == "keys" else {
                throw DiagnosticError(.invalidOptionValue, "'--transform' must be 'keys', found '\(transform)'")
            }
            node = keys(of: node)
        }
        switch format ?? "yaml" {
        case "yaml": return String(YAMLWriter.text(of: finite(node.json)).dropLast())
        case "json": return JSONWriter(indentation: 2).text(of: node.json)
        case "text": return try plain(node)
        default:
            throw DiagnosticError(
                .invalidOptionValue,
                "'--format' must be 'yaml', 'json' or 'text', found '\(format ?? "")'"
            )
        }
    }

    /// The error for an unknown path, with the last step that exists and the most likely next one.
    private static func missing(_ path: String, in root: ConfigurationValue) -> DiagnosticError {
        let steps = path.steps()
        let known = (0..<steps.count).last { root.member(at: steps.prefix($0)) != nil } ?? 0
        let parent = steps.prefix(known)
        let keys = root.member(at: parent)?.map.map { Array($0.keys) } ?? []
        let nearest = NearestNames.nearest(to: steps[known], among: keys)
        return DiagnosticError(
            .unknownConfigurationPath,
            "the configuration has no value at '\(path)'",
            notes: parent.isEmpty ? [] : ["'\(parent.joined(separator: "."))' has no member '\(steps[known])'"],
            help: nearest.map { [NearestNames.question((parent + [$0]).joined(separator: "."))] } ?? []
        )
    }

    private static func keys(of node: ConfigurationValue) -> ConfigurationValue {
        if let map = node.map { return ConfigurationValue(.list(map.keys.map { ConfigurationValue(.string($0)) })) }
        let count = node.list?.count ?? node.string?.utf16.count ?? 0
        return ConfigurationValue(.list((0..<count).map { ConfigurationValue(.string(String($0))) }))
    }

    private static func plain(_ node: ConfigurationValue) throws(DiagnosticError) -> String {
        if let list = node.list {
            return list.map { $0.isNull ? "" : JavaScriptText.text(of: $0) }.joined(separator: "\n")
        }
        guard node.map == nil else {
            throw DiagnosticError(
                .valueNotPrintable,
                "cannot print a mapping as text",
                help: ["use '--format json' or 'yaml', or '--transform keys', or name a single value with '--path'"]
            )
        }
        return JavaScriptText.text(of: node)
    }

    /// A value with `null` for the numbers that JSON does not have, as in both formats.
    private static func finite(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): number.isFinite ? .number(number == 0 ? 0 : number) : .null
        case .array(let items): .array(items.map(finite))
        case .object(let members): .object(members.mapValues(finite))
        default: value
        }
    }
}
