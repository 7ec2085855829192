import ConfigurationValues
package import Diagnostics
import OrderedJSON
import ServerlessConfig

/// Compiles a service into its CloudFormation templates, in phases that follow the lifecycle of Serverless v3.
package enum TemplateCompiler {
    /// A part of the compilation that adds resources; each builds on those before it.
    package enum Phase: Hashable, Sendable, CaseIterable {
        /// The bucket for the artifacts, with which the first deployment starts.
        case deploymentBucket
        /// Log groups and the role that the functions share.
        case executionRole
        /// The layers of the service, and those made of requirements.
        case layers
        /// The functions with their versions, aliases and URLs.
        case functions
        /// What invokes the functions.
        case events

        /// The resource families of the phase in the order in which they add to the template.
        ///
        /// The order is that of Serverless v3, as the statements of the execution role show it.
        var families: [any ResourceFamily.Type] {
            switch self {
            case .deploymentBucket: [DeploymentBucket.self]
            case .executionRole: [LogGroups.self, ExecutionRole.self]
            case .layers: [Layers.self]
            case .functions: [Functions.self]
            case .events:
                [
                    ScheduleEvents.self, S3Events.self, ExistingBucketEvents.self,
                    RestEvents.self, WebSocketEvents.self, SNSEvents.self, StreamEvents.self, KafkaEvents.self,
                    ActiveMQEvents.self, RabbitMQEvents.self, MSKEvents.self, ALBEvents.self,
                    AlexaSkillEvents.self, AlexaSmartHomeEvents.self, IoTEvents.self, IoTFleetProvisioningEvents.self,
                    CloudWatchEvents.self, CloudWatchLogEvents.self, CognitoUserPoolEvents.self,
                    ExistingUserPoolEvents.self, EventBridgeEvents.self, SQSEvents.self, CloudFrontEvents.self,
                    HttpApiEvents.self,
                ]
            }
        }
    }

    /// The finished templates of a service.
    package struct Templates: Sendable {
        /// The template with which the first deployment starts: the deployment bucket alone.
        ///
        /// It is `nil` if the service names an existing bucket.
        package let create: TemplateValue?
        /// The template of the whole stack.
        package let update: TemplateValue
        /// Warnings about what was compiled.
        package let warnings: [Diagnostic]
        /// The part of the configuration that makes each resource of the stack, by logical ID.
        package let origins: [String: ResourceOrigin]
    }

    /// Adds the resources of one phase.
    ///
    /// - Throws: ``DiagnosticError`` for settings that CloudFormation or Lambda cannot fulfil.
    package static func compile(
        _ phase: Phase,
        of context: CompileContext,
        into template: inout Template
    ) throws(DiagnosticError) {
        for family in phase.families {
            template.begin(context.firstEvent(of: family.sources) ?? .provider(of: context.service))
            try family.compile(context, into: &template)
        }
        template.begin(nil)
    }

    /// The template with which the first deployment starts, made of what the phase ``Phase/deploymentBucket`` added;
    /// `nil` if the service names an existing bucket.
    package static func createTemplate(from template: Template, of context: CompileContext) -> TemplateValue? {
        context.deploymentBucketName == nil ? template.document : nil
    }

    /// Completes a compiled template with the S3 keys and hashes of the artifacts.
    package static func place(
        _ artifacts: ArtifactReferences,
        of context: CompileContext,
        in template: inout Template
    ) {
        ArtifactPlacement.place(artifacts, context, in: &template)
    }

    /// Exports the outputs under names made of stack and output, so that other services can import them.
    package static func nameExports(of context: CompileContext, in template: inout Template) {
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

    /// Reports errors in the service's own `resources`, which are merged when the artifacts are known.
    ///
    /// - Throws: ``DiagnosticError`` for what cannot be merged into the template.
    package static func checkUserResources(
        of context: CompileContext,
        against template: Template
    ) throws(DiagnosticError) {
        try UserResources.check(context, against: template)
    }

    /// The document of a template with the service's own `resources` merged into it.
    ///
    /// - Throws: ``DiagnosticError`` if `resources` cannot be merged.
    package static func mergingUserResources(
        of context: CompileContext,
        into template: Template
    ) throws(DiagnosticError) -> TemplateValue {
        try UserResources.merge(into: template, context)
    }

    /// The part of the configuration that makes each resource of the stack, by logical ID.
    ///
    /// A resource that `resources` only changes belongs to the event or function that it is made for.
    package static func origins(of context: CompileContext, in template: Template) -> [String: ResourceOrigin] {
        var origins = template.origins
        for (logicalID, node) in context.service.root[path: "resources", "Resources"]?.map ?? [:]
        where origins[logicalID] == nil {
            origins[logicalID] = .userResource(node)
        }
        return origins
    }

    /// A document without `null` in the properties of its resources.
    package static func strippingNulls(from document: TemplateValue) -> TemplateValue {
        NullProperties.stripping(from: document)
    }

    /// The templates of a service whose artifacts are known.
    ///
    /// - Throws: ``DiagnosticError`` for settings that CloudFormation or Lambda cannot fulfil.
    package static func templates(
        of context: CompileContext,
        _ artifacts: ArtifactReferences = ArtifactReferences()
    ) throws(DiagnosticError) -> Templates {
        var template = Template()
        try compile(.deploymentBucket, of: context, into: &template)
        let create = createTemplate(from: template, of: context)
        for phase in Phase.allCases.dropFirst() { try compile(phase, of: context, into: &template) }
        try checkUserResources(of: context, against: template)
        place(artifacts, of: context, in: &template)
        nameExports(of: context, in: &template)
        return Templates(
            create: create,
            update: strippingNulls(from: try mergingUserResources(of: context, into: template)),
            warnings: template.warnings,
            origins: origins(of: context, in: template)
        )
    }
}
