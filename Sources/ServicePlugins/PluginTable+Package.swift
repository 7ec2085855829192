extension PluginTable {
    /// The plugins that change the configuration, the code or the template.
    static let package = code + configuration + template + roles + api

    private static let packagedAsIs = "JavaScript and TypeScript are packaged as they are, not bundled"
    private static let bundleFirst =
        "bundle the code before packaging, and name the output in 'handler' and 'package.patterns'"

    /// The plugins that change the code in artifacts.
    static let code: [KnownPlugin] = [
        .package("serverless-bundle", packagedAsIs, instead: bundleFirst),
        .package("serverless-esbuild", packagedAsIs, instead: bundleFirst),
        .package(
            "serverless-webpack",
            packagedAsIs,
            instead: bundleFirst,
            commands: ["webpack"],
            function: ["entrypoint"]
        ),
        .package("serverless-plugin-typescript", "TypeScript is packaged as it is, not compiled", instead: bundleFirst),
        .package("serverless-plugin-optimize", packagedAsIs, instead: bundleFirst),
        .package("serverless-nextjs-plugin", packagedAsIs),
        .package("serverless-jetpack", "the package contains all dependencies", instead: "set 'package.patterns'"),
        .package(
            "serverless-plugin-include-dependencies",
            "the package contains all dependencies",
            instead: "set 'package.patterns'"
        ),
        .package(
            "serverless-plugin-reducer",
            "the package contains all dependencies",
            instead: "set 'package.patterns'"
        ),
        .package(
            "serverless-plugin-common-excludes",
            "the package contains files that the plugin excludes",
            instead: "set 'package.patterns'"
        ),
        .package(
            "serverless-ignore",
            "the package contains the files that '.slsignore' excludes",
            instead: "move the patterns to 'package.patterns', each with '!'"
        ),
        .package("serverless-plugin-monorepo", "linked packages are not in the package"),
        .package("serverless-package-external", "external files are not in the package"),
        .package("serverless-package-common", "common files are not in the package"),
        .package("serverless-package-python-functions", "functions are packaged as the configuration itself says"),
        .package("serverless-layers", "the layers with dependencies are not created"),
        .package("serverless-ruby-layer", "the layer with gems is not created"),
        .package("serverless-esbuild-layers", "the layers with dependencies are not created"),
        .package("serverless-go-plugin", "programs in Go are not compiled", instead: "compile them before packaging"),
        .package("serverless-go-build", "programs in Go are not compiled", instead: "compile them before packaging"),
        .package("serverless-rust", "programs in Rust are not compiled", instead: "compile them before packaging"),
        .package("serverless-babel-plugin", "JavaScript is packaged as it is, not compiled", instead: bundleFirst),
        .package("serverless-plugin-chrome", "headless Chrome is not added to functions"),
        .package(
            "serverless-rack",
            "the handler for Rack applications is not added",
            uses: [
                .others(
                    .handlers(["rack_adapter.handler", "rack_handler.handler"]),
                    "function",
                    before: "the package would lack 'rack_adapter.rb', the handler of ",
                    ""
                )
            ],
            commands: ["rack"]
        ),
        .package("serverless-dotnet", "programs in C# are not compiled", instead: "compile them before packaging"),
        .package(
            "serverless-wsgi",
            "the handler for WSGI applications is not added",
            uses: [
                .others(
                    .handlers(["wsgi_handler.handler", "wsgi.handler"]),
                    "function",
                    before: "the package would lack 'wsgi_handler.py', the handler of ",
                    ""
                )
            ],
            commands: ["wsgi"]
        ),
        .package("serverless-plugin-datadog", "functions are not instrumented"),
        .package("serverless-newrelic-lambda-layers", "functions are not instrumented"),
        .package("serverless-lumigo", "functions are not instrumented"),
        .package("serverless-sentry", "functions are not instrumented"),
        .package("serverless-plugin-epsagon", "functions are not instrumented"),
    ]

    private static let configuration: [KnownPlugin] = [
        .package(
            "serverless-plugin-scripts",
            "the commands in 'custom.scripts' are not run",
            hooks: [["custom", "scripts", "hooks"]]
        ),
        .package(
            "serverless-scriptable-plugin",
            "the scripts in 'custom.scriptable' are not run",
            hooks: [["custom", "scriptable", "hooks"], ["custom", "scriptHooks"]]
        ),
        .package(
            "serverless-hooks-plugin",
            "the commands in 'custom.hooks' are not run",
            hooks: [["custom", "hooks"]]
        ),
        .package(
            "serverless-git-info",
            "variables of the source 'git' have no value",
            instead: "pass the value with '--param'",
            variables: ["git"]
        ),
        .package(
            "serverless-git-variables",
            "variables of the source 'git' have no value",
            instead: "pass the value with '--param'",
            variables: ["git"]
        ),
        .package(
            "serverless-plugin-git-variables",
            "variables of the source 'git' have no value",
            instead: "pass the value with '--param'",
            variables: ["git"]
        ),
        .package(
            "serverless-terraform-outputs",
            "variables of the source 'TF' have no value",
            instead: "pass the value with '--param'",
            variables: ["TF"]
        ),
        .package(
            "serverless-vars-resolver",
            "variables of its sources have no value",
            instead: "write '${cf:…}' or '${ssm:…}'",
            variables: ["aws-acm-arn", "aws-zone-id"]
        ),
        .package(
            "./vendor/bref/bref",
            "the runtimes and layers of Bref, for PHP, are not added",
            instead: "set 'runtime' to 'provided.al2023', and add the layers of Bref to 'layers'",
            variables: ["bref"]
        ),
        .package("serverless-plugin-ifelse", "the conditions in 'custom.serverlessIfElse' are not applied"),
        .package(
            "serverless-dotenv-plugin",
            "functions do not get the variables of '.env'",
            instead: "set 'useDotenv: true', and write '${env:NAME}' in 'environment'"
        ),
        .package(
            "serverless-pseudo-parameters",
            "'#{AWS::…}' is not replaced",
            instead: "write '${AWS::…}' in '!Sub'",
            uses: [
                .others(.strings(containing: "#{"), "string", before: "'#{…}' would stay as it is in ", "")
            ]
        ),
        .package(
            "serverless-cloudformation-sub-variables",
            "'${AWS::…}' and references to resources are not replaced in plain strings",
            instead: "write '!Sub' before the strings"
        ),
        .package(
            "serverless-cf-vars",
            "'#{…}' is not replaced",
            instead: "write '${AWS::…}' in '!Sub'",
            uses: [.others(.strings(containing: "#{"), "string", before: "'#{…}' would stay as it is in ", "")]
        ),
        .package(
            "serverless-plugin-conditional-functions",
            "functions with 'enabled: false' are packaged",
            uses: [.others(.disabledFunctions("enabled"), "function", " with 'enabled: false' would be deployed")],
            function: ["enabled"]
        ),
        .package(
            "serverless-disable-functions",
            "functions with 'enabled: false' are packaged",
            uses: [.others(.disabledFunctions("enabled"), "function", " with 'enabled: false' would be deployed")],
            function: ["enabled"]
        ),
        .package("serverless-plugin-select", "functions of other stages or regions are packaged"),
        .package("serverless-functions-base-path", "handlers are not found below 'custom.functionsBasePath'"),
        .package("serverless-import-config-plugin", "the files in 'custom.import' are not read"),
        .package(
            "serverless-ssm-fetch",
            "functions do not get parameters of SSM",
            instead: "write '${ssm:…}' in 'environment'"
        ),
        .package("serverless-latest-layer-version", "versions of layers are not replaced by the latest ones"),
        .package("serverless-aws-latest-layer-version", "versions of layers are not replaced by the latest ones"),
        .package("serverless-vpc-discovery", "functions are not placed in the VPC that the plugin finds"),
        .package("serverless-kms-secrets", "encrypted secrets are not decrypted", commands: ["encrypt", "decrypt"]),
        .package("serverless-plugin-common-layers", "common layers are not added to functions"),
        .package("serverless-aws-resource-names", "resources keep the names that Serverless gives them"),
    ]

    private static let roles: [KnownPlugin] = [
        .package(
            "serverless-iam-roles-per-function",
            "functions get the shared role instead of their own roles",
            instead: "set 'role' on the functions to roles in 'resources'",
            uses: [
                .others(
                    .functions("iamRoleStatements"),
                    "function",
                    " would get the shared role, without the statements of 'iamRoleStatements'"
                )
            ],
            function: [
                "iamRoleStatements", "iamRoleStatementsName", "iamRoleStatementsInherit", "iamPermissionsBoundary",
                "iamRoleTags",
            ]
        ),
        .package(
            "serverless-iamroles",
            "functions get the shared role instead of their own roles",
            function: ["iamRoleStatements"]
        ),
        .package(
            "serverless-plugin-custom-roles",
            "functions get the shared role instead of their own roles",
            function: ["iamRoleStatements"]
        ),
        .package(
            "serverless-attach-managed-policy",
            "managed policies are not attached to roles",
            instead: "set 'provider.iam.role.managedPolicies'"
        ),
    ]
}
