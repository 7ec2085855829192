extension DiagnosticExplanation {
    /// Explanations of diagnostics about the command line and the program itself.
    static let program: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unknownCommand,
            """
            Furoshiki has no command of this name. The message suggests the nearest command. Run `furoshiki --help` for
            a list of commands.
            """,
            example: "furoshiki pakcage"
        ),
        DiagnosticExplanation(
            .unexpectedArgument,
            """
            The command accepts only one argument, and the command line has more. An argument that contains spaces must
            be quoted.
            """,
            example: "furoshiki explain unknown-runtime hash-mismatch"
        ),
        DiagnosticExplanation(
            .emptyArgument,
            """
            An argument of the command line is an empty string, and it is not the value of an option. This is usually
            caused by a shell variable that is not set. Set the variable, or remove the argument.
            """,
            example: "furoshiki package \"$EXTRA\""
        ),
        DiagnosticExplanation(
            .unknownOption,
            """
            The command does not have this option. The message suggests the nearest option. Run the command with
            `--help` for a list of its options.
            """,
            example: "furoshiki package --verbos"
        ),
        DiagnosticExplanation(
            .missingOption,
            """
            The command requires an option that is not given. Add the option that the message names.
            """,
            example: "furoshiki invoke local --data '{}'"
        ),
        DiagnosticExplanation(
            .missingOptionValue,
            """
            The option requires a value: the next argument, or the part after an equals sign. An argument that starts
            with a dash is the next option, not a value; write such a value after an equals sign.
            """,
            example: "furoshiki package --stage --verbose"
        ),
        DiagnosticExplanation(
            .unexpectedOptionValue,
            """
            The option is a flag, which is on if it is given. It does not accept a value. Remove the value, or write
            `--no-NAME` to switch the flag off.
            """,
            example: "furoshiki package --verbose=true"
        ),
        DiagnosticExplanation(
            .emptyOptionValue,
            """
            An option is given with an empty value, as scripts do with a variable that is not set. Furoshiki ignores the
            option, as if it were not given. Set the variable, or remove the option.
            """,
            example: "furoshiki package --stage=\"$STAGE\""
        ),
        DiagnosticExplanation(
            .repeatedOption,
            """
            An option that accepts one value is given more than once. Give it only once. Options that are marked as
            repeatable in `--help` can be given several times.
            """,
            example: "furoshiki print --region us-east-1 --region eu-west-1"
        ),
        DiagnosticExplanation(
            .omittedCommand,
            """
            Serverless v3 has this command, but Furoshiki deliberately does not, because it belongs to the Serverless
            dashboard or because another program does it better. The message says which.
            """,
            example: "furoshiki login"
        ),
        DiagnosticExplanation(
            .unimplementedCommand,
            """
            Serverless v3 has this command, and this version of Furoshiki does not implement it yet. Use Serverless v3
            for it; both programs can work on the same service.
            """,
            example: "furoshiki logs --function main"
        ),
        DiagnosticExplanation(
            .unknownDiagnosticCode,
            """
            `furoshiki explain` is called with a code that does not exist. Run `furoshiki explain` for a list of codes.
            """,
            example: "furoshiki explain unknown-runtme"
        ),
        DiagnosticExplanation(
            .interrupted,
            """
            A signal interrupted the command, for example because the user pressed Ctrl-C. No partial output was left
            behind, and the command can be run again. The exit status is 130.
            """,
            example: "kill -INT PID"
        ),
        DiagnosticExplanation(
            .outputNotWritten,
            """
            The result of the command could not be written to standard output. The message says why; usually the disk is
            full, or standard output is closed. The work of the command itself was done.
            """,
            example: "furoshiki print >/dev/full"
        ),
        DiagnosticExplanation(
            .unknownFunction,
            """
            The service has no function with this key. Functions are the keys of the mapping `functions` in the
            configuration, not the names that they have in AWS.
            """,
            example: "furoshiki invoke local --function mian"
        ),
        DiagnosticExplanation(
            .unknownDistribution,
            """
            No function uses a distribution of this name. `furoshiki why` knows the distributions that the requirements
            resolve to for each function; names are compared as pip does, without regard to case, `-`, `_` and `.`.
            The name of a distribution can differ from that of its modules: `yaml` is in `pyyaml`.
            """,
            example: "furoshiki why reqeusts"
        ),
        DiagnosticExplanation(
            .functionNotLocal,
            """
            `furoshiki invoke local` runs functions that are written in Python or for Node.js. Container images and other
            runtimes need a container: add `--docker`.
            """,
            example: """
                functions:
                  main:
                    image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:latest
                """
        ),
        DiagnosticExplanation(
            .runtimeHasNoImage,
            """
            `furoshiki invoke local --docker` runs a function in the image that AWS publishes for its runtime. There is no such
            image for this runtime, which Lambda no longer supports.
            """,
            example: """
                functions:
                  main:
                    handler: main
                    runtime: go1.x
                """
        ),
        DiagnosticExplanation(
            .valueNeedsStack,
            """
            An environment variable of the function has a value that CloudFormation computes, such as the ARN of a
            table. Only a deployed stack has this value. Set the variable on the command line with `--env NAME=VALUE`.
            """,
            example: """
                environment:
                  TABLE_ARN: !GetAtt Table.Arn
                """
        ),
        DiagnosticExplanation(
            .interpreterNotStarted,
            """
            `furoshiki invoke local` needs the interpreter of the function's runtime, such as `python3.12` or `node`,
            and cannot start it. Install it in a directory that is on the `PATH`.
            """,
            example: "env PATH=/bin furoshiki invoke local --function main"
        ),
        DiagnosticExplanation(
            .serviceNotReady,
            """
            `furoshiki check` found at least one error, with which the service cannot be packaged. The table shows each
            error with its place and what to do about it.
            """,
            example: "furoshiki check"
        ),
        DiagnosticExplanation(
            .functionFailed,
            """
            The function raised an error, or its interpreter ended with an error. The output of the function, which
            comes before this message, contains the details.
            """,
            example: """
                def main(event, context):
                    raise ValueError("no order")
                """
        ),
    ]
}
