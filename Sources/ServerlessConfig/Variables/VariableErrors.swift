import Diagnostics

/// The errors of the variables of a configuration, each once.
struct VariableErrors {
    /// What errors with the same cause have in common.
    private struct Cause: Hashable {
        let code: DiagnosticCode
        let message: String
        /// The remedy of environment variables that are not set, which are reported together.
        let remedy: DotenvRemedy?
        /// The place, if errors at other places have other causes.
        let place: SourcePlace?
    }

    /// The number of environment variables that a diagnostic names.
    private static let namedVariables = 8

    private var errors: [VariableError] = []
    private var seen: Set<VariableError> = []

    /// Whether there are no errors.
    var isEmpty: Bool { errors.isEmpty }

    /// Adds an error unless it is known.
    mutating func add(_ error: VariableError) {
        if seen.insert(error).inserted { errors.append(error) }
    }

    /// One diagnostic for each cause, in the order in which the causes were found.
    var diagnostics: [Diagnostic] {
        var groups: [Cause: [VariableError]] = [:]
        var order: [Cause] = []
        for error in errors {
            let isAlone = error.path == nil && !error.isGeneral
            let message = error.stage.map { "stage \($0.stage)" } ?? error.message
            let cause = Cause(
                code: error.code,
                message: error.unset == nil ? message : "",
                remedy: error.unset?.remedy,
                place: isAlone ? error.place : nil
            )
            if groups[cause] == nil { order.append(cause) }
            groups[cause, default: []].append(error)
        }
        let shown = order.prefix(Diagnostic.maximumCount).compactMap { groups[$0] }.map(Self.diagnostic)
        return shown + Diagnostic.more(than: shown.count, of: order.count)
    }

    private static func diagnostic(of group: [VariableError]) -> Diagnostic {
        let first = group[0]
        var diagnostic = Diagnostic(
            .error,
            first.code,
            message(of: group),
            at: first.place,
            notes: Diagnostic.otherPlaces(of: group.map(\.place)) + first.notes,
            help: first.help,
            toolOutput: first.toolOutput
        )
        if let help = stageHelp(group.compactMap(\.stage)) { diagnostic.help.insert(help, at: 0) }
        if let remedy = first.unset?.remedy, unsetNames(of: group).count > 1 {
            diagnostic.help = [remedy.text(for: nil)]
        }
        return diagnostic
    }

    private static func message(of group: [VariableError]) -> String {
        let first = group[0]
        if let stage = first.stage, group.count > 1 {
            let stages = group.compactMap(\.stage)
            let reason =
                if stages.allSatisfy(\.isLast) {
                    "\(group.count) variables end in '.\(stage.stage)'"
                } else if stages.allSatisfy({ $0.place == stage.place }) {
                    "\(group.count) variables need '\(stage.stage)' in \(stage.place)"
                } else {
                    "\(group.count) variables need them"
                }
            return "no settings for stage '\(stage.stage)': \(reason)"
        }
        let unset = unsetNames(of: group)
        if unset.count > 1 {
            let named = unset.prefix(namedVariables).map { "'\($0)'" }
            let more = unset.count - named.count
            let list = more > 0 ? "\(named.joined(separator: ", ")) and \(more) more" : named.listed("and")
            return "\(unset.count) environment variables are not set: \(list)"
        }
        guard let path = first.path else { return first.message }
        return group.count == 1
            ? "cannot resolve '\(path)': \(first.message)" : "cannot resolve \(group.count) values: \(first.message)"
    }

    /// The environment variables that are not set, each once.
    private static func unsetNames(of group: [VariableError]) -> [String] {
        var seen: Set<String> = []
        return group.compactMap { $0.unset?.name }.filter { seen.insert($0).inserted }
    }

    /// The stages that all settings have, as a remedy; those that some have if there are none.
    private static func stageHelp(_ stages: [VariableError.MissingStage]) -> String? {
        guard let first = stages.first else { return nil }
        let common = first.known.filter { name in stages.allSatisfy { $0.known.contains(name) } }
        let names = common.isEmpty ? first.known : common
        return names.isEmpty ? nil : "use --stage \(Array(names.prefix(8)).listed("or"))"
    }
}
