import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `alb` events: target groups and listener rules of application load balancers.
enum ALBEvents: ResourceFamily {
    static let sources: Set<String> = ["alb"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var targets: [ALBTarget] = []
        for (function, event) in context.events("alb") where event.node.map != nil {
            targets.append(try ALBTarget(event, of: function, context))
        }
        try checkPriorities(targets)
        for target in targets {
            template.begin(.event(target.event, of: target.function))
            template.resources[target.groupID] = target.group(context)
            template.resources["\(target.function.normalizedName)AlbListenerRule\(target.priority)"] = target.rule
        }
        for target in targets {
            let function = target.function
            template.begin(.event(target.event, of: function))
            template.merge(
                "\(function.normalizedName)LambdaPermissionAlb",
                permission(function, ["SourceArn": .ref(target.groupID)])
            )
            template.merge("\(function.normalizedName)LambdaPermissionRegisterTarget", permission(function, [:]))
        }
    }

    private static func permission(
        _ function: CompiledFunction,
        _ properties: KeyValuePairs<String, TemplateValue?>
    ) -> TemplateValue {
        var permission = function.permission(for: "elasticloadbalancing.amazonaws.com", properties)
        permission["DependsOn"] = function.aliasDependency.map { [$0] }
        return permission
    }

    /// Checks that a priority is used only once for each listener, and once for each function.
    private static func checkPriorities(_ targets: [ALBTarget]) throws(DiagnosticError) {
        for (index, target) in targets.enumerated() {
            for other in targets[..<index] where other.priority == target.priority {
                let isSameFunction = other.function.key == target.function.key
                let isSameListener = other.listener == target.listener
                guard isSameFunction != isSameListener else { continue }
                throw DiagnosticError(
                    .duplicatePriority,
                    "the priority \(target.priority) of \(target.event.label(of: target.function)) is already used",
                    at: target.event["priority"]?.place,
                    notes: [
                        isSameFunction
                            ? "the names of rules are made of function and priority"
                            : "\(other.function.label) uses it for the same listener"
                    ],
                    help: ["use a different priority for each rule"]
                )
            }
        }
    }
}
