extension DiagnosticExplanation {
    /// Explanations of diagnostics about variables, and about what `print` shows.
    static let configurationVariables: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .invalidVariableSyntax,
            """
            The syntax of a variable is wrong. A variable is '${source:address}' or '${source(parameters):address}',
            with fallbacks after commas; a fallback is another source, a quoted string, a number, true, false or null.
            Write '\\${' for a literal '${'.
            """,
            example:
                """
                custom:
                  name: ${env:NAME, unquoted text}
                """
        ),
        DiagnosticExplanation(
            .unknownVariableSource,
            """
            A variable names a source that does not exist. The sources are env, file, opt, param, self, sls,
            strToBool, and, from AWS, aws, cf, s3 and ssm. Plugins add others, such as construct of serverless-lift;
            plugins are not run, so variables of these sources have no value.
            """,
            example:
                """
                custom:
                  name: ${environment:NAME}   # env
                """
        ),
        DiagnosticExplanation(
            .unresolvedVariable,
            """
            None of the sources of a variable has a value. The notes say why for each source. Provide the value, or
            add a fallback after a comma.
            """,
            example:
                """
                custom:
                  name: ${env:NAME, 'default'}
                """
        ),
        DiagnosticExplanation(
            .dottedVariable,
            """
            A '${…}' starts with the name of a source and a dot, such as '${self.service}'. A source ends with a colon,
            so this is not a variable, and stays in the value as it is. It is an error if the variable with the colon
            has a value, and a warning otherwise. Write '\\${' in front of a string that is meant for another program.
            """,
            example: "name: ${self.service}-table   # ${self:service}"
        ),
        DiagnosticExplanation(
            .variableValueTooLarge,
            """
            The variables of the configuration produce more values, or more text, than any service needs. Most often,
            values contain each other several times, so that their size doubles with each step.
            """,
            example:
                """
                custom:
                  b: [${self:custom.a}, ${self:custom.a}]
                  c: [${self:custom.b}, ${self:custom.b}]   # and so on
                """
        ),
        DiagnosticExplanation(
            .variableNeedsAWS,
            """
            The value of the variable is in AWS (an SSM parameter, a stack output, an S3 object or the account), and
            the command does not contact AWS. Provide the value through an environment variable or a parameter.
            """,
            example:
                """
                custom:
                  key: ${ssm:/orders/key}
                """
        ),
        DiagnosticExplanation(
            .remoteVariableFailed,
            """
            AWS refused to return the value of a variable, for example because access is denied. A fallback is used
            only if the value does not exist, not after an error.
            """,
            example:
                """
                custom:
                  key: ${ssm:/orders/key}
                """
        ),
        DiagnosticExplanation(
            .variableCycle,
            """
            Properties refer to each other in a cycle, so that none of them has a value. The message shows the cycle,
            and the notes show where its members are.
            """,
            example:
                """
                custom:
                  a: ${self:custom.b}
                  b: ${self:custom.a}
                """
        ),
        DiagnosticExplanation(
            .variableNestingTooDeep,
            """
            The value of a variable contains variables whose values contain variables, and so on, beyond the limit; or
            the value is nested too deeply. Most often, a file or an environment variable refers to itself.
            """,
            example: "custom: ${file(a.yml)}   # a.yml contains 'x: ${file(a.yml)}'"
        ),
        DiagnosticExplanation(
            .invalidVariableArgument,
            """
            A variable lacks an argument, or has one that its source does not accept. The help shows the correct form.
            """,
            example:
                """
                custom:
                  flag: ${strToBool(${env:FLAG})}   # FLAG is 'maybe'
                """
        ),
        DiagnosticExplanation(
            .variableNotAString,
            """
            A variable inside a string has the value null or a mapping, which cannot be a part of a string. Use the
            variable as the whole value, or refer to a property of the mapping.
            """,
            example:
                """
                custom:
                  name: prefix-${self:custom.settings}
                """
        ),
        DiagnosticExplanation(
            .variableNotAvailable,
            """
            A property must be known before the source of its variable is available. For example, the region must be
            known before AWS is contacted, and 'plugins' before parameters are read. Use another source, such as env,
            opt or file.
            """,
            example:
                """
                provider:
                  name: aws
                  region: ${ssm:/region}
                """
        ),
        DiagnosticExplanation(
            .circularEnvFile,
            """
            The name of the '.env' file depends on an environment variable that the file itself sets. Set the variable
            in the environment, or remove it from the file.
            """,
            example:
                """
                provider:
                  name: aws
                  stage: ${env:STAGE, 'dev'}   # and .env.dev sets STAGE
                useDotenv: true
                """
        ),
        DiagnosticExplanation(
            .unknownConfigurationPath,
            """
            The configuration has no value at the path that '--path' names. The steps of a path are separated by dots;
            items of lists are numbered from 0.
            """,
            example: "furoshiki print --path functions.ordrs"
        ),
        DiagnosticExplanation(
            .valueNotPrintable,
            """
            A mapping cannot be printed in the format 'text', which is for single values and lists. Use another
            format, or name a single value with '--path'.
            """,
            example: "furoshiki print --format text"
        ),
    ]
}
