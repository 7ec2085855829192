extension DiagnosticExplanation {
    /// Explanations of diagnostics about properties of the configuration.
    static let configurationProperties: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingProperty,
            """
            A required property is missing, or has no value. Add the property that the message names. If the message
            names several, one of them is enough.
            """,
            example:
                """
                functions:
                  orders:
                    events:
                      - http: { path: /orders }   # lacks 'method'
                """
        ),
        DiagnosticExplanation(
            .emptyProperty,
            """
            A property has a key, but no value. Often the value is in the next line, but is not indented below the
            key.
            """,
            example:
                """
                functions:
                  orders:
                    package:
                    handler: orders.main
                """
        ),
        DiagnosticExplanation(
            .invalidType,
            """
            A value has another type than its property requires, for example a string instead of a list. Values that
            can be converted without doubt are accepted: '512' for 512, or a single item for a list with one item.
            """,
            example:
                """
                functions:
                  orders:
                    handler: orders.main
                    layers: arn:aws:lambda:…   # must be a list
                """
        ),
        DiagnosticExplanation(
            .invalidValue,
            """
            A value is not one of those that its property accepts. The message lists them, and the help names the
            nearest one. In the default validation mode this is a warning, because AWS may know values that Furoshiki
            does not.
            """,
            example:
                """
                provider:
                  name: aws
                  architecture: arm
                """
        ),
        DiagnosticExplanation(
            .invalidFormat,
            """
            A string does not have the format that its property requires, such as an ARN, a URI or an HTTP method. The
            message describes the format, or gives its regular expression.
            """,
            example:
                """
                functions:
                  orders:
                    role: my-role   # an ARN or an intrinsic function
                """
        ),
        DiagnosticExplanation(
            .valueOutOfRange,
            """
            A number, or the length of a string, list or mapping, is outside the range that its property accepts. Most
            of these limits are those of AWS.
            """,
            example:
                """
                functions:
                  orders:
                    timeout: 1000   # at most 900
                """
        ),
        DiagnosticExplanation(
            .duplicateItem,
            """
            A list contains the same item twice, but its items must be different from each other. Remove one of them.
            """,
            example:
                """
                conditions:
                  ip: [10.0.0.1/32, 10.0.0.1/32]
                """
        ),
        DiagnosticExplanation(
            .unknownProperty,
            """
            A mapping has a property that Serverless does not know there. Check the spelling and the indentation: the
            property may belong to a mapping further out. Properties of plugins that are not built in are unknown,
            too.
            """,
            example:
                """
                functions:
                  orders:
                    handler: orders.main
                    timout: 10
                """
        ),
        DiagnosticExplanation(
            .invalidKey,
            """
            A mapping has a key that is not allowed there, for example a function name with characters other than
            letters, digits, '-' and '_'.
            """,
            example:
                """
                functions:
                  my.function:
                    handler: orders.main
                """
        ),
        DiagnosticExplanation(
            .conflictingProperties,
            """
            A mapping has properties that exclude each other. Keep the one that you need.
            """,
            example:
                """
                origin:
                  DomainName: example.com
                  S3OriginConfig: {}
                  CustomOriginConfig: { OriginProtocolPolicy: https-only }
                """
        ),
        DiagnosticExplanation(
            .unknownEvent,
            """
            A function has an event whose source is not known. Check the spelling. Events of plugins that are not
            built in are unknown, too.
            """,
            example:
                """
                events:
                  - htpApi: GET /orders
                """
        ),
        DiagnosticExplanation(
            .invalidEvent,
            """
            An item of 'events' has no source, or more than one. Each item must be a mapping with one key, which is
            the name of the source; its settings are indented below that key.
            """,
            example:
                """
                events:
                  - http:
                    path: /orders      # must be indented further
                    method: get
                """
        ),
        DiagnosticExplanation(
            .invalidVersionRange,
            """
            'frameworkVersion' is not a range of versions in the notation of npm, such as '3' or '^3.38.0'. Put
            numbers in quotes: in YAML, 3.10 is the number 3.1.
            """,
            example: "frameworkVersion: 3.38"
        ),
        DiagnosticExplanation(
            .unsupportedFrameworkVersion,
            """
            'frameworkVersion' excludes version 3.38.0, which is the version of Serverless that Furoshiki is
            compatible with. If the service works with version 3, write 'frameworkVersion: \"3\"'.

            Version 4 has the same functions, events and resources as version 3. What it adds has no effect here:
            'stages', 'build' with its bundling of JavaScript and TypeScript, '.env' files without 'useDotenv', and the
            variables of Terraform and Vault.
            """,
            example: "frameworkVersion: \"4\""
        ),
        DiagnosticExplanation(
            .unsupportedProvider,
            """
            The service is for another cloud than AWS, or the name of its provider is wrong. Furoshiki packages services
            for AWS Lambda only. The validation mode makes no difference.
            """,
            example:
                """
                provider:
                  name: google
                """
        ),
        DiagnosticExplanation(
            .pluginNotRun,
            """
            The service uses a plugin that is not part of Furoshiki. Plugins of Serverless are written in JavaScript
            and are not run. The message says what is missing without the plugin. The package is the same: the plugin
            adds only commands (a note), or acts while or after a service is deployed (a warning). The list of plugins
            is in docs/plugins.md.
            """,
            example:
                """
                plugins:
                  - serverless-domain-manager
                """
        ),
        DiagnosticExplanation(
            .pluginChangesPackage,
            """
            The service uses a plugin that changes the configuration, the code or the template, and that Furoshiki does
            not run. Without it the package differs from that of Serverless: if it lacks a resource, deploying it over a
            stack that has the resource deletes it. The message says what would be lost. To package the service anyway,
            name the plugin in 'custom.furoshiki.withoutPlugins', which makes the error a warning.

            A plugin that is not in the table of plugins (docs/plugins.md) may change anything.
            """,
            example:
                """
                plugins:
                  - serverless-step-functions
                custom:
                  furoshiki:
                    withoutPlugins: [serverless-step-functions]
                """
        ),
        DiagnosticExplanation(
            .unknownPlugin,
            """
            The name of a plugin is not known, and no such plugin is in 'node_modules' of the service or of a directory
            above it, so that Serverless could not load it either. Most often the name is misspelled. For a plugin by
            its path, such as './plugins/audit.js', there is no such file.
            """,
            example:
                """
                plugins:
                  - serverles-python-requirements
                """
        ),
        DiagnosticExplanation(
            .pluginNotListed,
            """
            The configuration has settings of 'serverless-python-requirements', but 'plugins' does not list it, so
            that they have no effect. Add the plugin to 'plugins', or remove the settings.
            """,
            example:
                """
                custom:
                  pythonRequirements: { slim: true }
                """
        ),
        DiagnosticExplanation(
            .deprecatedProperty,
            """
            A property is deprecated: it still works, but a later version of Serverless removes it. The help names its
            replacement. 'disabledDeprecations' and SLS_DEPRECATION_DISABLE turn such notes off by the code that
            Serverless gives them.
            """,
            example:
                """
                provider:
                  name: aws
                  iamRoleStatements: []   # iam.role.statements
                """
        ),
        DiagnosticExplanation(
            .deprecatedDefault,
            """
            The service relies on a default that is deprecated, so that a later version of Serverless deploys
            something else for the same configuration. The help says how to opt in to the new behavior.
            """,
            example:
                """
                events:
                  - stream: { arn: arn:aws:kinesis:…, consumer: true }
                """
        ),
        DiagnosticExplanation(
            .ineffectiveProperty,
            """
            A property has no effect in the version of Serverless that Furoshiki is compatible with. Remove it.
            """,
            example:
                """
                provider:
                  name: aws
                  lambdaHashingVersion: 20201221
                """
        ),
        DiagnosticExplanation(
            .validationModeNotSet,
            """
            The configuration has problems, and 'configValidationMode' is not set, so that they are warnings. Set it
            to 'error' to stop at them, to 'warn' to keep the warnings without this note, or to 'off' to turn the
            validation off.
            """,
            example: "configValidationMode: error"
        ),
    ]
}
