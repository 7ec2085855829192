extension DiagnosticExplanation {
    /// The explanations of the codes of changes that a deployment makes, and of what can be known of them before.
    static let deploymentChanges: [DiagnosticExplanation] = changeExplanations + setupExplanations

    private static let changeExplanations: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .changeRefused,
            """
            The deployment was started with `--refuse`, and would replace or delete resources of the stack. A replaced resource is
            created again under another identifier, and the old one is deleted with its data. Nothing was changed or uploaded.

            Correct the property that causes it, or deploy without `--refuse` if the change is intended. Versions of functions and
            layers, and deployments of APIs, are not refused: each deployment makes new ones.
            """,
            example: "furoshiki deploy --refuse replace,delete"
        ),
        DiagnosticExplanation(
            .deploymentNotConfirmed,
            """
            The deployment was started with `--confirm`, and would replace or delete resources of the stack. The question whether to
            continue was not answered with `yes`. Nothing was changed or uploaded.

            Correct the configuration, or start the deployment again.
            """,
            example: "furoshiki deploy --confirm"
        ),
        DiagnosticExplanation(
            .confirmationNeedsTerminal,
            """
            With `--confirm`, the deployment asks a question on the terminal if something would be replaced or deleted. There is no
            terminal to ask on, such as in CI.

            Use `--refuse replace,delete` there, which fails instead.
            """,
            example: "furoshiki deploy --confirm < /dev/null"
        ),
        DiagnosticExplanation(
            .changesNotComputed,
            """
            CloudFormation could not be asked for the changes, so the template is compared with the deployed one. This does not know
            the values of parameters and of other resources, and knows for common types only which properties replace a resource.

            Allow the action that the message names to get exact changes.
            """,
            example: "warning: … not allowed to call 'cloudformation:CreateChangeSet'"
        ),
        DiagnosticExplanation(
            .artifactNotCompared,
            """
            Which files of an artifact have changed is read from the list of files at the end of the deployed artifact. It could not
            be read, or is not a zip file. Only that the artifact has changed is known.

            Allow `s3:GetObject` for the deployment bucket.
            """,
            example: "warning: cannot read which files of 'orders.zip' are deployed"
        ),
        DiagnosticExplanation(
            .unreadableTemplate,
            """
            `diff --template` compares with a CloudFormation template in JSON, with the output of
            `aws cloudformation get-template`, or with the template in the directory of a package. The file is none of these.

            Use the path of a template with resources.
            """,
            example: "furoshiki diff --template deployed.json"
        ),
    ]

    private static let setupExplanations: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .versionsNotRemoved,
            """
            With `provider.pruneFunctionVersions`, old versions of functions and layers are removed after a deployment. Some could not
            be removed: Lambda@Edge versions stay until CloudFront has removed its copies, or the action is not allowed. The service is
            deployed.

            Allow `lambda:DeleteFunction` and `lambda:DeleteLayerVersion`; the next deployment tries again.
            """,
            example: "provider: { pruneFunctionVersions: { number: 3 } }"
        ),
        DiagnosticExplanation(
            .repositoryNotRemoved,
            """
            The images of the service are in a repository that is not a part of its stack. The stack was removed, but the
            repository could not be.

            Remove the repository with the command in the help.
            """,
            example: "aws ecr delete-repository --force --repository-name serverless-orders-dev"
        ),
        DiagnosticExplanation(
            .accelerationNotAvailable,
            """
            `--aws-s3-accelerate` turns on S3 Transfer Acceleration for the bucket that the stack creates. It does not change an
            existing bucket, and some regions do not have it.

            Deploy without the option.
            """,
            example: "furoshiki deploy --aws-s3-accelerate --region cn-north-1"
        ),
        DiagnosticExplanation(
            .setupProblems,
            """
            `furoshiki doctor` found something that does not work: credentials that AWS rejects, a configuration with errors, or a
            program that is required and missing. Its table has a line with the reason and the remedy for each.

            Follow the lines with the status `error`.
            """,
            example: "furoshiki doctor"
        ),
        DiagnosticExplanation(
            .policyIncomplete,
            """
            `furoshiki doctor --policy` knows which actions CloudFormation needs for the types of resources that services usually
            have. The template has resources of other types, so their actions are missing from the policy.

            Add the actions that the documentation of the type names.
            """,
            example: "resources: { Resources: { Cluster: { Type: 'AWS::MSK::Cluster' } } }"
        ),
    ]
}
