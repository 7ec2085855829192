extension DiagnosticExplanation {
    /// The explanations of the codes of deployments.
    static let deployment: [DiagnosticExplanation] =
        stackExplanations + bucketExplanations + deployedFunctionExplanations

    private static let stackExplanations: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingStack,
            """
            The command needs the deployed service, but the account has no stack of its name in the region. The name of the stack is
            `provider.stackName`, or the name of the service and the stage.

            Deploy the service first, or use the stage, region and profile that it is deployed with.
            """,
            example: "furoshiki info --stage prod"
        ),
        DiagnosticExplanation(
            .stackBusy,
            """
            CloudFormation works on the stack: another deployment is running, from this machine or from elsewhere. A stack has one
            operation at a time.

            Wait until it ends, or use `--wait`, which waits and deploys then.
            """,
            example: "furoshiki deploy --wait"
        ),
        DiagnosticExplanation(
            .stackNotUpdatable,
            """
            A stack that an operation left in this state cannot be updated. A stack in `ROLLBACK_COMPLETE` was never created
            completely: it can only be removed. One in `UPDATE_ROLLBACK_FAILED` is between two states until its rollback continues.

            Do what the help says, and deploy again.
            """,
            example: "Stack orders-dev is in ROLLBACK_COMPLETE state and can not be updated."
        ),
        DiagnosticExplanation(
            .stackProtected,
            """
            Termination protection is enabled for the stack, so CloudFormation does not delete it.

            Disable the protection if the service is really to be removed.
            """,
            example: "furoshiki remove --stage prod"
        ),
        DiagnosticExplanation(
            .stackOperationFailed,
            """
            CloudFormation could not create, update or delete the stack. The message has the first resource that failed and the
            reason that its service gave; the place is the part of the configuration that made the resource. Resources that were
            cancelled because of it are omitted. The notes say what state the stack is in now.

            Correct the cause and deploy again.
            """,
            example: "CREATE_FAILED: OrdersTable (AWS::DynamoDB::Table): Table already exists: orders"
        ),
        DiagnosticExplanation(
            .changeSetFailed,
            """
            Before it changes a stack, CloudFormation computes the changes in a change set. It could not, for the reason in the
            message, and nothing was changed.

            Correct the cause, which often is a property or a reference in `resources`, and deploy again.
            """,
            example: "Template error: instance of Fn::GetAtt references undefined resource Orders"
        ),
        DiagnosticExplanation(
            .templateRefused,
            """
            CloudFormation checked the template and refused it. Nothing was changed. The cause is usually in `resources`, where
            sections of the template are written by hand.

            Correct the configuration and deploy again.
            """,
            example: "resources: { Resources: { Orders: { Properties: {} } } }"
        ),
    ]

    private static let bucketExplanations: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingDeploymentBucket,
            """
            The bucket for artifacts does not exist. Furoshiki does not create a bucket that `provider.deploymentBucket` names, as
            others may use it; a bucket that the stack creates is missing if it was deleted by hand.

            Create the bucket, or correct its name.
            """,
            example: "provider: { deploymentBucket: artifacts-of-nobody }"
        ),
        DiagnosticExplanation(
            .deploymentBucketElsewhere,
            """
            Lambda gets the code of functions from a bucket in the region of the functions. The bucket of
            `provider.deploymentBucket` is in another one.

            Use a bucket in the region of the service, or deploy to the region of the bucket.
            """,
            example: "furoshiki deploy --region eu-west-1"
        ),
        DiagnosticExplanation(
            .bucketNotEmptied,
            """
            An object in the deployment bucket could not be deleted. A stack whose bucket still has objects cannot be removed.

            Check the permissions, the policy of the bucket, and locks of objects, and try again.
            """,
            example: "cannot delete 'serverless/orders/dev/…/orders.zip' in the bucket 'artifacts': Access Denied"
        ),
        DiagnosticExplanation(
            .deployedStateUnknown,
            """
            To find out whether anything has changed, Furoshiki compares the service with the template of the stack and with the
            code of its functions. The policy of the user or role forbids one of these calls. The service is deployed nevertheless,
            even if nothing has changed.

            Allow the action to skip deployments without changes.
            """,
            example: "warning: not allowed to call 'lambda:GetFunction'"
        ),
        DiagnosticExplanation(
            .resourcesRemoved,
            """
            The deployed stack has resources that the new template lacks, so CloudFormation deletes them. Those that hold data are
            listed first. Resources of plugins that Furoshiki does not run (`withoutPlugins`) are among them if Serverless deployed
            the stack before.

            Set `DeletionPolicy: Retain` before the deployment for what is to stay, or add it to `resources`.
            """,
            example: "warning: the deployment removes a resource from the stack"
        ),
        DiagnosticExplanation(
            .packageOfOtherTarget,
            """
            A package is made for one service, stage and region, whose names are in its template. The options or the configuration of
            this deployment select another one.

            Package the service again, or deploy with the options that it was packaged with.
            """,
            example: "furoshiki package --stage dev && furoshiki deploy --stage prod --package .serverless"
        ),
        DiagnosticExplanation(
            .unknownDeployment,
            """
            A rollback returns to a deployment that is kept in the bucket. There is none of the given time, or it is incomplete. Old
            deployments are removed: `provider.deploymentBucket.maxPreviousDeploymentArtifacts` says how many are kept.

            Choose one of `furoshiki deploy list`.
            """,
            example: "furoshiki rollback --timestamp 1600000000000"
        ),
    ]

    private static let deployedFunctionExplanations: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .functionNotDeployed,
            """
            The function is in the configuration, but not in AWS. Single functions can be deployed after the whole service.

            Deploy the service.
            """,
            example: "furoshiki deploy function -f new"
        ),
        DiagnosticExplanation(
            .unknownFunctionVersion,
            """
            The function has no version of this number. A version may have been deleted.

            Choose one of `furoshiki deploy list functions`.
            """,
            example: "furoshiki rollback function -f hello --function-version 12"
        ),
        DiagnosticExplanation(
            .functionUpdateFailed,
            """
            Lambda accepted the new code or configuration of a function, but could not put it into effect, for the reason in the
            message.

            Correct the cause and deploy the function again.
            """,
            example: "Lambda cannot update function 'hello': The image cannot be found"
        ),
        DiagnosticExplanation(
            .packageTypeChanged,
            """
            The function is deployed as a container image and is now a zip file, or the reverse. Lambda cannot change this for an
            existing function. `furoshiki deploy` lets CloudFormation replace the function.
            """,
            example: "furoshiki deploy function --function hello   # after 'handler' was replaced by 'image'"
        ),
        DiagnosticExplanation(
            .missingLogs,
            """
            The log group of the function does not exist or is empty: the function is not deployed in this stage and region, does not
            write logs, or was never invoked.

            Deploy and invoke the function first.
            """,
            example: "furoshiki logs -f hello"
        ),
        DiagnosticExplanation(
            .invocationFailed,
            """
            Lambda ran the function, and the function raised an error, or ended too early. The result on standard output
            has the type and the text of the error; `--log` shows the end of the log as well.

            Correct the function and deploy it.
            """,
            example: "furoshiki invoke -f hello --log"
        ),
        DiagnosticExplanation(
            .edgeFunctionsRemain,
            """
            CloudFront keeps copies of Lambda@Edge functions for some hours after a distribution is gone. Until then, Lambda does not
            delete the functions, so they stay after the service is removed.

            Delete them later.
            """,
            example: "aws lambda delete-function --function-name orders-prod-auth"
        ),
    ]
}
