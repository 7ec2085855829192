extension DiagnosticExplanation {
    /// Explanations of diagnostics about pip's options, in requirements files and in `pipCmdExtraArgs`.
    static let pipOptions: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unknownPipOption,
            """
            pip does not have this option, or Furoshiki cannot apply it, because it selects an installation directory or
            changes something else than the installed distributions. Correct or remove the option.
            """,
            example: """
                custom:
                  pythonRequirements:
                    pipCmdExtraArgs: ["--user"]
                """
        ),
        DiagnosticExplanation(
            .invalidPipOption,
            """
            An option of pip is incomplete, has a value that it does not accept, or has an invalid value, such as an
            index address without https://. The message has the reason.
            """,
            example: "--index-url pypi.example.com/simple   # must start with https://"
        ),
        DiagnosticExplanation(
            .misplacedPipOption,
            """
            In a requirements file, '--hash' must follow a requirement on the same line, and all other options must
            have their own line.
            """,
            example: "requests==2.32.3 --pre"
        ),
        DiagnosticExplanation(
            .conflictingTargetOption,
            """
            An option in pipCmdExtraArgs selects another platform or Python version than that of a function. Furoshiki
            selects wheels for the runtime and architecture of each function, so that these options are not needed.
            Remove the option, or change 'runtime' or 'architecture'.
            """,
            example: """
                provider:
                  runtime: python3.12
                custom:
                  pythonRequirements:
                    pipCmdExtraArgs: ["--python-version 3.11"]
                """
        ),
        DiagnosticExplanation(
            .ignoredBuildOption,
            """
            Options for the builds of source distributions, such as --global-option and --config-settings, are accepted
            but not passed to the builds. If a build needs them, build the wheel yourself and require the wheel.
            """,
            example: "--config-settings=--with-ssl"
        ),
    ]
}
