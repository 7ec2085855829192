import ConfigurationValues
import OrderedJSON

/// The execution role of all functions without their own role.
extension Template {
    /// The logical ID of the role.
    package static let executionRoleID = "IamRoleLambdaExecution"

    /// Adds statements to the policy of the role; without the role, the user's own roles must have them.
    package mutating func addRoleStatements(_ statements: [TemplateValue?]) {
        changeRoleStatements { $0 += statements.compactMap(\.self) }
    }

    /// Adds a statement to the policy of the role unless it exists, and removes duplicates of it.
    package mutating func addRoleStatementOnce(_ statement: TemplateValue) {
        changeRoleStatements { statements in
            var seen: Set<TemplateValue> = []
            statements = (statements + [statement]).filter { seen.insert($0).inserted }
        }
    }

    /// Allows another service to assume the role.
    package mutating func addRolePrincipal(_ principal: String) {
        guard let role = resources[Self.executionRoleID] else { return }
        var statements = role["Properties"]?["AssumeRolePolicyDocument"]?["Statement"]?.arrayValue ?? []
        let lambda = statements.firstIndex {
            $0["Principal"]?["Service"]?.arrayValue?.contains("lambda.amazonaws.com") == true
        }
        guard let lambda, let services = statements[lambda]["Principal"]?["Service"]?.arrayValue else { return }
        statements[lambda]["Principal"]?["Service"] = .array(services + [.string(principal)])
        resources[Self.executionRoleID]?["Properties"]?["AssumeRolePolicyDocument"]?["Statement"] = .array(statements)
    }

    private mutating func changeRoleStatements(_ change: (inout [TemplateValue]) -> Void) {
        // Remove the list and set it again, so that it is not copied.
        guard var policies = resources[Self.executionRoleID]?["Properties"]?["Policies"]?.arrayValue,
            case .array(var statements)? = policies.first?["PolicyDocument"]?["Statement"]
        else { return }
        change(&statements)
        policies[0]["PolicyDocument"]?["Statement"] = .array(statements)
        resources[Self.executionRoleID]?["Properties"]?["Policies"] = .array(policies)
    }
}
