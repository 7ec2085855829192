import ConfigurationValues
import Diagnostics
import HostSystem

/// The checks of the plugins that a service lists.
enum Plugins {
    /// The plugin that is part of this program.
    static let builtIn = "serverless-python-requirements"

    /// The consequence of a plugin that is not run.
    private enum Loss {
        /// Only its commands are missing; package, template and deployment are the same.
        case commands(String)
        /// The configuration, the package, the template or the deployment is different.
        case effect(String)
    }

    /// The consequences of plugins that many services use.
    private static let known: [String: Loss] = [
        "serverless-offline": .commands("the 'offline' commands are not available"),
        "serverless-offline-sns": .commands("the 'offline-sns' commands are not available"),
        "serverless-offline-sqs": .commands("emulated queues of 'offline' are not available"),
        "serverless-offline-ses-v2": .commands("emulated mail of 'offline' is not available"),
        "serverless-offline-scheduler": .commands("the 'schedule' command is not available"),
        "serverless-offline-kinesis": .commands("emulated streams of 'offline' are not available"),
        "serverless-offline-lambda": .commands("emulated calls of 'offline' are not available"),
        "serverless-offline-ssm": .commands("emulated parameters of 'offline' are not available"),
        "serverless-offline-watcher": .commands("the watcher of 'offline' is not available"),
        "serverless-offline-dynamodb-streams": .commands("emulated streams of 'offline' are not available"),
        "serverless-dynamodb": .commands("the 'dynamodb' commands are not available"),
        "serverless-dynamodb-local": .commands("the 'dynamodb' commands are not available"),
        "serverless-s3-local": .commands("the 's3' commands are not available"),
        "serverless-appsync-simulator": .commands("the 'appsync-offline' commands are not available"),
        "serverless-mocha-plugin": .commands("the 'create test' and 'invoke test' commands are not available"),
        "serverless-jest-plugin": .commands("the 'create test' and 'invoke test' commands are not available"),
        "serverless-localstack": .commands("the redirection of calls to LocalStack is not available"),
        "serverless-export-env": .commands("the 'export-env' command is not available"),
        "serverless-stack-output": .effect("the file with the outputs of the stack is not written"),
        "serverless-prune-plugin": .effect("old versions of functions are not removed"),
        "serverless-domain-manager": .effect("custom domains are not created or connected"),
        "serverless-bundle": .effect("JavaScript is packaged as it is, not bundled"),
        "serverless-esbuild": .effect("JavaScript and TypeScript are packaged as they are, not bundled"),
        "serverless-webpack": .effect("JavaScript and TypeScript are packaged as they are, not bundled"),
        "serverless-plugin-typescript": .effect("TypeScript is packaged as it is, not compiled"),
        "serverless-iam-roles-per-function": .effect("roles of single functions are not created"),
        "serverless-plugin-warmup": .effect("the function that keeps others warm is not created"),
        "serverless-plugin-canary-deployments": .effect("new versions of functions get all traffic at once"),
        "serverless-plugin-split-stacks": .effect("the stack is not split, and may have too many resources"),
        "serverless-plugin-common-excludes": .effect("the package contains files that the plugin excludes"),
        "serverless-plugin-include-dependencies": .effect("the package contains all dependencies"),
        "serverless-plugin-log-retention": .effect("logs are never deleted"),
        "serverless-plugin-tracing": .effect("tracing is enabled only by settings of the configuration itself"),
        "serverless-plugin-resource-tagging": .effect("tags of the plugin are not added"),
        "serverless-plugin-lambda-dead-letter": .effect("dead-letter queues are not connected"),
        "serverless-plugin-aws-alerts": .effect("alarms are not created"),
        "serverless-provisioned-concurrency-autoscaling": .effect("provisioned concurrency does not scale"),
        "serverless-reqvalidator-plugin": .effect("request validators are not created"),
        "serverless-aws-documentation": .effect("the API has no documentation"),
        "serverless-openapi-documentation": .commands("the 'openapi' commands are not available"),
        "serverless-openapi-documenter": .commands("the 'openapi' commands are not available"),
        "serverless-plugin-conditional-functions": .effect("functions with 'enabled: false' are packaged"),
        "serverless-plugin-datadog": .effect("functions are not instrumented"),
        "serverless-plugin-scripts": .effect("the commands in 'custom.scripts' are not run"),
        "serverless-plugin-ifelse": .effect("the conditions in 'custom.serverlessIfElse' are not applied"),
        "serverless-dotenv-plugin": .effect("functions do not get the variables of '.env' (see 'useDotenv')"),
        "serverless-pseudo-parameters": .effect("'#{AWS::…}' is not replaced (write '${AWS::…}' in '!Sub')"),
        "serverless-step-functions": .effect("state machines are not created"),
        "serverless-appsync-plugin": .effect("AppSync APIs are not created"),
        "serverless-s3-sync": .effect("files are not copied to buckets"),
        "serverless-finch": .effect("files are not copied to buckets"),
        "serverless-wsgi": .effect("the handler for WSGI applications is not added"),
        "serverless-apigw-binary": .effect("binary media types are not set"),
        "serverless-api-gateway-throttling": .effect("throttling of methods is not set"),
        "serverless-api-gateway-caching": .effect("caching of methods is not set"),
        "serverless-associate-waf": .effect("the web ACL is not connected"),
        "serverless-aws-alias": .effect("aliases of stages are not created"),
        "serverless-latest-layer-version": .effect("versions of layers are not updated"),
        "serverless-package-python-functions": .effect("functions are packaged as the configuration itself says"),
        "serverless-ssm-fetch": .effect("functions do not get parameters of SSM"),
        "serverless-vpc-plugin": .effect("the VPC is not created"),
        "serverless-lift": .effect("'constructs' are not created"),
    ]

    /// Whether the consequences of a plugin are known.
    static func isKnown(_ plugin: String) -> Bool { known[plugin] != nil }

    /// The diagnostics about plugins: one for each that is not run, and one if the built-in plugin has settings, but
    /// is not listed.
    static func warnings(_ root: ConfigurationValue) -> [Diagnostic] {
        let list = root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []
        var warnings = list.compactMap(warning)
        if let settings = root["custom"]?["pythonRequirements"], !list.contains(where: { $0.string == builtIn }) {
            warnings.append(
                Diagnostic(
                    .warning,
                    .pluginNotListed,
                    "'custom.pythonRequirements' has no effect, because 'plugins' does not list '\(builtIn)'",
                    at: settings.keyPlace ?? settings.place,
                    notes: ["no Python requirements are installed"],
                    help: ["add '\(builtIn)' to 'plugins'"]
                )
            )
        }
        return warnings
    }

    /// The diagnostic for a plugin that is not run, with the consequence.
    private static func warning(_ plugin: ConfigurationValue) -> Diagnostic? {
        guard let name = plugin.string, name != builtIn else { return nil }
        switch known[name] {
        case .commands(let loss):
            return Diagnostic(
                .note,
                .pluginNotRun,
                "the plugin '\(name)' is not run: \(loss)",
                at: plugin.place
            )
        case .effect(let loss):
            return Diagnostic(.warning, .pluginNotRun, "the plugin '\(name)' is not run: \(loss)", at: plugin.place)
        case nil:
            return Diagnostic(
                .warning,
                .pluginNotRun,
                "the plugin '\(name)' is not run: anything that it adds to configuration, package or template is missing",
                at: plugin.place,
                notes: ["the built-in plugin is '\(builtIn)'"]
            )
        }
    }
}
