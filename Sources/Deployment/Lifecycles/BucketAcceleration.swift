import AWSClient
import CloudFormation
import ConfigurationValues
import Diagnostics
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// S3 Transfer Acceleration of the deployment bucket (`--aws-s3-accelerate`).
enum BucketAcceleration {
    /// The output that says that the bucket is accelerated.
    static let output = "ServerlessDeploymentBucketAccelerated"

    /// The step that adds the setting to the bucket in the template.
    static func step(_ accelerates: Bool) -> LifecycleStep<PackageState> {
        LifecycleStep(.accelerateBucket) { state in
            let service = state.service
            guard isAvailable(in: service.region) else {
                state.template.warnings.append(unavailable(in: service.region))
                return
            }
            if accelerates, DeploymentNames(of: service).bucket != nil { throw namedBucket(service) }
            guard state.template.resources[Template.deploymentBucketID] != nil else { return }
            let status = accelerates ? "Enabled" : "Suspended"
            state.template.resources[Template.deploymentBucketID]?["Properties"]?["AccelerateConfiguration"] = [
                "AccelerationStatus": .string(status)
            ]
            if accelerates { state.template.outputs[output] = ["Value": true] }
            if let context = state.context, state.createTemplate != nil {
                state.createTemplate = TemplateCompiler.createTemplate(from: state.template, of: context)
            }
        }
    }

    /// Whether a region has accelerated endpoints: the partitions of governments and of China do not.
    private static func isAvailable(in region: String) -> Bool {
        AWSPartition.containing(region: region).identifier == "aws"
    }

    private static func unavailable(in region: String) -> Diagnostic {
        Diagnostic(
            .warning,
            .accelerationNotAvailable,
            "S3 Transfer Acceleration is not available in the region '\(region)'",
            help: ["deploy without '--aws-s3-accelerate'"]
        )
    }

    private static func namedBucket(_ service: Service) -> DiagnosticError {
        let setting = service.provider["deploymentBucket"]
        return DiagnosticError(
            .accelerationNotAvailable,
            "'--aws-s3-accelerate' cannot accelerate the existing bucket that 'provider.deploymentBucket' names",
            at: setting?["name"]?.place ?? setting?.place,
            help: [
                "deploy without '--aws-s3-accelerate'",
                "to upload to a bucket that is accelerated, set 's3 = use_accelerate_endpoint = true' in the AWS profile",
            ]
        )
    }
}

extension DeployState {
    /// The context for uploads, which go through the accelerated endpoint if the bucket has one.
    var uploadContext: DeploymentContext {
        guard options.accelerates == true else { return context }
        // The bucket gets its acceleration with this deployment if the output is missing.
        let isAccelerated = deployed?.stack?.output(BucketAcceleration.output) != nil || context.names.bucket != nil
        guard isAccelerated else { return context }
        return DeploymentContext(
            context.service,
            aws: context.aws.accelerated,
            host: context.host,
            report: context.report
        )
    }
}
