extension DiagnosticExplanation {
    /// Explanations of diagnostics about serverless.yml and the files that it refers to.
    static let configuration = configurationFiles + configurationProperties + configurationVariables

    private static let configurationFiles: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingServiceDirectory,
            """
            The directory of the service does not exist. Furoshiki looks for the configuration in the working
            directory, or in the directory that '--service-dir' names. Check the path, which is relative to the
            working directory.
            """,
            example: "furoshiki package --service-dir servces/orders"
        ),
        DiagnosticExplanation(
            .missingConfigurationFile,
            """
            There is no configuration file. A service has one of serverless.yml, serverless.yaml, serverless.json,
            serverless.js, serverless.mjs, serverless.cjs and serverless.ts in its directory. Run the command in that
            directory, or name the file with '--config'.
            """,
            example: "furoshiki package --config serverless.prod.yml"
        ),
        DiagnosticExplanation(
            .unsupportedConfigurationFormat,
            """
            The file that '--config' names has an extension that no supported format has. Configurations are written
            in YAML (.yml, .yaml), JSON (.json), JavaScript (.js, .mjs, .cjs) or TypeScript (.ts).
            """,
            example: "furoshiki package --config serverless.toml"
        ),
        DiagnosticExplanation(
            .configurationOutsideService,
            """
            The file that '--config' names is not in the directory of the service. All paths in a configuration are
            relative to that directory, so that the file must be in it. Change to the directory of the file, use '--
            service-dir', or move the file.
            """,
            example: "furoshiki package --config ../shared/serverless.yml"
        ),
        DiagnosticExplanation(
            .unreadableConfigurationFile,
            """
            A file that the configuration consists of or refers to exists, but cannot be read. The note gives the
            reason of the operating system, most often missing permissions.
            """,
            example: "custom: ${file(secrets.yml)}   # secrets.yml belongs to another user"
        ),
        DiagnosticExplanation(
            .configurationFileTooLarge,
            """
            A file of the configuration has more than 64 MB. Such a file is most often not meant to be read, such as a
            log or an archive.
            """,
            example: "custom: ${file(backup.json)}   # 2 GB"
        ),
        DiagnosticExplanation(
            .moreProblems,
            """
            There are more problems than are shown. Those that are shown come first in the files; solve them, and run
            the command again.
            """,
            example: "functions: {…}   # 16,000 unknown properties"
        ),
        DiagnosticExplanation(
            .emptyFile,
            """
            A variable reads a YAML file that contains no value. Write a value into the file, such as '{}' for no
            properties, or 'null' to have the variable use its fallback.
            """,
            example: "custom: ${file(settings.yml)}   # settings.yml contains only comments"
        ),
        DiagnosticExplanation(
            .invalidYAML,
            """
            The file is not valid YAML, or uses a construct that a configuration cannot contain, such as more than one
            document. The message describes the most likely cause: a quotation mark or bracket that is not closed, a
            missing colon or space, a tab, or an indentation that differs from the lines around it.
            """,
            example:
                """
                provider:
                  name: aws
                   runtime: python3.13
                """
        ),
        DiagnosticExplanation(
            .unknownYAMLTag,
            """
            The file has a tag that is neither one of YAML's own nor the short form of a CloudFormation function.
            Check the spelling; tags are case-sensitive.
            """,
            example: "Resource: !getAtt Table.Arn   # !GetAtt"
        ),
        DiagnosticExplanation(
            .duplicateKey,
            """
            A mapping has the same key twice, so that it is unclear which value counts. Remove one of them, or merge
            the two mappings.
            """,
            example:
                """
                provider:
                  name: aws
                  name: aws
                """
        ),
        DiagnosticExplanation(
            .invalidJSON,
            """
            The file is not valid JSON. The place is where the parser stopped. JSON allows neither comments, nor
            commas after the last item, nor single quotes.
            """,
            example: "{ \"service\": \"orders\", }"
        ),
        DiagnosticExplanation(
            .missingNode,
            """
            The configuration, or a file that it refers to, is written in JavaScript or TypeScript, and 'node' cannot
            be started to run it. Install Node.js so that 'node' is on the PATH. Configurations in YAML and JSON do
            not need it.
            """,
            example: "custom: ${file(settings.js)}"
        ),
        DiagnosticExplanation(
            .scriptFailed,
            """
            JavaScript or TypeScript of the service threw an error, or exported something other than plain data. The
            output below the message is the stack of the error.
            """,
            example: "module.exports = () => { throw new Error('no account'); };"
        ),
        DiagnosticExplanation(
            .scriptProcessEnded,
            """
            The 'node' process that runs the JavaScript of the service ended before it answered, for example because
            the code called 'process.exit'.
            """,
            example: "process.exit(1);"
        ),
        DiagnosticExplanation(
            .invalidOptionValue,
            """
            An option has a value that it does not accept. The message gives the values or the format that it accepts;
            'furoshiki COMMAND --help' lists all options.
            """,
            example: "furoshiki package --param region   # --param region=eu-west-1"
        ),
    ]
}
