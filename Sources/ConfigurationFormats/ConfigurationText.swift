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
            throw yamlError(error, bytes, file)
        }
    }

    private static func yamlError(_ error: YAMLError, _ bytes: [UInt8], _ file: String) -> DiagnosticError {
        if let finding = YAMLDiagnosis.finding(error, in: bytes) {
            return DiagnosticError(
                error.code,
                finding.message,
                at: LineIndex(bytes).place(of: finding.offset, in: file),
                notes: finding.notes,
                help: finding.help
            )
        }
        var notes: [String] = []
        if case .duplicateKey(_, let line?) = error.reason { notes = ["the first one is in line \(line)"] }
        return DiagnosticError(
            error.code,
            "\(error)",
            at: SourcePlace(file: file, line: error.line, column: error.column),
            notes: notes,
            help: yamlHelp(error)
        )
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

    /// The remedy for an error of YAML that is not one of syntax.
    private static func yamlHelp(_ error: YAMLError) -> [String] {
        switch error.reason {
        case .syntax: []
        case .duplicateKey: ["remove or rename one of the two"]
        case .unknownTag(let tag):
            NearestNames.help(for: tag, among: YAMLTag.functions.sorted().map { "!\($0)" })
                + ["use a short form of a CloudFormation function, such as '!Ref'"]
        case .unknownAlias(let name): ["define '&\(name)' before it, or put a string in quotes: '*\(name)'"]
        case .recursiveAlias, .tooLarge: ["write the value without the alias"]
        case .mergeOfNonMapping: ["use '<<' with an alias of a mapping, such as '<<: *defaults'"]
        case .tagDoesNotFit: ["remove the tag"]
        case .listInListAsKey: ["write the key as a string"]
        case .severalDocuments: ["remove the '---', or keep the other document in its own file"]
        case .tooDeep: ["nest the values in fewer levels"]
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
