import ConfigurationValues
import OrderedJSON
import ServerlessConfig

/// The URL of a function (`AWS::Lambda::Url`), with permissions for all callers if it requires no signature.
enum FunctionURL {
    /// The request headers that `cors: true` allows.
    private static let defaultHeaders: TemplateValue = [
        "Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token", "X-Amzn-Trace-Id",
    ]

    static func add(_ function: CompiledFunction, into template: inout Template) {
        guard let url = function.node["url"], url.isTruthy else { return }
        let isSigned = url["authorizer"]?.string == "aws_iam"
        let logicalID = function.logicalID + "Url"
        template.resources[logicalID] = .object(of: [
            "Type": "AWS::Lambda::Url",
            "Properties": .object(of: [
                "AuthType": isSigned ? "AWS_IAM" : "NONE",
                "TargetFunctionArn": function.target,
                "Cors": url["cors"].flatMap { $0.isTruthy ? cors($0) : nil },
                "InvokeMode": url["invokeMode"]?.string == "RESPONSE_STREAM" ? "RESPONSE_STREAM" : nil,
            ]),
            "DependsOn": function.aliasDependency,
        ])
        template.outputs[logicalID] = [
            "Description": "Lambda Function URL", "Value": .getAtt(logicalID, "FunctionUrl"),
        ]
        guard !isSigned else { return }
        var permission = function.permission(for: "*", ["FunctionUrlAuthType": "NONE"])
        permission["Properties"]?["Action"] = "lambda:InvokeFunctionUrl"
        template.resources["\(function.normalizedName)LambdaPermissionFnUrl"] = permission
        // Since 2025, anonymous calls also require this permission.
        template.resources["\(function.normalizedName)LambdaPermissionFn"] =
            function.permission(for: "*", ["InvokedViaFunctionUrl": true])
    }

    private static func cors(_ settings: ConfigurationValue) -> TemplateValue {
        /// A list without duplicates; `null` removes the default.
        func list(_ key: String, _ standard: TemplateValue?) -> TemplateValue? {
            guard let setting = settings.map?[key] else { return standard }
            guard let items = setting.list else {
                return setting.isNull ? nil : setting.isTruthy ? [] : standard
            }
            var seen: Set<TemplateValue> = []
            return .array(items.map(\.json).filter { seen.insert($0).inserted })
        }
        return .object(of: [
            "AllowCredentials": settings["allowCredentials"]?.isTruthy == true ? true : nil,
            "AllowHeaders": list("allowedHeaders", defaultHeaders),
            "AllowMethods": list("allowedMethods", ["*"]),
            "AllowOrigins": list("allowedOrigins", ["*"]),
            "ExposeHeaders": list("exposedResponseHeaders", nil),
            "MaxAge": settings["maxAge"]?.json,
        ])
    }
}
