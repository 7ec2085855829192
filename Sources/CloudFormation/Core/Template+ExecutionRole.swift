import ConfigurationValues
import OrderedJSON

/// The role that all functions without one of their own run with.
extension Template {
    /// The logical ID of the role.
    package static let executionRoleID = "IamRoleLambdaExecution"

    /// Adds statements to the role's policy; without the role, the owner of the other roles must see to them.
    package mutating func addRoleStatements(_ statements: [TemplateValue?]) {
        changeRoleStatements { $0 += statements.compactMap(\.self) }
    }

    /// Adds a statement to the role's policy where none equals it, and leaves one of those that are equal already.
    package mutating func addRoleStatementOnce(_ statement: TemplateValue) {
        changeRoleStatements { statements in
            var seen: Set<TemplateValue> = []
            statements = (statements + [statement]).filter { seen.insert($0).inserted }
        }
    }

    /// Lets another service assume the role, beside Lambda.
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
        // Taken out and put back, so that the list is changed in place however long it grows.
        guard var policies = resources[Self.executionRoleID]?["Properties"]?["Policies"]?.arrayValue,
            case .array(var statements)? = policies.first?["PolicyDocument"]?["Statement"]
        else { return }
        change(&statements)
        policies[0]["PolicyDocument"]?["Statement"] = .array(statements)
        resources[Self.executionRoleID]?["Properties"]?["Policies"] = .array(policies)
    }
}
