package import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
import SchemaValidation
import ServicePlugins

/// The validation of a resolved configuration for the provider `aws`.
package enum ConfigurationValidator {
    /// A configuration after its validation.
    package struct Validated: Sendable {
        /// The configuration with values converted to the types that the schema requires.
        package let root: ConfigurationValue
        /// The warnings about the schema, and the notes about deprecations.
        package let diagnostics: [Diagnostic]
    }

    /// Validates a configuration whose variables are resolved and whose lists of functions and resources are merged.
    ///
    /// `configValidationMode` decides how problems are reported: with `error` they are errors, with `warn` (the
    /// default of Serverless 3) they are warnings, and with `off` they are not reported. Without a mode, problems of
    /// properties that came after Serverless 3 are errors, as in its successors. Values are converted in each mode.
    ///
    /// - Parameters:
    ///   - root: the configuration.
    ///   - makesArtifacts: whether functions are made from the configuration, so that unknown runtimes are errors; they
    ///     are returned with the warnings.
    ///   - environment: variables that turn deprecations off (`SLS_DEPRECATION_DISABLE`) or make them errors
    ///     (`SLS_DEPRECATION_NOTIFICATION_MODE`).
    ///   - reported: the places of values whose problems are reported already.
    /// - Returns: the configuration with converted values, and its warnings and notes.
    /// - Throws: ``DiagnosticError`` with all errors, and for a deprecation if deprecations are errors.
    package static func validate(
        _ root: ConfigurationValue,
        makesArtifacts: Bool = false,
        environment: [String: String] = [:],
        reported: Set<SourcePlace> = []
    ) throws(DiagnosticError) -> Validated {
        let deprecations = try Deprecations.found(in: root, environment: environment)
        var validator = SchemaValidator(ServerlessSchema.library())
        var (converted, issues) = validator.validate(root, as: "service")
        if let reordered = converted.withNullsLast() { converted = reordered }
        let plugins = (root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []).compactMap(\.string)
        issues.removeAll { issue in
            issue.isProperty(of: plugins) || RuntimeCheck.isResponsible(for: issue.path, in: root)
                || issue.place.map { reported.contains($0) } == true
        }
        let mode = root["configValidationMode"]?.string
        var runtimes = RuntimeCheck(mode: mode, makesArtifacts: makesArtifacts).diagnostics(in: root)
        // Problems that the mode decides are reported with those of the schema.
        let ofMode = runtimes.filter { mode == "error" ? $0.severity == .error : $0.severity == .warning }
        runtimes.removeAll(where: ofMode.contains)
        guard mode != "off", !issues.isEmpty || !ofMode.isEmpty else {
            return Validated(root: converted, diagnostics: deprecations + runtimes)
        }
        let mayHaveMore = plugins.contains { $0 != PluginTable.builtIn }
        var told = diagnostics(of: issues) { issue in
            let isError = mode == "error" || mode == nil && issue.isOfNewProperty
            return isError && !(mayHaveMore && issue.mayBeOfPlugin) ? .error : .warning
        }
        told += ofMode
        if told.contains(where: { $0.severity == .error }) { throw DiagnosticError(told) }
        if mode == nil, let remark = try Deprecations.missingMode(root, environment: environment, after: told) {
            told.append(remark)
        }
        // A deprecated form that is not valid either is reported once.
        let places = Set(told.compactMap(\.place))
        let notes = deprecations.filter { $0.place.map(places.contains) != true }
        return Validated(root: converted, diagnostics: notes + told + runtimes)
    }

    /// The diagnostics of issues in the order of their places, each once, errors first if not all are shown.
    private static func diagnostics(
        of issues: [SchemaIssue],
        severity: (SchemaIssue) -> Diagnostic.Severity
    ) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        // A value that several properties refer to is reported once.
        var complaints: [SourcePlace: Set<String>] = [:]
        var distinct: [(issue: SchemaIssue, diagnostic: Diagnostic)] = []
        for issue in inOrderOfPlaces(issues) {
            let diagnostic = issue.diagnostic(severity(issue))
            if let place = issue.place {
                let complaint = SchemaIssue.complaint(of: issue.problem)
                guard complaints[place, default: []].insert(complaint).inserted else { continue }
            }
            if seen.insert(diagnostic).inserted { distinct.append((issue, diagnostic)) }
        }
        let hasErrors = distinct.contains { $0.diagnostic.severity == .error }
        let shown =
            distinct.count > Diagnostic.maximumCount && hasErrors
            ? distinct.filter { $0.diagnostic.severity == .error } : distinct
        let severity = hasErrors ? Diagnostic.Severity.error : .warning
        return shown.prefix(Diagnostic.maximumCount)
            .map { issue, diagnostic in
                var diagnostic = diagnostic
                // The search for the nearest name is expensive, and not needed for what is not shown.
                diagnostic.help = issue.help
                return diagnostic
            } + Diagnostic.more(than: min(shown.count, Diagnostic.maximumCount), of: distinct.count, severity)
    }

    /// The issues of each file from top to bottom; files, and issues without a place, keep their order.
    private static func inOrderOfPlaces(_ issues: [SchemaIssue]) -> [SchemaIssue] {
        var files: [String: Int] = [:]
        for issue in issues {
            if let file = issue.place?.file, files[file] == nil { files[file] = files.count }
        }
        func key(_ entry: (offset: Int, element: SchemaIssue)) -> (Int, Int, Int, Int) {
            guard let place = entry.element.place else { return (.max, 0, 0, entry.offset) }
            return (files[place.file] ?? 0, place.line, place.column, entry.offset)
        }
        return issues.enumerated().sorted { key($0) < key($1) }.map(\.element)
    }
}
