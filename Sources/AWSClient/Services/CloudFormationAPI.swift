import OrderedJSON

/// The operations of CloudFormation.
package struct CloudFormationAPI: Sendable {
    let client: AWSClient

    /// The stack with a name or identifier.
    ///
    /// - Returns: `nil` if there is none.
    package func stack(_ name: String) async throws -> Stack? {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        do {
            let result = try await client.xml(.query(.cloudFormation, "DescribeStacks", parameters))
            return result.list("Stacks").first.map(Stack.init)
        } catch let error as AWSError where error.isMissingStack {
            return nil
        }
    }

    /// All stacks of the region that are not deleted.
    package func stacks() async throws -> [Stack] {
        try await client.pages { mark in
            var parameters = QueryParameters()
            parameters.add("NextToken", mark)
            let result = try await client.xml(.query(.cloudFormation, "DescribeStacks", parameters))
            return (result.list("Stacks").map(Stack.init), result.text("NextToken"))
        }
    }

    // MARK: Changes

    /// Creates a stack.
    ///
    /// - Returns: the identifier of the stack.
    package func createStack(_ request: StackRequest) async throws -> String {
        try await changeStack("CreateStack", request)
    }

    /// Updates a stack without a change set.
    ///
    /// - Returns: the identifier of the stack.
    /// - Throws: an ``AWSError`` with `isWithoutChanges` if the template and parameters are those of the stack.
    package func updateStack(_ request: StackRequest) async throws -> String {
        try await changeStack("UpdateStack", request)
    }

    private func changeStack(_ operation: String, _ request: StackRequest) async throws -> String {
        let result = try await client.xml(.query(.cloudFormation, operation, request.parametersOfStack))
        return result.text("StackId") ?? request.stackName
    }

    /// Deletes a stack; CloudFormation then removes its resources, or keeps some that could not be removed.
    package func deleteStack(
        _ name: String,
        roleARN: String? = nil,
        retaining resources: [String]? = nil,
        token: String? = nil
    ) async throws {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        parameters.add("RoleARN", roleARN)
        parameters.add("RetainResources", resources)
        parameters.add("ClientRequestToken", token)
        _ = try await client.xml(.query(.cloudFormation, "DeleteStack", parameters))
    }

    /// Sets the policy that protects resources of a stack from updates.
    package func setStackPolicy(_ name: String, _ policy: String) async throws {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        parameters.add("StackPolicyBody", policy)
        _ = try await client.xml(.query(.cloudFormation, "SetStackPolicy", parameters))
    }

    /// Protects a stack from deletion, or no longer.
    package func setTerminationProtection(_ name: String, _ isProtected: Bool) async throws {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        parameters.add("EnableTerminationProtection", isProtected)
        _ = try await client.xml(.query(.cloudFormation, "UpdateTerminationProtection", parameters))
    }

    /// Continues a rollback that failed, without the resources to skip.
    package func continueRollback(
        _ name: String,
        skipping resources: [String]? = nil,
        roleARN: String? = nil
    ) async throws {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        parameters.add("ResourcesToSkip", resources)
        parameters.add("RoleARN", roleARN)
        _ = try await client.xml(.query(.cloudFormation, "ContinueUpdateRollback", parameters))
    }

    /// Cancels the update of a stack that is in progress.
    package func cancelUpdate(_ name: String) async throws {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        _ = try await client.xml(.query(.cloudFormation, "CancelUpdateStack", parameters))
    }

    // MARK: Events and resources

    /// The newest events of a stack, newest first.
    ///
    /// - Parameters:
    ///   - name: the name or identifier of the stack.
    ///   - isKnown: whether an event was seen before; reading ends with the page that has one.
    /// - Returns: the events before the first known one.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func events(
        of name: String,
        until isKnown: (StackEvent) -> Bool = { _ in false }
    ) async throws -> [StackEvent] {
        var events: [StackEvent] = []
        var mark: String?
        repeat {
            var parameters = QueryParameters()
            parameters.add("StackName", name)
            parameters.add("NextToken", mark)
            let result = try await client.xml(.query(.cloudFormation, "DescribeStackEvents", parameters))
            for event in result.list("StackEvents").map(StackEvent.init) {
                if isKnown(event) { return events }
                events.append(event)
            }
            mark = result.text("NextToken")
        } while mark?.isEmpty == false
        return events
    }

    /// The resources of a stack.
    package func resources(of name: String) async throws -> [StackResource] {
        try await client.pages { mark in
            var parameters = QueryParameters()
            parameters.add("StackName", name)
            parameters.add("NextToken", mark)
            let result = try await client.xml(.query(.cloudFormation, "ListStackResources", parameters))
            return (result.list("StackResourceSummaries").map(StackResource.init), result.text("NextToken"))
        }
    }

    /// A resource of a stack.
    ///
    /// - Returns: `nil` if the stack or the resource does not exist.
    package func resource(_ logicalID: String, of name: String) async throws -> StackResource? {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        parameters.add("LogicalResourceId", logicalID)
        do {
            let result = try await client.xml(.query(.cloudFormation, "DescribeStackResource", parameters))
            return result["StackResourceDetail"].map(StackResource.init)
        } catch let error as AWSError where error.isMissingStack {
            return nil
        }
    }

    /// The exported outputs of all stacks of the region, by name.
    package func exports() async throws -> [String: String] {
        let pairs = try await client.pages { mark in
            var parameters = QueryParameters()
            parameters.add("NextToken", mark)
            let result = try await client.xml(.query(.cloudFormation, "ListExports", parameters))
            let items = result.list("Exports").map { ($0.text("Name") ?? "", $0.text("Value") ?? "") }
            return (items, result.text("NextToken"))
        }
        return Dictionary(pairs) { $1 }
    }

    // MARK: Templates

    /// The template of a stack as it was sent.
    ///
    /// - Returns: `nil` if there is no such stack.
    package func template(of name: String, isProcessed: Bool = false) async throws -> String? {
        var parameters = QueryParameters()
        parameters.add("StackName", name)
        parameters.add("TemplateStage", isProcessed ? "Processed" : "Original")
        do {
            return try await client.xml(.query(.cloudFormation, "GetTemplate", parameters)).text("TemplateBody")
        } catch let error as AWSError where error.isMissingStack {
            return nil
        }
    }

    /// Checks a template.
    ///
    /// - Returns: the capabilities that it needs.
    package func validate(_ template: TemplateSource) async throws -> [String] {
        var parameters = QueryParameters()
        template.add(to: &parameters)
        let result = try await client.xml(.query(.cloudFormation, "ValidateTemplate", parameters))
        return result.list("Capabilities").map(\.text)
    }
}

extension AWSClient {
    /// The operations of CloudFormation.
    package var cloudFormation: CloudFormationAPI { CloudFormationAPI(client: self) }
}

extension AWSError {
    /// Whether a stack, a change set or a resource of a stack does not exist.
    ///
    /// CloudFormation has no code of its own for it, only this sentence of a validation error.
    package var isMissingStack: Bool {
        guard service == .cloudFormation else { return false }
        return code == "ChangeSetNotFound" || code == "ChangeSetNotFoundException"
            || (code == "ValidationError" && message.contains("does not exist"))
    }

    /// Whether an update was refused because it changes nothing; CloudFormation has no code of its own for it.
    package var isWithoutChanges: Bool {
        service == .cloudFormation && code == "ValidationError" && message.contains("No updates are to be performed")
    }
}
