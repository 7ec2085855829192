package import ConfigurationValues
package import Diagnostics
import OrderedJSON

/// Reads texts of the formats that hold configurations, with faults for users.
package enum ConfigurationText {
    /// Reads YAML, `nil` where the text holds no value.
    package static func yaml(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> ConfigurationValue? {
        do throws(YAMLError) {
            return try YAMLReader.read(bytes, file: file)
        } catch {
            var help = yamlHelp(in: bytes, error).map { [$0] } ?? []
            if case .unknownTag(let tag) = error.reason {
                let known = YAMLTag.functions.sorted().map { "!\($0)" }
                help = NearestNames.help(for: tag, among: known)
                help.append("known are CloudFormation's short forms, such as '!Ref'")
            }
            throw DiagnosticError(
                "'\(file)' cannot be read: \(error)",
                at: SourcePlace(file: file, line: error.line, column: error.column),
                notes: error.context.map { [$0] } ?? [],
                help: help
            )
        }
    }

    /// Reads JSON.
    package static func json(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> ConfigurationValue {
        do throws(JSONParseError) {
            return try JSONReader.read(bytes, file: file)
        } catch {
            let line = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[error.line - 1]
            let before = line.prefix(error.column - 1)
            throw DiagnosticError(
                "'\(file)' is no JSON: \(error.reason.rawValue)",
                at: SourcePlace(file: file, line: error.line, column: before.count { $0 & 0xC0 != 0x80 } + 1),
                help: jsonHelp(in: bytes, at: line.startIndex + error.column - 1).map { [$0] } ?? []
            )
        }
    }

    /// What people who write JSON by hand get wrong most often.
    private static func jsonHelp(in bytes: [UInt8], at offset: Int) -> String? {
        guard offset < bytes.count else { return nil }
        let last = bytes[..<offset].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        switch bytes[offset] {
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            return last == UInt8(ascii: ",") ? "leave out the comma before it" : nil
        case UInt8(ascii: "/"), UInt8(ascii: "#"): return "JSON has no comments"
        case UInt8(ascii: "'"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return "names and texts stand in double quotes"
        case UInt8(ascii: "\""): return last == UInt8(ascii: ",") ? nil : "a comma or a colon may be missing before it"
        default: return nil
        }
    }

    /// What a character means at which no value of YAML can begin.
    private static func yamlHelp(in bytes: [UInt8], _ error: YAMLError) -> String? {
        guard case .syntax(let problem) = error.reason, problem.contains("cannot start any token") else { return nil }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard error.line <= lines.count else { return nil }
        let line = String(decoding: lines[error.line - 1], as: UTF8.self).unicodeScalars
        switch line.dropFirst(error.column - 1).first {
        case "\t": return "indent with blanks: YAML takes no tabs there"
        case let character?: return "put a text that begins with '\(character)' in quotes"
        case nil: return nil
        }
    }
}
