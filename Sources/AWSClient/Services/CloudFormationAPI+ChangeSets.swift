extension CloudFormationAPI {
    /// Creates a change set, which CloudFormation then computes.
    ///
    /// - Parameters:
    ///   - request: the stack as it is to be.
    ///   - name: the name of the change set.
    ///   - kind: whether the stack is created or updated.
    ///   - comparesDrift: whether it is compared with the resources as they are now, and not as CloudFormation left them.
    /// - Returns: the identifiers of the change set and of the stack.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func createChangeSet(
        _ request: StackRequest,
        name: String,
        kind: ChangeSet.Kind,
        comparesDrift: Bool = false
    ) async throws -> (changeSet: String, stack: String) {
        var parameters = request.parametersOfChangeSet
        parameters.add("ChangeSetName", name)
        parameters.add("ChangeSetType", kind.rawValue)
        if comparesDrift { parameters.add("DeploymentMode", "REVERT_DRIFT") }
        let result = try await client.xml(.query(.cloudFormation, "CreateChangeSet", parameters))
        return (result.text("Id") ?? name, result.text("StackId") ?? request.stackName)
    }

    /// A change set with all its changes.
    ///
    /// - Parameters:
    ///   - name: the name of the change set.
    ///   - stack: the name of the stack.
    ///   - hasPaths: whether the changes have the whole paths of properties, and what has drifted.
    /// - Returns: `nil` if it or its stack does not exist.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func changeSet(_ name: String, of stack: String, hasPaths: Bool = false) async throws -> ChangeSet? {
        var found: ChangeSet?
        var mark: String?
        repeat {
            var parameters = QueryParameters()
            parameters.add("ChangeSetName", name)
            parameters.add("StackName", stack)
            parameters.add("NextToken", mark)
            if hasPaths { parameters.add("IncludePropertyValues", true) }
            let result: XMLElement
            do {
                result = try await client.xml(.query(.cloudFormation, "DescribeChangeSet", parameters))
            } catch let error as AWSError where error.isMissingStack {
                return nil
            }
            let page = ChangeSet(result)
            if found == nil { found = page } else { found?.changes += page.changes }
            mark = result.text("NextToken")
        } while mark?.isEmpty == false
        return found
    }

    /// Executes a change set, which removes it.
    package func executeChangeSet(
        _ name: String,
        of stack: String,
        disablesRollback: Bool? = nil,
        token: String? = nil
    ) async throws {
        var parameters = QueryParameters()
        parameters.add("ChangeSetName", name)
        parameters.add("StackName", stack)
        parameters.add("DisableRollback", disablesRollback)
        parameters.add("ClientRequestToken", token)
        _ = try await client.xml(.query(.cloudFormation, "ExecuteChangeSet", parameters))
    }

    /// Deletes a change set; does nothing if it or its stack does not exist.
    package func deleteChangeSet(_ name: String, of stack: String) async throws {
        var parameters = QueryParameters()
        parameters.add("ChangeSetName", name)
        parameters.add("StackName", stack)
        do {
            _ = try await client.xml(.query(.cloudFormation, "DeleteChangeSet", parameters))
        } catch let error as AWSError where error.isMissingStack {
            return
        }
    }
}

/// A change set: what CloudFormation would change in a stack.
package struct ChangeSet: Hashable, Sendable {
    /// What is done with the stack.
    package enum Kind: String, Hashable, Sendable {
        case create = "CREATE"
        case update = "UPDATE"
    }

    /// The change of one resource.
    package struct Change: Hashable, Sendable {
        /// `Add`, `Modify`, `Remove`, `Import`, `Dynamic` or `SyncWithActual`.
        package var action: String
        /// The logical ID in the template.
        package var logicalID: String
        /// The physical ID; `nil` for a new resource.
        package var physicalID: String?
        /// The type, such as `AWS::Lambda::Function`.
        package var type: String
        /// `True`, `False` or `Conditional`; `nil` if the resource is not modified.
        package var replacement: String?
        /// What happens with the old resource, such as `Delete`, `Retain` or `ReplaceAndRetain`; `nil` if it stays.
        package var policyAction: String?
        /// Whether the resource differs from the deployed template, such as `MODIFIED`; `nil` if it was not compared.
        package var driftStatus: String?
        /// The attributes that change, such as `Properties` and `Tags`.
        package var scope: [String]
        /// The properties that change.
        package var details: [Detail]
    }

    /// The change of one property.
    package struct Detail: Hashable, Sendable {
        /// The attribute, such as `Properties`.
        package var attribute: String?
        /// The name of the property.
        package var name: String?
        /// The path of the property, such as `/Properties/Environment/Variables/STAGE`; `nil` if it was not requested.
        package var path: String?
        /// Whether the property has another value than the deployed template says.
        package var hasDrifted: Bool
        /// `Always`, `Conditionally` or `Never`: whether it replaces the resource.
        package var recreation: String?
        /// `Static` or `Dynamic`: whether the new value is known now.
        package var evaluation: String?
        /// What causes it, such as `DirectModification`.
        package var source: String?
    }

    /// The name of the change set.
    package var name: String
    /// The identifier of the change set.
    package var identifier: String
    /// The identifier of the stack.
    package var stackID: String
    /// The status, such as `CREATE_COMPLETE`.
    package var status: String
    /// Why it has the status.
    package var statusReason: String?
    /// Whether it can be executed, such as `AVAILABLE`.
    package var executionStatus: String
    /// The changes of resources.
    package var changes: [Change]

    /// Whether CloudFormation has nothing to change; it has no status of its own for it, only these sentences.
    package var isEmpty: Bool {
        guard status == "FAILED", let statusReason else { return false }
        return statusReason.contains("didn't contain changes")
            || statusReason.contains("No updates are to be performed")
    }
}

extension ChangeSet {
    init(_ element: XMLElement) {
        name = element.text("ChangeSetName") ?? ""
        identifier = element.text("ChangeSetId") ?? name
        stackID = element.text("StackId") ?? ""
        status = element.text("Status") ?? ""
        statusReason = element.text("StatusReason")
        executionStatus = element.text("ExecutionStatus") ?? ""
        changes = element.list("Changes").compactMap { $0["ResourceChange"].map(Change.init) }
    }
}

extension ChangeSet.Change {
    init(_ element: XMLElement) {
        action = element.text("Action") ?? ""
        logicalID = element.text("LogicalResourceId") ?? ""
        physicalID = element.text("PhysicalResourceId")
        type = element.text("ResourceType") ?? ""
        replacement = element.text("Replacement")
        policyAction = element.text("PolicyAction")
        driftStatus = element.text("ResourceDriftStatus")
        scope = element.list("Scope").map(\.text)
        details = element.list("Details").map(ChangeSet.Detail.init)
    }
}

extension ChangeSet.Detail {
    init(_ element: XMLElement) {
        attribute = element["Target"]?.text("Attribute")
        name = element["Target"]?.text("Name")
        path = element["Target"]?.text("Path")
        hasDrifted = element["Target"]?["Drift"] != nil
        recreation = element["Target"]?.text("RequiresRecreation")
        evaluation = element.text("Evaluation")
        source = element.text("ChangeSource")
    }
}
