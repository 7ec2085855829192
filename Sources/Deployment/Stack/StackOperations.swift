package import AWSClient
package import CloudFormation
import Diagnostics
import HostSystem

/// Creates, updates and deletes the stack of a service, and waits until CloudFormation is done.
package struct StackOperations: Sendable {
    private let context: DeploymentContext
    /// The parts of the configuration that made the resources, by logical ID.
    private let origins: [String: ResourceOrigin]

    /// Creates the operations of a service's stack.
    package init(_ context: DeploymentContext, origins: [String: ResourceOrigin] = [:]) {
        self.context = context
        self.origins = origins
    }

    /// The stack before an operation.
    package struct Before: Sendable {
        /// The stack; `nil` if there is none.
        package var stack: Stack?
        /// The identifier of its newest event.
        package var newestEvent: String?

        /// Creates the description of a stack; without arguments, of none.
        package init(stack: Stack? = nil, newestEvent: String? = nil) {
            self.stack = stack
            self.newestEvent = newestEvent
        }
    }

    private var api: CloudFormationAPI { context.aws.cloudFormation }
    private var settings: StackSettings { context.stackSettings }

    /// Creates or updates the stack, with a change set unless the service is configured otherwise.
    ///
    /// - Parameters:
    ///   - request: the stack as it is to be.
    ///   - before: the stack before.
    /// - Returns: whether there was anything to change.
    /// - Throws: ``DiagnosticError`` that explains a failure, ``ConflictingUpdate``, `AWSError`, `CancellationError`.
    package func apply(_ request: StackRequest, to before: Before) async throws -> Bool {
        let isNew = before.stack.map(\.isOnlyReviewed) ?? true
        do {
            return settings.isDirect
                ? try await change(request, isNew: isNew, before)
                : try await changeWithChangeSet(request, isNew: isNew, before)
        } catch let error as AWSError {
            throw await explained(error, request.stackName)
        }
    }

    // MARK: Direct

    private func change(_ request: StackRequest, isNew: Bool, _ before: Before) async throws -> Bool {
        var request = request
        let token = token("direct")
        request.token = token
        context.report(.changingStack)
        let identifier: String
        do {
            identifier = isNew ? try await api.createStack(request) : try await api.updateStack(request)
        } catch let error as AWSError {
            guard let stack = try await begun(error, token, request.stackName, before) else {
                if error.isWithoutChanges { return false }
                throw error
            }
            identifier = stack
        }
        try await finish(identifier, before)
        return true
    }

    // MARK: Change sets

    private func changeWithChangeSet(_ request: StackRequest, isNew: Bool, _ before: Before) async throws -> Bool {
        let name = "furoshiki-\(context.host.wallClock.nowMilliseconds)"
        var request = request
        request.token = name
        context.report(.creatingChangeSet)
        var identifier = before.stack?.identifier ?? request.stackName
        do {
            identifier =
                try await api.createChangeSet(request, name: name, kind: isNew ? .create : .update).stack
        } catch let error as AWSError where error.followsPossibleEffect {
            // An earlier attempt may have had its effect, although its response was lost.
            guard let changeSet = try await api.changeSet(name, of: request.stackName) else { throw error }
            if !changeSet.stackID.isEmpty { identifier = changeSet.stackID }
        }
        guard try await isReady(name, of: request.stackName) else { return false }
        context.report(.changingStack)
        try await execute(name, of: request.stackName, before)
        try await finish(identifier, before)
        if let policy = settings.policy { try await api.setStackPolicy(request.stackName, policy) }
        return true
    }

    /// Executes a change set; if that fails, the change set is deleted.
    private func execute(_ name: String, of stack: String, _ before: Before) async throws {
        let token = token("deploy")
        do {
            try await api.executeChangeSet(
                name,
                of: stack,
                disablesRollback: settings.disablesRollback ? true : nil,
                token: token
            )
        } catch {
            if let error = error as? AWSError, try await begun(error, token, stack, before) != nil { return }
            await discard(name, of: stack)
            throw error
        }
    }

    /// Deletes a change set after an error, which is more important than one of the clean-up.
    private func discard(_ name: String, of stack: String) async {
        let api = api
        try? await shieldedFromCancellation(limit: .seconds(20), clock: context.host.clock) {
            try await api.deleteChangeSet(name, of: stack)
        }
    }

    /// Waits until a change set can be executed.
    ///
    /// - Returns: whether it changes anything; if not, it is deleted.
    private func isReady(_ name: String, of stack: String) async throws -> Bool {
        var schedule = PollSchedule(context.host.environment)
        do {
            while true {
                guard let changeSet = try await api.changeSet(name, of: stack) else {
                    throw ConflictingUpdate.changedMeanwhile(stack, "the change set '\(name)' no longer exists")
                }
                if changeSet.isEmpty {
                    try await api.deleteChangeSet(name, of: stack)
                    return false
                }
                if changeSet.status == "FAILED" {
                    throw DiagnosticError.changeSetFailed(changeSet, of: stack)
                }
                if changeSet.status == "CREATE_COMPLETE" { return true }
                context.report(.waitingForChangeSet)
                try await context.host.clock.sleep(for: schedule.pause())
            }
        } catch {
            await discard(name, of: stack)
            throw error
        }
    }

    // MARK: Waiting

    private func finish(_ identifier: String, _ before: Before) async throws {
        let isNew = before.stack.map(\.isOnlyReviewed) ?? true
        var monitor = StackMonitor(
            context,
            stack: identifier,
            after: isNew ? nil : before.newestEvent,
            before: before.stack
        )
        let result = try await monitor.wait()
        guard result.status == "CREATE_COMPLETE" || result.status == "UPDATE_COMPLETE" else {
            throw failure(identifier, result).error()
        }
    }

    private func failure(_ identifier: String, _ result: StackMonitor.Result) -> StackFailure {
        StackFailure(
            stackName: context.names.stack,
            stackID: identifier,
            region: context.aws.region,
            result: result,
            origins: origins
        )
    }

    /// Deletes the stack and waits until it is gone.
    ///
    /// - Throws: ``DiagnosticError`` that names the first resource that could not be deleted.
    package func delete(_ before: Before) async throws {
        guard let stack = before.stack else { return }
        do {
            try await api.deleteStack(stack.name, roleARN: settings.roleARN, token: token("delete"))
        } catch let error as AWSError where error.code == "ValidationError" && stack.isTerminationProtected {
            throw DiagnosticError.protectedStack(stack)
        }
        context.report(.changingStack)
        var monitor = StackMonitor(context, stack: stack.identifier, after: before.newestEvent, before: stack)
        let result = try await monitor.wait()
        guard result.status == "DELETE_COMPLETE" else { throw failure(stack.identifier, result).error() }
    }

    /// A token that makes CloudFormation ignore a repeated request.
    private func token(_ purpose: String) -> String { OperationToken(purpose, on: context.host).text }

    // MARK: Errors

    /// The number of times that the events of a stack are read to find out whether a change has begun.
    private static let beginningPolls = 3

    /// Finds out whether a change has begun, although the request for it failed: the response of an attempt was lost.
    ///
    /// - Parameters:
    ///   - error: the error of the request.
    ///   - token: the token of the request.
    ///   - name: the name of the stack.
    ///   - before: the stack before.
    /// - Returns: the identifier of the stack; `nil` if nothing has begun.
    /// - Throws: `AWSError`, `CancellationError`.
    private func begun(_ error: AWSError, _ token: String, _ name: String, _ before: Before) async throws -> String? {
        guard error.followsPossibleEffect || error.mayHaveHadEffect else { return nil }
        var schedule = PollSchedule(context.host.environment)
        for poll in 0..<Self.beginningPolls {
            if poll > 0 { try await context.host.clock.sleep(for: schedule.pause()) }
            let events: [StackEvent]
            do {
                events = try await api.events(of: name) { $0.identifier == before.newestEvent }
            } catch let missing as AWSError where missing.isMissingStack {
                continue
            }
            let begin = events.first { event in
                event.type == "AWS::CloudFormation::Stack" && event.logicalID == name
                    && (event.status == "CREATE_IN_PROGRESS" || event.status == "UPDATE_IN_PROGRESS")
                    && (event.token == nil || event.token == token)
            }
            if let begin { return begin.stackID.isEmpty ? name : begin.stackID }
        }
        return nil
    }

    /// Explains an error that says that the stack cannot be changed in its state, which may have changed meanwhile.
    func explained(_ error: AWSError, _ name: String) async -> any Error {
        let isAboutState =
            error.isMissingStack || error.code?.hasPrefix("InvalidChangeSetStatus") == true
            || (error.code == "ValidationError"
                && (error.message.contains("can not be updated") || error.message.contains("already exists")))
        guard isAboutState, let stack = try? await api.stack(name) else { return error }
        if stack.isBusy { return await OtherUpdate(context: context).error(of: stack) }
        if stack.isSettled || stack.isOnlyReviewed { return ConflictingUpdate.changedMeanwhile(name, error.message) }
        return DiagnosticError(
            .stackNotUpdatable,
            "the stack '\(stack.name)' cannot be updated in the state \(stack.status)",
            notes: ["CloudFormation says: \(error.message)"],
            help: StackRemedies.help(forStatus: stack.status)
        )
    }
}

extension DiagnosticError {
    /// Reports that CloudFormation cannot compute a change set.
    static func changeSetFailed(_ changeSet: ChangeSet, of stack: String) -> DiagnosticError {
        DiagnosticError(
            .changeSetFailed,
            "CloudFormation cannot compute the changes of the stack '\(stack)': "
                + (changeSet.statusReason ?? "it says no reason")
        )
    }

    /// Reports that a stack cannot be deleted because of its termination protection.
    static func protectedStack(_ stack: Stack) -> DiagnosticError {
        DiagnosticError(
            .stackProtected,
            "the stack '\(stack.name)' is protected from deletion",
            help: [
                "end the protection: aws cloudformation update-termination-protection "
                    + "--no-enable-termination-protection --stack-name \(stack.name)"
            ]
        )
    }
}
