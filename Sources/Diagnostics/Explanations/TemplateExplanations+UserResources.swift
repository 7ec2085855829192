extension DiagnosticExplanation {
    /// Explanations of diagnostics about the section `resources`.
    static let userResources: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .invalidResources,
            """
            The section `resources` holds parts of a CloudFormation template, which are merged into that of the service.
            It must be a mapping with sections such as `Resources` and `Outputs`, or a list of such mappings, for
            example one from each of several files.
            """,
            example: """
                resources: queues.yml
                """
        ),
        DiagnosticExplanation(
            .emptyResource,
            """
            A resource below `resources.Resources` has no content. Often the lines after it are not indented deeper
            than its logical ID.
            """,
            example: """
                resources:
                  Resources:
                    Queue:
                    Type: AWS::SQS::Queue
                """
        ),
        DiagnosticExplanation(
            .unknownExtendedResource,
            """
            `resources.extensions` changes resources that Furoshiki makes from functions and events, or that are below
            `resources.Resources`, by their logical IDs. The stack has no resource with this logical ID. The file
            `cloudformation-template-update-stack.json` of a package shows all logical IDs.
            """,
            example: """
                resources:
                  extensions:
                    OrdersLambdaFuntion:
                      Properties: { Description: Takes orders }
                """
        ),
        DiagnosticExplanation(
            .unsupportedExtension,
            """
            `resources.extensions` can change some attributes of a resource: `Properties`, `Metadata`, `DependsOn`,
            `Condition`, `CreationPolicy`, `DeletionPolicy`, `UpdatePolicy` and `UpdateReplacePolicy`. The type of a
            resource, for example, cannot be changed.
            """,
            example: """
                resources:
                  extensions:
                    OrdersLambdaFunction:
                      Type: AWS::Serverless::Function
                """
        ),
    ]
}
