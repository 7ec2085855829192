package import HostSystem
import OrderedJSON

/// Reads texts of the formats that hold configurations, with faults for users.
package enum ConfigurationText {
    /// Reads YAML, `nil` where the text holds no value.
    package static func yaml(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> Node? {
        do throws(YAMLError) {
            return try YAMLReader.read(bytes, file: file)
        } catch {
            var help: [String] = []
            if case .unknownTag(let tag) = error.reason {
                let known = YAMLTag.functions.sorted().map { "!\($0)" }
                help = NearestNames.nearest(to: tag, among: known).map { ["did you mean '\($0)'?"] } ?? []
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
    package static func json(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> Node {
        do throws(JSONParseError) {
            return try JSONReader.read(bytes, file: file)
        } catch {
            throw DiagnosticError(
                "'\(file)' is no JSON: \(error.reason.rawValue)",
                at: SourcePlace(file: file, line: error.line, column: error.column)
            )
        }
    }
}
