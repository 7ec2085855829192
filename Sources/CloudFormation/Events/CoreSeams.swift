import OrderedJSON
import ServerlessConfig

extension Template {
    mutating func addRoleStatements(_ statements: [TemplateValue?]) {
        guard var statement = resources["IamRoleLambdaExecution"]?["Properties"]?["Policies"]?.arrayValue?.first else {
            return
        }
        let all = (statement["PolicyDocument"]?["Statement"]?.arrayValue ?? []) + statements.compactMap(\.self)
        statement["PolicyDocument"]?["Statement"] = .array(all)
        resources["IamRoleLambdaExecution"]?["Properties"]?["Policies"] = [statement]
    }
    mutating func addRolePrincipal(_ principal: String) {}
}
extension CompileContext {
    func roleLogicalID(of function: CompiledFunction) -> String? { "IamRoleLambdaExecution" }
    func roleARN(of function: CompiledFunction) -> TemplateValue { .getAtt("IamRoleLambdaExecution", "Arn") }
    var deploymentBucket: TemplateValue { .ref("ServerlessDeploymentBucket") }
    var forceDeployValue: TemplateValue { 0 }
}
extension Naming {
    static func capitalizedAlphanumeric(_ text: String) -> String { normalizedName(alphanumeric(text)) }
}
