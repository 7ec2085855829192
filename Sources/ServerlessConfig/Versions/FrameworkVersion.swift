import ConfigurationValues
import Diagnostics
import HostSystem

/// The version of Serverless that a service asks for.
enum FrameworkVersion {
    /// The version whose ways this program has.
    static let current = [3, 38, 0]

    /// Checks `frameworkVersion`.
    ///
    /// - Returns: what is to be told of a range that cannot be read.
    /// - Throws: ``DiagnosticError`` for a range without version 3.38.0, and with `configValidationMode: error` for a
    ///   text that is no range.
    static func check(_ root: ConfigurationValue, file: String) throws(DiagnosticError) -> [Diagnostic] {
        guard let node = root["frameworkVersion"], node.isTruthy else { return [] }
        let text = JavaScriptText.text(of: node)
        // A number is no range: `3.10` would be 3.1.
        guard let range = node.string.flatMap(VersionRange.init) else {
            let isError = root["configValidationMode"]?.string == "error"
            let diagnostic = Diagnostic(
                isError ? .error : .warning,
                node.number == nil
                    ? "'frameworkVersion' is '\(text)', which is no range of versions"
                    : "'frameworkVersion' is the number \(text), not a text with a range of versions",
                at: node.place,
                notes: ["it is passed over"].filter { _ in !isError },
                help: ["write 'frameworkVersion: \(node.number == nil ? "^3.38.0" : "\"\(text)\"")'"]
            )
            if isError { throw DiagnosticError([diagnostic]) }
            return [diagnostic]
        }
        guard range.contains(current) else {
            let version = current.map(String.init).joined(separator: ".")
            throw DiagnosticError(
                "'frameworkVersion' asks for Serverless \(text), and Furoshiki works as \(version) does",
                at: node.place,
                help: ["write 'frameworkVersion: \"3\"' where the service works with version 3"]
            )
        }
        return []
    }
}
