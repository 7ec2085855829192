package import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
import SchemaValidation

/// The validation of a resolved configuration for the provider `aws`.
package enum ConfigurationValidator {
    /// A configuration after its validation.
    package struct Validated: Sendable {
        /// The configuration with values converted to the types that the schema requires.
        package let root: ConfigurationValue
        /// The warnings about the schema, and the notes about deprecations.
        package let diagnostics: [Diagnostic]
    }

    /// The plugins that are built in, or known to add nothing to the schema.
    private static let knownPlugins: Set<String> = ["serverless-python-requirements"]

    /// Validates a configuration whose variables are resolved and whose lists of functions and resources are merged.
    ///
    /// `configValidationMode` decides how problems are reported: with `error` they are errors, with `warn` (the
    /// default of Serverless 3) they are warnings, and with `off` they are not reported. Without a mode, problems of
    /// properties that came after Serverless 3 are errors, as in its successors. Values are converted in each mode.
    ///
    /// - Parameters:
    ///   - root: the configuration.
    ///   - environment: variables that turn deprecations off (`SLS_DEPRECATION_DISABLE`) or make them errors
    ///     (`SLS_DEPRECATION_NOTIFICATION_MODE`).
    /// - Returns: the configuration with converted values, and its warnings and notes.
    /// - Throws: ``DiagnosticError`` with all errors, and for a deprecation if deprecations are errors.
    package static func validate(
        _ root: ConfigurationValue,
        environment: [String: String] = [:]
    ) throws(DiagnosticError) -> Validated {
        let deprecations = try Deprecations.found(in: root, environment: environment)
        var validator = SchemaValidator(ServerlessSchema.library())
        var (converted, issues) = validator.validate(root, as: "service")
        if let reordered = converted.withNullsLast() { converted = reordered }
        let plugins = (root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []).compactMap(\.string)
        issues.removeAll { $0.isProperty(of: plugins) }
        let mode = root["configValidationMode"]?.string
        guard mode != "off", !issues.isEmpty else { return Validated(root: converted, diagnostics: deprecations) }
        let mayHaveMore = plugins.contains { !knownPlugins.contains($0) }
        var told: [Diagnostic] = []
        for issue in issues {
            let isError = mode == "error" || mode == nil && issue.isOfNewProperty
            let diagnostic = issue.diagnostic(isError && !(mayHaveMore && issue.mayBeOfPlugin) ? .error : .warning)
            if !told.contains(diagnostic) { told.append(diagnostic) }
        }
        told = Self.inOrderOfPlaces(told)
        if told.contains(where: { $0.severity == .error }) { throw DiagnosticError(told) }
        if mode == nil, let remark = try Deprecations.missingMode(root, environment: environment, after: told) {
            told.append(remark)
        }
        return Validated(root: converted, diagnostics: deprecations + told)
    }

    /// The diagnostics of each file from top to bottom; files, and diagnostics without a place, keep their order.
    private static func inOrderOfPlaces(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let files = diagnostics.map { $0.place?.file }
        let ordered = diagnostics.enumerated()
            .sorted { left, right in
                guard let first = left.element.place, let second = right.element.place else {
                    return left.element.place != nil && right.element.place == nil
                        || left.offset < right.offset
                            && (left.element.place == nil) == (right.element.place == nil)
                }
                let firstFile = files.firstIndex(of: first.file) ?? 0
                let secondFile = files.firstIndex(of: second.file) ?? 0
                return (firstFile, first.line, first.column, left.offset)
                    < (secondFile, second.line, second.column, right.offset)
            }
        return ordered.map(\.element)
    }
}
