import AWSClient
import HostSystem

/// Waits until CloudFormation has finished an operation, and reports the events of the stack.
struct StackMonitor: Sendable {
    /// How an operation ended.
    struct Result: Hashable, Sendable {
        /// The last status of the stack; `DELETE_COMPLETE` if it no longer exists.
        var status: String
        /// The events of the operation, oldest first.
        var events: [StackEvent]
    }

    private let context: DeploymentContext
    private let stack: String
    private let stackName: String
    private var known: Set<String>
    private var before: Stack?
    private var events: [StackEvent] = []

    /// Creates a monitor before an operation begins.
    ///
    /// - Parameters:
    ///   - context: the context of the deployment.
    ///   - stack: the identifier of the stack, or its name.
    ///   - newest: the identifier of the newest event before the operation; `nil` if there is none.
    ///   - before: the stack before the operation.
    init(_ context: DeploymentContext, stack: String, after newest: String?, before: Stack? = nil) {
        self.context = context
        self.stack = stack
        stackName = context.names.stack
        known = newest.map { [$0] } ?? []
        self.before = before
    }

    /// Waits for the end of the operation.
    mutating func wait() async throws -> Result {
        var schedule = PollSchedule(context.host.environment)
        while true {
            if let status = try await poll() { return Result(status: status, events: events) }
            try await context.host.clock.sleep(for: schedule.pause())
        }
    }

    /// Asks once.
    ///
    /// - Returns: the status with which the operation ended; `nil` if it has not.
    private mutating func poll() async throws -> String? {
        let new: [StackEvent]
        do {
            let known = known
            new = try await context.aws.cloudFormation.events(of: stack) { known.contains($0.identifier) }.reversed()
        } catch let error as AWSError where error.isMissingStack {
            return "DELETE_COMPLETE"
        }
        for event in new where known.insert(event.identifier).inserted {
            events.append(event)
            report(event)
        }
        if let status = new.last(where: isOfStack)?.status { return OperationEnd(status: status) == nil ? nil : status }
        guard new.isEmpty else { return nil }
        return try await statusWithoutEvents()
    }

    /// The status of the stack if it says that the operation has ended, for a service that writes no events.
    private func statusWithoutEvents() async throws -> String? {
        guard let current = try await context.aws.cloudFormation.stack(stack) else { return "DELETE_COMPLETE" }
        let hasChanged = current.status != before?.status || current.updated != before?.updated
        return hasChanged && OperationEnd(status: current.status) != nil ? current.status : nil
    }

    private func isOfStack(_ event: StackEvent) -> Bool {
        event.type == "AWS::CloudFormation::Stack"
            && (event.physicalID == event.stackID && !event.stackID.isEmpty || event.logicalID == stackName)
    }

    private func report(_ event: StackEvent) {
        var last: [String: String] = [:]
        for event in events where !isOfStack(event) { last[event.logicalID] = event.status }
        context.report(
            .event(event, ended: last.values.count { !$0.hasSuffix("_IN_PROGRESS") }, begun: last.count)
        )
    }
}
