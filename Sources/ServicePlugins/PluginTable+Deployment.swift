extension PluginTable {
    /// The plugins that act while or after a service is deployed or removed.
    static let deployment: [KnownPlugin] = [
        .deployment(
            "serverless-associate-waf",
            "the web ACL is not associated with the API",
            instead: "add an 'AWS::WAFv2::WebACLAssociation' to 'resources'"
        ),
        .deployment(
            "serverless-client-s3",
            "files are not copied to buckets",
            instead: "copy them after the deployment, such as with 'aws s3 sync'",
            commands: ["client"]
        ),
        .deployment(
            "serverless-cloudfront-invalidate",
            "CloudFront distributions are not invalidated",
            commands: ["cloudfrontInvalidate"]
        ),
        .deployment(
            "serverless-cloudformation-changesets",
            "the stack is updated directly, without a change set to review"
        ),
        .deployment(
            "serverless-deployment-bucket",
            "the deployment bucket is not created or configured",
            instead: "create the bucket, or remove 'provider.deploymentBucket' so that the stack creates one"
        ),
        .deployment(
            "serverless-domain-manager",
            "custom domains are not created or connected to the API",
            instead: "create the domain once with Serverless v3, or add it to 'resources'",
            commands: ["create_domain", "delete_domain"]
        ),
        .deployment("serverless-export-outputs", "the file with the outputs of the stack is not written"),
        .deployment("serverless-exports-plugin", "the file with the outputs of the stack is not written"),
        .deployment(
            "serverless-finch",
            "files are not copied to buckets",
            instead: "copy them after the deployment, such as with 'aws s3 sync'",
            commands: ["client"]
        ),
        .deployment(
            "serverless-localstack",
            "AWS is contacted instead of LocalStack",
            instead: "set AWS_ENDPOINT_URL to the address of LocalStack"
        ),
        .deployment("serverless-manifest-plugin", "the manifest of the stack is not written", commands: ["manifest"]),
        .deployment("serverless-lambda-prune-plugin", "old versions of functions are not removed", commands: ["prune"]),
        .deployment(
            "serverless-plugin-create-deployment-bucket",
            "the deployment bucket is not created",
            instead: "create the bucket, or remove 'provider.deploymentBucket' so that the stack creates one"
        ),
        .deployment(
            "serverless-plugin-existing-s3",
            "events of existing buckets are not connected",
            instead: "set 'existing: true' on 's3' events",
            commands: ["s3deploy", "s3remove"]
        ),
        .deployment(
            "serverless-plugin-s3-remover",
            "buckets are not emptied before they are removed",
            commands: ["s3remove"]
        ),
        .deployment("serverless-resources-env", "functions do not get the ids of resources"),
        .deployment(
            "serverless-plugin-vpc-eni-cleanup",
            "network interfaces are not cleaned up when the stack is removed"
        ),
        .deployment("serverless-prune-plugin", "old versions of functions are not removed", commands: ["prune"]),
        .deployment("serverless-prune-versions", "old versions of functions are not removed"),
        .deployment("serverless-s3-block-public-access", "public access to the deployment bucket is not blocked"),
        .deployment("serverless-s3-cleaner", "buckets are not emptied before they are removed", commands: ["s3-clean"]),
        .deployment(
            "serverless-s3-deploy",
            "files are not copied to buckets",
            instead: "copy them after the deployment, such as with 'aws s3 sync'",
            commands: ["s3deploy"]
        ),
        .deployment("serverless-s3-remover", "buckets are not emptied before they are removed", commands: ["s3remove"]),
        .deployment(
            "serverless-s3-sync",
            "files are not copied to buckets",
            instead: "copy them after the deployment, such as with 'aws s3 sync'",
            commands: ["s3sync"]
        ),
        .deployment("serverless-stack-output", "the file with the outputs of the stack is not written"),
        .deployment(
            "serverless-stack-termination-protection",
            "the stack is not protected from termination",
            instead: "run 'aws cloudformation update-termination-protection' once"
        ),
        .deployment(
            "serverless-sync-s3",
            "files are not copied to buckets",
            instead: "copy them after the deployment, such as with 'aws s3 sync'"
        ),
        .deployment("serverless-ssm-publish", "values are not written to SSM parameters"),
        .deployment(
            "serverless-tag-api-gateway",
            "tags are not added to the API",
            instead: "set 'provider.tags' and 'provider.stackTags'"
        ),
        .deployment(
            "serverless-tag-cloud-watch-logs",
            "tags are not added to log groups",
            instead: "set 'provider.stackTags'"
        ),
        .deployment("serverless-version-tracker", "deployed versions are not recorded"),
    ]
}
