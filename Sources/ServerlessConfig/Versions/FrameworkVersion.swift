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
        try require(range, text, at: node.place)
        return []
    }

    /// Checks `frameworkVersion` before variables are resolved, so that nobody sets variables for a service that is for
    /// another version.
    ///
    /// - Parameter root: the configuration, perhaps with variables.
    /// - Throws: ``DiagnosticError`` for a range that excludes version 3.38.0.
    static func checkEarly(_ root: ConfigurationValue) throws(DiagnosticError) {
        // A variable is not a valid range, and is checked after it is resolved.
        guard let node = root["frameworkVersion"], let text = node.string, let range = VersionRange(text) else {
            return
        }
        try require(range, text, at: node.place)
    }

    private static func require(
        _ range: VersionRange,
        _ text: String,
        at place: SourcePlace?
    ) throws(DiagnosticError) {
        guard !range.contains(current) else { return }
        let version = current.map(String.init).joined(separator: ".")
        let isForVersion4 = range.includes(major: 4)
        throw DiagnosticError(
            .unsupportedFrameworkVersion,
            "'frameworkVersion' requires Serverless \(text), but Furoshiki is compatible with \(version)",
            at: place,
            notes: isForVersion4 ? version4Notes : [],
            help: [
                isForVersion4
                    ? "write 'frameworkVersion: \"3 || 4\"' if the service uses none of these, and compare the output of 'furoshiki package' and 'serverless package'"
                    : "write 'frameworkVersion: \"3\"' if the service works with version 3"
            ]
        )
    }

    /// What a user of version 4 needs to know (<https://www.serverless.com/framework/docs/guides/upgrading-v4>).
    private static let version4Notes = [
        "the same in versions 3 and 4: functions, events, layers, resources, 'custom', 'package', the variables of version 3, and the Python plugin",
        "only in version 4: 'stages', 'build' and JavaScript or TypeScript that is bundled automatically, '.env' files without 'useDotenv', and variables such as '${terraform:…}' and '${vault:…}'",
    ]
}
