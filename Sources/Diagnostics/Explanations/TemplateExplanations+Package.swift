extension DiagnosticExplanation {
    /// Explanations of diagnostics about the directory with templates, state and zip files.
    static let deploymentPackage: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingDeploymentPackage,
            """
            A package is the directory that `furoshiki package` writes: the CloudFormation templates, the zip files of
            functions and layers, and `serverless-state.json`. The directory that was given lacks one of these files.

            Package the service first, or give the directory with `--package`.
            """,
            example: "furoshiki deploy --package build"
        ),
        DiagnosticExplanation(
            .invalidDeploymentPackage,
            """
            A file of the package is not valid JSON, or lacks what a deployment needs, such as the name of the service.
            The file was changed after the service was packaged, or was written by another program.

            Package the service again.
            """,
            example: "{ \"service\": {} }"
        ),
        DiagnosticExplanation(
            .missingArtifact,
            """
            The template of the package refers to a zip file that is not in the package. Zip files that you made
            yourself (`package.artifact`) may also be at their place in the directory of the service.

            Package the service again, or restore the file.
            """,
            example: "rm .serverless/orders.zip && furoshiki deploy --package .serverless"
        ),
        DiagnosticExplanation(
            .packagePathNotDirectory,
            """
            The package is written to a directory: `.serverless`, or what `--package` or `package.path` names. At that
            path there is something else, such as a file, which Furoshiki does not replace.

            Move the file, or use another directory.
            """,
            example: "touch .serverless && furoshiki package"
        ),
    ]
}
