import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// Reads the values of a mapping with options, and collects errors and warnings.
///
/// Values from environment variables are strings. If another type is expected, `'true'` and `'false'` are booleans, and
/// the empty string counts as not set.
struct SettingReader {
    /// The name of the mapping in messages, such as `custom.pythonRequirements`.
    let name: String
    /// The errors and warnings so far.
    private(set) var diagnostics: [Diagnostic] = []
    private let settings: ConfigurationValue?

    /// Creates a reader of a mapping; `nil` is an empty one.
    init(_ settings: ConfigurationValue?, name: String) {
        self.settings = settings
        self.name = name
        if let settings, settings.map == nil, !settings.isNull, settings.string != "" {
            wrongType("", settings, expected: "a mapping")
        }
    }

    /// The errors so far.
    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
    /// The errors and warnings, sorted by location.
    var inOrder: [Diagnostic] {
        diagnostics.sorted { left, right in
            guard let first = left.place, let second = right.place else {
                return left.place != nil && right.place == nil
            }
            return (first.line, first.column) < (second.line, second.column)
        }
    }
    /// The warnings so far.
    var warnings: [Diagnostic] { diagnostics.filter { $0.severity != .error } }

    /// The location of a value, or `nil` if it is not set.
    func place(_ key: String) -> SourcePlace? { settings?[key]?.place }

    /// A value that is neither `null` nor the empty string.
    func present(_ key: String) -> ConfigurationValue? {
        guard let member = settings?[key], member.string != "" else { return nil }
        return member
    }

    /// A boolean, or `nil` if it is not set.
    mutating func flag(_ key: String) -> Bool? {
        guard let member = present(key) else { return nil }
        if let flag = member.flag { return flag }
        wrongType(key, member, expected: "true or false")
        return nil
    }

    /// A string, or `nil` if it is not set or `false`.
    mutating func string(_ key: String) -> String? {
        guard let member = present(key) else { return nil }
        switch member.content {
        case .string(let text): return text
        case .number: return member.scalarText
        case .bool(false): return nil
        default:
            wrongType(key, member, expected: "a string")
            return nil
        }
    }

    /// A list of strings, or `nil` if it is not set or `false`.
    mutating func strings(_ key: String) -> [String]? {
        guard let member = present(key), member.flag != false else { return nil }
        guard let items = member.list else {
            wrongType(key, member, expected: "a list")
            return nil
        }
        var strings: [String] = []
        for item in items where !item.isNull && item.string != "" {
            if let text = item.scalarText {
                strings.append(text)
            } else {
                wrongType(key, item, expected: "a list of strings", help: Self.remedy(item))
            }
        }
        return strings
    }

    /// A non-negative integer, or `nil` if it is not set.
    mutating func count(_ key: String) -> Int? {
        guard let member = present(key), member.flag != false else { return nil }
        if let text = member.scalarText, let number = Int(text), number >= 0 { return number }
        wrongType(key, member, expected: "a whole number")
        return nil
    }

    /// Reports a value of the wrong type.
    mutating func wrongType(_ key: String, _ member: ConfigurationValue, expected: String, help: [String] = []) {
        let option = key.isEmpty ? name : "\(name).\(key)"
        diagnostics.append(
            Diagnostic(
                .error,
                .invalidType,
                "'\(option)' is \(member.typeName), not \(expected)",
                at: member.place,
                help: help.isEmpty ? ["write \(expected)"] : help
            )
        )
    }

    /// The help for a string that YAML parses as a mapping because it contains a colon.
    private static func remedy(_ item: ConfigurationValue) -> [String] {
        guard let map = item.map, map.count == 1 else { return [] }
        return map.map { key, value in
            let rest = value.scalarText.map { " " + $0 } ?? ""
            return "YAML reads a string that contains ': ' or ends with ':' as a mapping; quote it: '\(key):\(rest)'"
        }
    }

    /// Reports that a value conflicts with that of another key.
    mutating func refuse(_ key: String, _ message: String, help: [String] = []) {
        diagnostics.append(Diagnostic(.error, .conflictingProperties, message, at: place(key), help: help))
    }

    /// Warns about unknown keys, with the nearest known one.
    mutating func warnOfUnknown(known: [String]) {
        for (key, member) in settings?.map ?? [:] where !known.contains(key) {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .unknownProperty,
                    "unknown option '\(name).\(key)' has no effect",
                    at: member.keyPlace ?? member.place,
                    help: NearestNames.help(for: key, among: known)
                )
            )
        }
    }
}

extension ConfigurationValue {
    /// The boolean, which can be given as a string, or `nil` for other values.
    var flag: Bool? {
        switch content {
        case .bool(let flag): flag
        case .string("true"): true
        case .string("false"): false
        default: nil
        }
    }

    /// The string for a string, number or boolean, or `nil` for other values.
    var scalarText: String? {
        switch content {
        case .string(let text): text
        case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .null, .list, .map: nil
        }
    }

    /// The type of the value, for messages.
    var typeName: String {
        switch content {
        case .null: "nothing"
        case .bool(let flag): "'\(flag)'"
        case .number: "the number \(scalarText ?? "")"
        case .string(let text): "the string '\(text)'"
        case .list: "a list"
        case .map: "a mapping"
        }
    }
}
