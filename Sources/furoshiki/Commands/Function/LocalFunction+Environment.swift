import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

extension LocalFunction {
    /// The environment variables of the function: those of the program, of Lambda, of the service and of the user; a later
    /// one replaces an earlier one of the same name.
    ///
    /// - Parameters:
    ///   - base: the environment of the program.
    ///   - overrides: the user's variables, each written as `NAME=VALUE`.
    /// - Returns: the environment of the function.
    /// - Throws: ``DiagnosticError`` for values that only a deployed stack has and that the user does not give.
    func environment(over base: Environment, overrides: [String]) throws(DiagnosticError) -> Environment {
        var result = base
        let memory = (function.node["memorySize"] ?? service.provider["memorySize"])?.number ?? 1024
        let fixed: [(String, String)] = [
            ("LANG", "en_US.UTF-8"), ("LAMBDA_TASK_ROOT", "/var/task"), ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
            ("AWS_REGION", service.region), ("AWS_DEFAULT_REGION", service.region),
            ("AWS_LAMBDA_FUNCTION_NAME", function.name), ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", JSONWriter.text(of: memory)),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/\(function.name)"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "local"), ("IS_LOCAL", "true"),
        ]
        for (name, value) in fixed { result.variables[name] = value }
        let given = overrides.map { override in
            let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
        }
        var errors: [Diagnostic] = []
        for (name, node) in configuredVariables where !given.contains(where: { $0.name == name }) {
            if node.isNull {
                result.variables[name] = nil
            } else if let value = LocalIntrinsics(service: service).text(of: node) {
                result.variables[name] = value
            } else {
                errors.append(
                    Diagnostic(
                        .error,
                        .valueNeedsStack,
                        "the value of the environment variable '\(name)' is known only in a deployed stack",
                        at: node.place,
                        help: ["set it on the command line: --env \(name)=VALUE"]
                    )
                )
            }
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
        for variable in given { result.variables[variable.name] = variable.value }
        return result
    }

    /// The variables in the configuration; those of the function replace those of the provider.
    private var configuredVariables: OrderedMap<ConfigurationValue> {
        var variables = service.provider["environment"]?.map ?? [:]
        for (name, node) in function.node["environment"]?.map ?? [:] { variables[name] = node }
        return variables
    }
}

/// Evaluates CloudFormation's intrinsic functions without a deployed stack
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>).
struct LocalIntrinsics {
    /// The service, which provides the region and the name of the stack.
    let service: Service

    /// The string that a value evaluates to; `nil` if only a deployed stack has it.
    func text(of node: ConfigurationValue) -> String? {
        guard let members = node.map else { return node.string ?? JSONWriter().text(of: node.json) }
        guard members.count == 1, let (name, argument) = members.first(where: { _ in true }) else { return nil }
        switch name {
        case "Ref": return argument.string.flatMap(pseudoParameter)
        case "Fn::Join":
            guard let parts = argument.list, parts.count == 2, let separator = parts[0].string,
                let items = parts[1].list
            else { return nil }
            let texts = items.compactMap(text)
            return texts.count == items.count ? texts.joined(separator: separator) : nil
        case "Fn::Sub":
            let template = argument.string ?? argument.list?.first?.string
            return template.flatMap { substitute($0, argument.list?.dropFirst().first?.map ?? [:]) }
        default: return nil
        }
    }

    private func pseudoParameter(_ name: String) -> String? {
        let isChinese = service.region.hasPrefix("cn-")
        switch name {
        case "AWS::Region": return service.region
        case "AWS::Partition": return isChinese ? "aws-cn" : service.region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
        case "AWS::URLSuffix": return isChinese ? "amazonaws.com.cn" : "amazonaws.com"
        case "AWS::StackName": return service.provider["stackName"]?.string ?? "\(service.name)-\(service.stage)"
        default: return nil
        }
    }

    /// Replaces the names in a template of `Fn::Sub`; `${!name}` means a literal `${name}`.
    private func substitute(_ template: String, _ values: OrderedMap<ConfigurationValue>) -> String? {
        var result = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end])
            if name.hasPrefix("!") {
                result += "${\(name.dropFirst())}"
            } else if let value = values[name].flatMap(text) ?? pseudoParameter(name) {
                result += value
            } else {
                return nil
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
