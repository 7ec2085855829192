package import Diagnostics
package import StackDiff

/// What is done before a deployment that would replace or delete resources.
package struct ChangeReview: Sendable {
    /// A kind of change that can be refused.
    package enum Refusal: String, Hashable, Sendable, CaseIterable {
        case replace, delete

        /// Reads a list such as `replace,delete`.
        ///
        /// - Throws: ``DiagnosticError`` for an unknown or missing word.
        package static func list(_ text: String) throws(DiagnosticError) -> Set<Refusal> {
            var result: Set<Refusal> = []
            let words = text.split(separator: ",").map { $0.trimmingPrefix(" ") }
            for word in words {
                guard let refusal = Refusal(rawValue: String(word)) else { throw invalid(text) }
                result.insert(refusal)
            }
            guard !result.isEmpty else { throw invalid(text) }
            return result
        }

        private static func invalid(_ text: String) -> DiagnosticError {
            DiagnosticError(
                .invalidOptionValue,
                "the option '--refuse' has the value '\(text)', which is not a list of changes",
                help: ["use --refuse replace, --refuse delete, or --refuse replace,delete"]
            )
        }
    }

    /// Asks whether to deploy in spite of the changes.
    package typealias Confirmation = @Sendable (_ losses: [ResourceChange]) async throws -> Bool

    /// The changes that end the deployment.
    package var refused: Set<Refusal>
    /// Asks the user if something would be replaced or deleted; `nil` to ask nothing.
    package var confirm: Confirmation?

    /// Creates a review; one that refuses and asks nothing has no effect.
    package init(refusing refused: Set<Refusal> = [], confirm: Confirmation? = nil) {
        self.refused = refused
        self.confirm = confirm
    }

    /// Whether the changes have to be known before the deployment.
    var isNeeded: Bool { !refused.isEmpty || confirm != nil }

    /// The changes that lose a resource which the stack has: certain ones, and possible ones of resources with data.
    static func losses(in difference: StackDifference) -> [ResourceChange] {
        difference.changes.filter { $0.isLoss && ($0.certainty == .certain || $0.holdsData) }
    }

    /// Ends a deployment that is refused or not confirmed.
    ///
    /// - Throws: ``DiagnosticError`` that lists the resources; what `confirm` throws.
    func check(_ difference: StackDifference) async throws {
        let losses = Self.losses(in: difference)
        let refused = losses.filter { loss in
            Refusal(rawValue: loss.action.rawValue).map(self.refused.contains) ?? false
        }
        guard refused.isEmpty else {
            throw DiagnosticError(
                .changeRefused,
                "the deployment would \(Self.summary(of: refused)), which '--refuse' does not allow",
                at: refused.first(where: { $0.place != nil })?.place,
                notes: refused.map(\.line),
                help: [
                    "nothing was changed: correct the configuration, or deploy without '--refuse' if this is intended"
                ]
            )
        }
        guard let confirm, !losses.isEmpty else { return }
        guard try await confirm(losses) else {
            throw DiagnosticError(
                .deploymentNotConfirmed,
                "the deployment was not confirmed",
                notes: losses.map(\.line),
                help: ["nothing was changed"]
            )
        }
    }

    /// What is done with some resources, such as `replace 1 resource and delete 2 resources`.
    package static func summary(of losses: [ResourceChange]) -> String {
        [ResourceChange.Action.replace, .delete]
            .compactMap { action in
                let count = losses.count { $0.action == action }
                return count == 0 ? nil : "\(action.rawValue) \(count) \(count == 1 ? "resource" : "resources")"
            }
            .joined(separator: " and ")
    }
}

extension ResourceChange {
    /// The loss of a resource in one line, with its place and the properties that cause it.
    package var line: String {
        let causes = properties.filter { $0.replaces == true }.map(\.path)
        let verb = certainty == .possible ? "may be replaced" : action == .replace ? "replaced" : "deleted"
        return (place.map { "\($0): " } ?? "") + "\(logicalID) (\(type)) \(verb)"
            + (causes.isEmpty ? "" : ", because of \(causes.joined(separator: ", "))")
            + (keepsOld ? ", and the old one is kept" : holdsData ? ", with its data" : "")
    }
}
