import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// Compiles a service into its CloudFormation templates.
package enum TemplateCompiler {
    /// The resource families in the order in which they add to the template.
    ///
    /// It is the order of Serverless v3, as it shows in the statements of the execution role.
    static let families: [any ResourceFamily.Type] = [
        DeploymentBucket.self, LogGroups.self, ExecutionRole.self, Layers.self, Functions.self,
        ScheduleEvents.self, S3Events.self, ExistingBucketEvents.self,
        RestEvents.self, WebSocketEvents.self, SNSEvents.self, StreamEvents.self, KafkaEvents.self,
        ActiveMQEvents.self, RabbitMQEvents.self, MSKEvents.self, ALBEvents.self,
        AlexaSkillEvents.self, AlexaSmartHomeEvents.self, IoTEvents.self, IoTFleetProvisioningEvents.self,
        CloudWatchEvents.self, CloudWatchLogEvents.self, CognitoUserPoolEvents.self, ExistingUserPoolEvents.self,
        EventBridgeEvents.self, SQSEvents.self, CloudFrontEvents.self, HttpApiEvents.self,
    ]

    /// The templates of a service.
    package struct Templates: Sendable {
        /// The template that the first deployment starts with: the deployment bucket alone.
        ///
        /// It is `nil` where the service brings a bucket along.
        package let create: TemplateValue?
        /// The template of the whole stack.
        package let update: TemplateValue
        /// What the service's owner should know of what was compiled.
        package let warnings: [Diagnostic]
    }

    /// The templates of a service.
    ///
    /// - Throws: ``DiagnosticError`` for what the service asks and CloudFormation cannot give.
    package static func templates(of context: CompileContext) throws(DiagnosticError) -> Templates {
        var bucket = Template()
        try DeploymentBucket.compile(context, into: &bucket)
        var template = Template()
        for family in families { try family.compile(context, into: &template) }
        nameExports(of: &template, context)
        return Templates(
            create: context.deploymentBucketName == nil ? bucket.document : nil,
            update: try UserResources.merge(into: template, context),
            warnings: template.warnings
        )
    }

    /// Outputs are exported under a name of stack and output, so that other services can import them.
    private static func nameExports(of template: inout Template, _ context: CompileContext) {
        let prefix = "sls-\(context.service.name)-\(context.service.stage)-"
        template.outputs = OrderedMap(
            template.outputs.map { name, output in
                guard output["Export"] == nil else { return (name, output) }
                var exported = output
                exported["Export"] = ["Name": .string(prefix + name)]
                return (name, exported)
            }
        )
    }
}
