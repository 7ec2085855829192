extension DiagnosticExplanation {
    /// The explanations of the codes of credentials for AWS, and of calls.
    static let aws: [DiagnosticExplanation] = awsCredentials + awsCalls

    private static let awsCredentials = [
        DiagnosticExplanation(
            .missingAWSCredentials,
            """
            A command calls AWS, but there are no credentials in any of the places where the AWS CLI finds them: environment
            variables, the profile in `~/.aws/credentials` and `~/.aws/config`, a container, or the metadata of an EC2 instance.
            The notes list the places. `aws configure` creates a profile with an access key; `aws configure sso` one that
            you log in to.
            """,
            example: "error: there are no credentials for AWS"
        ),
        DiagnosticExplanation(
            .incompleteAWSCredentials,
            """
            A place has one half of an access key: its ID or its secret. Furoshiki does not look further, because it would
            then use credentials that you may not expect. Add the other half, or remove both.
            """,
            example: "error: AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"
        ),
        DiagnosticExplanation(
            .unknownAWSProfile,
            """
            The profile of `--aws-profile`, `provider.profile`, `AWS_PROFILE` or `source_profile` is in neither
            `~/.aws/config` nor `~/.aws/credentials`. In the first file, its section is `[profile NAME]`; in the second,
            it is `[NAME]`. `aws configure list-profiles` lists the profiles.
            """,
            example: "error: the AWS profile 'staging' does not exist"
        ),
        DiagnosticExplanation(
            .invalidAWSProfile,
            """
            A profile has settings that contradict each other or lack a part: `role_arn` needs `source_profile` or
            `credential_source`, but not both; a profile for a login needs its account, its role, and its session or start
            URL; profiles cannot take their credentials from each other in a circle.
            """,
            example:
                "error: the AWS profile 'admin' has 'role_arn', but neither 'source_profile' nor 'credential_source'"
        ),
        DiagnosticExplanation(
            .invalidAWSConfiguration,
            """
            A line of `~/.aws/config` or `~/.aws/credentials` is not a section, a setting or a comment, or a setting has
            a value of the wrong form, such as an endpoint that is not a URL. The AWS CLI refuses such a file too.
            """,
            example: "error: cannot read '/home/me/.aws/config': a setting without '='"
        ),
        DiagnosticExplanation(
            .awsLoginRequired,
            """
            The profile takes its credentials from a login, which has not happened yet or has expired. Run the command in
            the help, which opens a browser, and then try again. On a machine without a browser, use a role instead.
            """,
            example: "error: the login of the AWS profile 'dev' has expired"
        ),
        DiagnosticExplanation(
            .awsCredentialsFailed,
            """
            A source of credentials is configured, but it failed: the program of `credential_process`, a role that cannot
            be assumed, a token file that cannot be read, or the service of a container or instance. The message has the
            reason. Other sources are not tried, because they would have other rights.
            """,
            example: "error: cannot get credentials from 'credential_process' of the AWS profile 'vault': exit status 1"
        ),
        DiagnosticExplanation(
            .expiredAWSCredentials,
            """
            Temporary credentials have expired. Those of a login or a role are renewed by Furoshiki itself; those in
            environment variables or in a file have to be replaced.
            """,
            example:
                "error: cannot call 'sts:GetCallerIdentity' in 'us-east-1': The security token included in the request is expired"
        ),
        DiagnosticExplanation(
            .rejectedAWSCredentials,
            """
            AWS does not know the access key: it was deleted or disabled, belongs to another partition (such as China), or
            is temporary and came without its session token.
            """,
            example:
                "error: cannot call 'sts:GetCallerIdentity' in 'us-east-1': The security token included in the request is invalid"
        ),
    ]

    private static let awsCalls = [
        DiagnosticExplanation(
            .awsAccessDenied,
            """
            The credentials are valid, but no policy allows this action, or one forbids it. The help names the action.
            If the account in the message is not the one that you expect, the profile is wrong.
            """,
            example:
                "error: cannot call 'cloudformation:DescribeStacks' in 'us-east-1': User: arn:aws:iam::123456789012:user/ci is not authorized to perform: cloudformation:DescribeStacks"
        ),
        DiagnosticExplanation(
            .awsSignatureMismatch,
            """
            AWS calculated another signature of the request: the secret access key is wrong, or the clock of this machine
            differs from the time of AWS by more than five minutes. Furoshiki corrects a wrong clock by itself if the
            response has the right time; a note names the difference.
            """,
            example:
                "error: cannot call 's3:ListObjectsV2' in 'us-east-1': The request signature we calculated does not match the signature you provided"
        ),
        DiagnosticExplanation(
            .awsThrottled,
            """
            AWS refused a call because the account makes too many of them. Furoshiki has tried it several times with
            growing pauses. `AWS_MAX_ATTEMPTS` allows more attempts.
            """,
            example:
                "error: cannot call 'cloudformation:DescribeStackEvents' in 'us-east-1': Rate exceeded (Throttling)"
        ),
        DiagnosticExplanation(
            .awsUnreachable,
            """
            A service of AWS cannot be reached, or the connection ended early, also after several attempts. The note has the
            address. Check the network, the proxy, and whether the region exists.
            """,
            example: "error: cannot call 'sts:GetCallerIdentity' in 'us-esat-1': could not resolve hostname"
        ),
        DiagnosticExplanation(
            .invalidAWSResponse,
            """
            A response is not what the service promises, for example a page of a proxy or of a captive portal instead of
            XML. Check the endpoint (`AWS_ENDPOINT_URL`) and the proxy.
            """,
            example:
                "error: cannot call 'cloudformation:DescribeStacks' in 'us-east-1': the response is not XML: unexpected character at byte 0"
        ),
        DiagnosticExplanation(
            .awsCallFailed,
            """
            A service of AWS refused a call. The message has its reason and the name of the error; AWS Support asks for the
            ID of the request in the note.
            """,
            example:
                "error: cannot call 'cloudformation:CreateStack' in 'us-east-1': Stack [demo-dev] already exists (AlreadyExistsException)"
        ),
    ]
}
