import ConfigurationValues
import Diagnostics
import HostSystem

/// The plugins that a service names.
enum Plugins {
    /// The plugin whose work is part of this program.
    private static let builtIn = "serverless-python-requirements"

    /// What is missing without a plugin that is not built in.
    private enum Loss {
        /// Only commands of its own: what is packaged and deployed is the same.
        case commands(String)
        /// Something in the configuration, the package, the template or the deployment.
        case effect(String)
    }

    /// The losses without plugins that many services name.
    private static let known: [String: Loss] = [
        "serverless-offline": .commands("'offline' commands"),
        "serverless-offline-sns": .commands("'offline-sns' commands"),
        "serverless-offline-sqs": .commands("emulated queues of 'offline'"),
        "serverless-offline-ses-v2": .commands("emulated mail of 'offline'"),
        "serverless-offline-scheduler": .commands("'schedule' command"),
        "serverless-offline-kinesis": .commands("emulated streams of 'offline'"),
        "serverless-offline-lambda": .commands("emulated calls of 'offline'"),
        "serverless-offline-ssm": .commands("emulated parameters of 'offline'"),
        "serverless-offline-watcher": .commands("watcher of 'offline'"),
        "serverless-offline-dynamodb-streams": .commands("emulated streams of 'offline'"),
        "serverless-dynamodb": .commands("'dynamodb' commands"),
        "serverless-dynamodb-local": .commands("'dynamodb' commands"),
        "serverless-s3-local": .commands("'s3' commands"),
        "serverless-appsync-simulator": .commands("'appsync-offline' commands"),
        "serverless-mocha-plugin": .commands("'create test' and 'invoke test' commands"),
        "serverless-jest-plugin": .commands("'create test' and 'invoke test' commands"),
        "serverless-localstack": .commands("redirection of calls to LocalStack"),
        "serverless-export-env": .commands("'export-env' command"),
        "serverless-stack-output": .effect("the file with the outputs of the stack is not written"),
        "serverless-prune-plugin": .effect("old versions of functions are not removed"),
        "serverless-domain-manager": .effect("custom domains are not created or connected"),
        "serverless-bundle": .effect("JavaScript is packaged as it stands, not bundled"),
        "serverless-esbuild": .effect("JavaScript and TypeScript are packaged as they stand, not bundled"),
        "serverless-webpack": .effect("JavaScript and TypeScript are packaged as they stand, not bundled"),
        "serverless-plugin-typescript": .effect("TypeScript is packaged as it stands, not compiled"),
        "serverless-iam-roles-per-function": .effect("roles of single functions are not created"),
        "serverless-plugin-warmup": .effect("the function that keeps others warm is missing"),
        "serverless-plugin-canary-deployments": .effect("functions change at once, not step by step"),
        "serverless-plugin-split-stacks": .effect("the stack stays one and may have too many resources"),
        "serverless-plugin-common-excludes": .effect("the package holds what the plugin would leave out"),
        "serverless-plugin-include-dependencies": .effect("the package holds all dependencies"),
        "serverless-plugin-log-retention": .effect("log groups keep their logs for ever"),
        "serverless-plugin-tracing": .effect("tracing is set only where the configuration itself says so"),
        "serverless-plugin-resource-tagging": .effect("tags of the plugin are missing"),
        "serverless-plugin-lambda-dead-letter": .effect("dead-letter queues are not connected"),
        "serverless-plugin-aws-alerts": .effect("alarms are not created"),
        "serverless-provisioned-concurrency-autoscaling": .effect("provisioned concurrency does not scale"),
        "serverless-reqvalidator-plugin": .effect("request validators are not created"),
        "serverless-aws-documentation": .effect("the API has no documentation"),
        "serverless-openapi-documentation": .commands("'openapi' commands"),
        "serverless-openapi-documenter": .commands("'openapi' commands"),
        "serverless-plugin-conditional-functions": .effect("functions that 'enabled' switches off are packaged"),
        "serverless-plugin-datadog": .effect("functions are not instrumented"),
        "serverless-plugin-scripts": .effect("the commands in 'custom.scripts' are not run"),
        "serverless-plugin-ifelse": .effect("the conditions in 'custom.serverlessIfElse' are not applied"),
        "serverless-dotenv-plugin": .effect("functions do not get the variables of '.env' (see 'useDotenv')"),
        "serverless-pseudo-parameters": .effect("'#{AWS::…}' is not replaced (write '${AWS::…}' in '!Sub')"),
        "serverless-step-functions": .effect("state machines are not created"),
        "serverless-appsync-plugin": .effect("AppSync APIs are not created"),
        "serverless-s3-sync": .effect("files are not copied to buckets"),
        "serverless-finch": .effect("files are not copied to buckets"),
        "serverless-wsgi": .effect("the handler that the plugin adds for WSGI applications is missing"),
        "serverless-apigw-binary": .effect("binary media types are not set"),
        "serverless-api-gateway-throttling": .effect("throttling of methods is not set"),
        "serverless-api-gateway-caching": .effect("caching of methods is not set"),
        "serverless-associate-waf": .effect("the web ACL is not connected"),
        "serverless-aws-alias": .effect("aliases of stages are not created"),
        "serverless-latest-layer-version": .effect("versions of layers stay as they are written"),
        "serverless-package-python-functions": .effect("functions are packaged as the configuration itself says"),
        "serverless-ssm-fetch": .effect("functions do not get parameters of SSM"),
        "serverless-vpc-plugin": .effect("the VPC is not created"),
        "serverless-lift": .effect("'constructs' are not created"),
    ]

    /// What is to be told of plugins: a warning for each that is missed, with what is lost, and one where the built-in
    /// one has settings but is not named, so that it does nothing.
    static func warnings(_ root: ConfigurationValue) -> [Diagnostic] {
        let list = root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []
        var warnings = list.compactMap(warning)
        if let settings = root["custom"]?["pythonRequirements"], !list.contains(where: { $0.string == builtIn }) {
            warnings.append(
                Diagnostic(
                    .warning,
                    "'custom.pythonRequirements' has no effect: '\(builtIn)' is not among the plugins",
                    at: settings.keyPlace ?? settings.place,
                    help: ["add '\(builtIn)' to 'plugins', or no Python requirements are installed"]
                )
            )
        }
        return warnings
    }

    /// The warning of a plugin that is not built in, with what is lost without it.
    private static func warning(_ plugin: ConfigurationValue) -> Diagnostic? {
        guard let name = plugin.string, name != builtIn else { return nil }
        switch known[name] {
        case .commands(let commands):
            return Diagnostic(
                .note,
                "the plugin '\(name)' is not run: without it there are no \(commands)",
                at: plugin.place
            )
        case .effect(let loss):
            return Diagnostic(.warning, "the plugin '\(name)' is not run: \(loss)", at: plugin.place)
        case nil:
            return Diagnostic(
                .warning,
                "the plugin '\(name)' is not run: what it adds to configuration, package or template is missing",
                at: plugin.place,
                notes: ["built in is '\(builtIn)'"]
            )
        }
    }
}
