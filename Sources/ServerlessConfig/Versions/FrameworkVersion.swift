import ConfigurationValues
import Diagnostics
import HostSystem

/// The check of the version of Serverless that a service requires.
enum FrameworkVersion {
    /// The version of Serverless that this program is compatible with.
    static let current = [3, 38, 0]

    /// Checks `frameworkVersion`.
    ///
    /// - Returns: a warning for a range that is not valid.
    /// - Throws: ``DiagnosticError`` for a range that excludes version 3.38.0, and with `configValidationMode: error`
    ///   for one that is not valid.
    static func check(_ root: ConfigurationValue, file: String) throws(DiagnosticError) -> [Diagnostic] {
        guard let node = root["frameworkVersion"], node.isTruthy else { return [] }
        let text = JavaScriptText.text(of: node)
        // A number is not a range: `3.10` would be 3.1.
        guard let range = node.string.flatMap(VersionRange.init) else {
            let isError = root["configValidationMode"]?.string == "error"
            let diagnostic = Diagnostic(
                isError ? .error : .warning,
                .invalidVersionRange,
                node.number == nil
                    ? "'frameworkVersion' must be a range of versions, found '\(text)'"
                    : "'frameworkVersion' must be a string with a range of versions, found the number \(text)",
                at: node.place,
                notes: ["the property is ignored"].filter { _ in !isError },
                help: ["write 'frameworkVersion: \(node.number == nil ? "^3.38.0" : "\"\(text)\"")'"]
            )
            if isError { throw DiagnosticError([diagnostic]) }
            return [diagnostic]
        }
        guard range.contains(current) else {
            let version = current.map(String.init).joined(separator: ".")
            throw DiagnosticError(
                .unsupportedFrameworkVersion,
                "'frameworkVersion' requires Serverless \(text), but Furoshiki is compatible with \(version)",
                at: node.place,
                help: ["write 'frameworkVersion: \"3\"' if the service works with version 3"]
            )
        }
        return []
    }
}
