package import ConfigurationValues
package import Diagnostics
import OrderedJSON

/// Reader of the formats of configuration files, whose errors are diagnostics for users.
package enum ConfigurationText {
    /// Reads YAML; `nil` if the text contains no value.
    package static func yaml(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> ConfigurationValue? {
        do throws(YAMLError) {
            return try YAMLReader.read(bytes, file: file)
        } catch {
            var help = yamlHelp(in: bytes, error).map { [$0] } ?? []
            if case .unknownTag(let tag) = error.reason {
                let known = YAMLTag.functions.sorted().map { "!\($0)" }
                help = NearestNames.help(for: tag, among: known)
                help.append("use a short form of a CloudFormation function, such as '!Ref'")
            }
            throw DiagnosticError(
                error.code,
                "cannot parse '\(file)' as YAML: \(error)",
                at: SourcePlace(file: file, line: error.line, column: error.column),
                notes: error.context.map { [$0] } ?? [],
                help: help
            )
        }
    }

    /// Reads JSON; a string without a value is an error.
    package static func json(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> ConfigurationValue {
        do throws(JSONParseError) {
            return try JSONReader.read(bytes, file: file)
        } catch {
            let line = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[error.line - 1]
            let before = line.prefix(error.column - 1)
            throw DiagnosticError(
                .invalidJSON,
                "cannot parse '\(file)' as JSON: \(error.reason.rawValue)",
                at: SourcePlace(file: file, line: error.line, column: before.count { $0 & 0xC0 != 0x80 } + 1),
                help: jsonHelp(in: bytes, at: line.startIndex + error.column - 1).map { [$0] } ?? []
            )
        }
    }

    /// The help for the mistakes that are most common in JSON written by hand.
    private static func jsonHelp(in bytes: [UInt8], at offset: Int) -> String? {
        guard offset < bytes.count else { return nil }
        let last = bytes[..<offset].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        switch bytes[offset] {
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            return last == UInt8(ascii: ",") ? "remove the comma before it" : nil
        case UInt8(ascii: "/"), UInt8(ascii: "#"): return "remove the comment; JSON does not allow comments"
        case UInt8(ascii: "'"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return "put keys and strings in double quotes"
        case UInt8(ascii: "\""):
            return last == UInt8(ascii: ",") ? nil : "add the comma or colon that is missing before it"
        default: return nil
        }
    }

    /// The help for a character that cannot start a value in YAML.
    private static func yamlHelp(in bytes: [UInt8], _ error: YAMLError) -> String? {
        guard case .syntax(let problem) = error.reason, problem.contains("cannot start any token") else { return nil }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard error.line <= lines.count else { return nil }
        let line = String(decoding: lines[error.line - 1], as: UTF8.self).unicodeScalars
        switch line.dropFirst(error.column - 1).first {
        case "\t": return "indent with spaces; YAML does not allow tabs here"
        case let character?: return "put a string that starts with '\(character)' in quotes"
        case nil: return nil
        }
    }
}

extension YAMLError {
    /// The code of the diagnostic that reports the error.
    fileprivate var code: DiagnosticCode {
        switch reason {
        case .duplicateKey: .duplicateKey
        case .unknownTag: .unknownYAMLTag
        default: .invalidYAML
        }
    }
}
