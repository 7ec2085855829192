import AWSClient
import CloudFormation
import Diagnostics
import OrderedJSON
import ServerlessConfig
import StackDiff

/// Finds out what a plan would change in the deployed stack.
struct StackComparison: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The parts of the configuration that made the resources, by logical ID.
    let origins: [String: ResourceOrigin]
    /// The service as it is deployed.
    let deployed: DeployedService

    /// The difference between the deployed service and a plan.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - comparesDrift: whether the resources are compared as they are now, and not as CloudFormation left them.
    ///   - comparesArtifacts: whether the files of changed artifacts are compared.
    /// - Returns: the difference.
    /// - Throws: ``DiagnosticError`` that explains why CloudFormation cannot compute it, `AWSError`, `CancellationError`.
    func difference(
        _ plan: DeploymentPlan,
        comparesDrift: Bool = false,
        comparesArtifacts: Bool = true
    ) async throws -> StackDifference {
        let uploads = comparesArtifacts ? plan.uploads : []
        async let artifacts = ArtifactComparison(context: context, deployed: deployed).differences(uploads)
        let (changes, method) = try await changes(plan, comparesDrift: comparesDrift)
        let stack = existingStack
        return StackDifference(
            stack: context.names.stack,
            method: method,
            isNew: stack == nil,
            changes: changes.map(located),
            artifacts: try await artifacts,
            settings: stack.map(settings) ?? []
        )
    }

    /// The stack, if it has resources that can change.
    private var existingStack: Stack? { deployed.stack.flatMap { $0.isOnlyReviewed ? nil : $0 } }

    private func settings(of stack: Stack) -> [String] {
        context.stackSettings.differences(from: stack)
            + (StackProtection(of: context.service).differs(from: stack) ? ["deletion protection"] : [])
    }

    private func located(_ change: ResourceChange) -> ResourceChange {
        var change = change
        change.place = origins[change.logicalID]?.place
        return change
    }

    private func changes(
        _ plan: DeploymentPlan,
        comparesDrift: Bool
    ) async throws -> ([ResourceChange], StackDifference.Method) {
        guard let stack = existingStack else {
            return (TemplateDifference.changes(from: [:], to: plan.template), .templates)
        }
        let live = deployed.template ?? [:]
        let isSame =
            TemplateComparison.areEqual(plan.template, live)
            && context.stackSettings.differences(from: stack).isEmpty
        if isSame, !comparesDrift { return ([], .changeSet) }
        do {
            let preview = ChangeSetPreview(context: context, bucket: deployed.bucket)
            if let found = try await preview.changes(of: plan.template, in: stack, comparesDrift: comparesDrift) {
                var changes = found.changes.map(ResourceChange.init)
                // Each deployment makes such resources again; without another change nothing is deployed.
                if isSame { changes.removeAll(where: \.isVersion) }
                return (changes, .changeSet)
            }
            report("the template is too large for a request, and the stack has no bucket to upload it to", help: [])
        } catch let error as AWSError where error.isAccessDenied && !comparesDrift {
            report(
                "not allowed to call '\(error.action)'",
                help: ["allow '\(error.action)' in the IAM policy of the user or role"]
            )
        }
        let changes = TemplateDifference.changes(
            from: TemplateComparison.normalized(live),
            to: TemplateComparison.normalized(plan.template)
        )
        return (changes, .templates)
    }

    private func report(_ reason: String, help: [String]) {
        context.report(
            .finding(
                Diagnostic(
                    .warning,
                    .changesNotComputed,
                    "CloudFormation cannot compute the changes, so the templates are compared: \(reason)",
                    help: help
                )
            )
        )
    }
}
