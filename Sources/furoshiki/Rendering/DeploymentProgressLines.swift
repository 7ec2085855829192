import AWSClient
import Deployment
import LambdaBundle

/// Shows the progress of a deployment: a live line on a terminal, and with `--verbose` a line for each event.
struct DeploymentProgressLines: Sendable {
    /// The output of the program.
    let terminal: Terminal

    /// Shows what happens; may be called on any thread.
    func report(_ progress: DeploymentProgress) {
        switch progress {
        case .creatingChangeSet: doing("Creating a change set")
        case .waitingForChangeSet: show("Waiting for the change set")
        case .changingStack: doing("Changing the stack")
        case .event(let event, let ended, let begun):
            terminal.log("  \(event.status) - \(event.type) - \(event.logicalID)", at: .info)
            show("Changing the stack: \(ended) of \(begun) resources, \(event.logicalID) \(event.status)")
        case .uploading(let name, let bytes):
            terminal.log("Uploading \(name) (\(Quantity.megabytes(bytes)))", at: .info)
        case .uploaded(let bytes, let total):
            show("Uploading \(Quantity.megabytes(bytes)) of \(Quantity.megabytes(total))")
        case .waitingForOtherUpdate(let status):
            show("Waiting for another operation on the stack (\(status))")
        case .waitingForFunction(let key): doing("Waiting for function \(key)")
        case .removingOldDeployments(let count): doing("Removing \(Quantity.text(count, "old deployment"))")
        case .removingOldVersions(let count): doing("Removing \(Quantity.text(count, "old version"))")
        case .finding(let diagnostic): terminal.report([diagnostic])
        }
    }

    private func doing(_ text: String) {
        terminal.log(text, at: .info)
        show(text)
    }

    private func show(_ text: String) { terminal.show(progress: { _, columns in String(text.prefix(columns)) }) }
}
