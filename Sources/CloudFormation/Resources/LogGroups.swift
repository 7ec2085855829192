import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The log groups of the functions, except for those with `disableLogs`.
enum LogGroups: ResourceFamily {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let provider = context.service.provider
        for function in context.functions where function.node["disableLogs"]?.isTruthy != true {
            template.begin(.function(function))
            let retention =
                function.node["logRetentionInDays"]?.truthyJSON ?? provider["logRetentionInDays"]?.truthyJSON
            let protection =
                function.node["logDataProtectionPolicy"]?.truthyJSON ?? provider["logDataProtectionPolicy"]?.truthyJSON
            template.merge(
                function.normalizedName + "LogGroup",
                [
                    "Type": "AWS::Logs::LogGroup",
                    "Properties": .object(of: [
                        "LogGroupName": .string("/aws/lambda/\(function.name)"),
                        "RetentionInDays": retention,
                        "DataProtectionPolicy": protection,
                    ]),
                ]
            )
        }
    }
}
