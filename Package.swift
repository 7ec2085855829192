// swift-tools-version: 6.2
// No package from outside: the toolchain's own modules and C libraries that every system packages.
import PackageDescription

let package = Package(
    name: "furoshiki",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "furoshiki", targets: ["furoshiki"])],
    targets: [
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(
            name: "CDeflate",
            pkgConfig: "libdeflate",
            providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]
        ),
        .target(
            name: "CCurl",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        .target(
            name: "CCrypto",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        // What scripts/release knows about the program that it links.
        .target(name: "BuildFacts"),
        // Calls of the C library itself that Swift's module of it leaves out.
        .systemLibrary(name: "CHost"),
        // C++17 over toml++ (apt libtomlplusplus-dev, brew tomlplusplus) behind a C interface of ours.
        .target(name: "TOMLBridge"),

        // The rooms, leaves first. docs/architecture.md says what lives where and why.
        .target(
            name: "OrderedJSON",
            // Rounding of numbers needs the C mathematics library, which is one of its own on Linux.
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .target(name: "Diagnostics"),
        .target(name: "LambdaRuntimes", dependencies: ["Diagnostics"]),
        .target(name: "ConfigurationValues", dependencies: ["Diagnostics", "OrderedJSON"]),
        .target(name: "HostSystem", dependencies: ["Diagnostics", "CCurl", "CCrypto", "CHost"]),
        .target(name: "AWSClient", dependencies: ["Diagnostics", "HostSystem", "OrderedJSON"]),
        .target(name: "ZipArchive", dependencies: ["CDeflate"]),
        .target(name: "PythonPackaging", dependencies: ["OrderedJSON", "TOMLBridge"]),
        .target(
            name: "ConfigurationFormats",
            dependencies: ["ConfigurationValues", "Diagnostics", "OrderedJSON", "CYaml"]
        ),
        .target(name: "SchemaValidation", dependencies: ["ConfigurationValues", "Diagnostics", "OrderedJSON"]),
        .target(
            name: "ServicePlugins",
            dependencies: ["ConfigurationValues", "Diagnostics", "HostSystem", "OrderedJSON"]
        ),
        .target(
            name: "ServerlessConfig",
            dependencies: [
                "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "HostSystem", "LambdaRuntimes",
                "OrderedJSON", "SchemaValidation", "ServicePlugins",
            ]
        ),
        .target(
            name: "EditorSchema",
            dependencies: ["LambdaRuntimes", "OrderedJSON", "SchemaValidation", "ServerlessConfig", "ServicePlugins"]
        ),
        .target(name: "GlobMatching"),
        .target(
            name: "RequirementFormats",
            dependencies: ["Diagnostics", "HostSystem", "LambdaRuntimes", "OrderedJSON", "PythonPackaging"]
        ),
        .target(name: "ELFFormat"),
        .target(name: "ContainerEngine", dependencies: ["Diagnostics", "HostSystem"]),
        .target(
            name: "WheelProvisioning",
            dependencies: [
                "ContainerEngine", "Diagnostics", "ELFFormat", "HostSystem", "OrderedJSON", "PythonPackaging",
                "RequirementFormats",
                "ZipArchive",
            ]
        ),
        .target(
            name: "LambdaBundle",
            dependencies: [
                "ConfigurationValues", "Diagnostics", "ELFFormat", "GlobMatching", "HostSystem", "OrderedJSON",
                "PythonPackaging", "RequirementFormats", "WheelProvisioning", "ZipArchive",
            ]
        ),
        .target(
            name: "CloudFormation",
            dependencies: ["ConfigurationValues", "Diagnostics", "ServerlessConfig", "HostSystem", "OrderedJSON"],
            // The handlers of custom resources are part of the program; people read and test them as files.
            resources: [
                .embedInCode("CustomResources/Handlers/custom_resource.py"),
                .embedInCode("CustomResources/Handlers/existing_buckets.py"),
                .embedInCode("CustomResources/Handlers/existing_user_pools.py"),
                .embedInCode("CustomResources/Handlers/event_bridge.py"),
                .embedInCode("CustomResources/Handlers/api_gateway_log_role.py"),
            ]
        ),
        .target(
            name: "PackageDirectory",
            dependencies: [
                "CloudFormation", "ConfigurationValues", "Diagnostics", "HostSystem", "OrderedJSON", "ServerlessConfig",
            ]
        ),
        .target(
            name: "ServiceLifecycle",
            dependencies: [
                "CloudFormation", "ConfigurationValues", "Diagnostics", "HostSystem", "LambdaBundle", "LambdaRuntimes",
                "OrderedJSON", "PackageDirectory", "RequirementFormats", "ServerlessConfig", "ServicePlugins",
            ]
        ),
        .target(
            name: "AWSVariables",
            dependencies: ["AWSClient", "Diagnostics", "HostSystem", "OrderedJSON", "ServerlessConfig"]
        ),
        .target(name: "StackDiff", dependencies: ["AWSClient", "Diagnostics", "OrderedJSON", "ZipArchive"]),
        .target(
            name: "ContainerInvocation",
            dependencies: ["ContainerEngine", "Diagnostics", "HostSystem", "ZipArchive"]
        ),
        .target(
            name: "FunctionImages",
            dependencies: [
                "AWSClient", "ConfigurationValues", "ContainerEngine", "Diagnostics", "HostSystem", "OrderedJSON",
                "ServerlessConfig",
            ]
        ),
        .target(
            name: "Deployment",
            dependencies: [
                "AWSClient", "CloudFormation", "ConfigurationValues", "Diagnostics", "HostSystem", "LambdaBundle",
                "OrderedJSON", "PackageDirectory", "ServerlessConfig", "ServiceLifecycle", "StackDiff", "ZipArchive",
            ]
        ),
        .target(
            name: "ServiceDoctor",
            dependencies: [
                "AWSClient", "ConfigurationValues", "Deployment", "Diagnostics", "HostSystem", "OrderedJSON",
                "ServerlessConfig", "ServiceLifecycle",
            ]
        ),
        .target(
            name: "LocalCommands",
            dependencies: ["Diagnostics", "HostSystem", "OrderedJSON", "ZipArchive"],
            // Sample events and the files of templates.
            resources: [
                .embedInCode("Events/Samples/alexa-skill.json"),
                .embedInCode("Events/Samples/alexa-smart-home.json"),
                .embedInCode("Events/Samples/api-gateway.json"),
                .embedInCode("Events/Samples/cloud-watch-log.json"),
                .embedInCode("Events/Samples/cloud-watch.json"),
                .embedInCode("Events/Samples/cognito-user-pool.json"),
                .embedInCode("Events/Samples/dynamo.json"),
                .embedInCode("Events/Samples/kinesis.json"),
                .embedInCode("Events/Samples/s3.json"),
                .embedInCode("Events/Samples/sns.json"),
                .embedInCode("Events/Samples/sqs.json"),
                .embedInCode("Events/Samples/websocket.json"),
                .embedInCode("Templates/Resources/mixed-runtimes.hello.py"),
                .embedInCode("Templates/Resources/mixed-runtimes.report.py"),
                .embedInCode("Templates/Resources/mixed-runtimes.requirements.txt"),
                .embedInCode("Templates/Resources/mixed-runtimes.serverless.yml"),
                .embedInCode("Templates/Resources/mixed-runtimes.status.js"),
                .embedInCode("Templates/Resources/nodejs-esm.handler.mjs"),
                .embedInCode("Templates/Resources/nodejs.gitignore"),
                .embedInCode("Templates/Resources/nodejs.handler.js"),
                .embedInCode("Templates/Resources/nodejs.serverless.yml"),
                .embedInCode("Templates/Resources/python.gitignore"),
                .embedInCode("Templates/Resources/python.handler.py"),
                .embedInCode("Templates/Resources/python.requirements.txt"),
                .embedInCode("Templates/Resources/python.serverless.yml"),
            ]
        ),
        .target(
            name: "BundleAnalysis",
            dependencies: [
                "Diagnostics", "HostSystem", "LambdaBundle", "OrderedJSON", "PythonPackaging", "RequirementFormats",
                "StackDiff", "WheelProvisioning", "ZipArchive",
            ],
            // The page of the report; people open and change these files.
            resources: [
                .embedInCode("Page/Resources/report.css"),
                .embedInCode("Page/Resources/report.html"),
                .embedInCode("Page/Resources/report.js"),
            ]
        ),
        .executableTarget(
            name: "furoshiki",
            dependencies: [
                "AWSClient", "AWSVariables", "BuildFacts", "ConfigurationFormats", "ConfigurationValues", "Deployment",
                "Diagnostics", "HostSystem", "OrderedJSON", "RequirementFormats", "ServerlessConfig", "LambdaBundle",
                "CloudFormation",
                "LocalCommands", "ServiceLifecycle", "LambdaRuntimes", "ServicePlugins", "StackDiff",
                "PackageDirectory", "ServiceDoctor", "FunctionImages", "ContainerEngine", "ContainerInvocation",
                "EditorSchema", "BundleAnalysis", "PythonPackaging",
            ],
            // What calls a handler on this machine, in the language of the handler.
            resources: [
                .embedInCode("Commands/Function/Runners/run_function.py"),
                .embedInCode("Commands/Function/Runners/run_function.cjs"),
            ]
        ),

        .target(
            name: "FuroshikiTestSupport",
            dependencies: ["Diagnostics", "HostSystem", "OrderedJSON", "ZipArchive"],
            path: "Tests/FuroshikiTestSupport",
            exclude: ["Resources"]
        ),
        .testTarget(name: "LambdaRuntimesTests", dependencies: ["Diagnostics", "LambdaRuntimes"]),
        .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"]),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "HostSystemTests", dependencies: ["Diagnostics", "HostSystem", "FuroshikiTestSupport"]),
        .testTarget(
            name: "AWSClientTests",
            dependencies: ["AWSClient", "Diagnostics", "HostSystem", "OrderedJSON", "FuroshikiTestSupport"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "AWSVariablesTests",
            dependencies: [
                "AWSClient", "AWSVariables", "Diagnostics", "HostSystem", "OrderedJSON", "ServerlessConfig",
                "FuroshikiTestSupport",
            ]
        ),
        .testTarget(name: "ZipArchiveTests", dependencies: ["ZipArchive", "FuroshikiTestSupport"]),
        .testTarget(name: "PythonPackagingTests", dependencies: ["PythonPackaging", "OrderedJSON"]),
        .testTarget(
            name: "ConfigurationFormatsTests",
            dependencies: [
                "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "HostSystem", "OrderedJSON",
                "FuroshikiTestSupport",
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "SchemaValidationTests", dependencies: ["SchemaValidation"]),
        .testTarget(
            name: "ServerlessConfigTests",
            dependencies: [
                "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "ServerlessConfig", "HostSystem",
                "OrderedJSON", "SchemaValidation", "ServicePlugins", "FuroshikiTestSupport",
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "GlobMatchingTests", dependencies: ["GlobMatching", "OrderedJSON"], exclude: ["Fixtures"]),
        .testTarget(
            name: "RequirementFormatsTests",
            dependencies: [
                "Diagnostics", "HostSystem", "LambdaRuntimes", "OrderedJSON", "PythonPackaging", "RequirementFormats",
                "FuroshikiTestSupport",
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "ContainerEngineTests",
            dependencies: ["ContainerEngine", "Diagnostics", "HostSystem", "FuroshikiTestSupport"]
        ),
        .testTarget(
            name: "FunctionImagesTests",
            dependencies: [
                "AWSClient", "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "FunctionImages",
                "HostSystem", "OrderedJSON", "ServerlessConfig", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "ContainerInvocationTests",
            dependencies: ["ContainerInvocation", "FuroshikiTestSupport"]
        ),
        .testTarget(name: "ELFFormatTests", dependencies: ["ELFFormat", "FuroshikiTestSupport"]),
        .testTarget(
            name: "WheelProvisioningTests",
            dependencies: [
                "Diagnostics", "HostSystem", "PythonPackaging", "RequirementFormats", "WheelProvisioning", "ZipArchive",
                "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "LambdaBundleTests",
            dependencies: [
                "ConfigurationValues", "Diagnostics", "LambdaBundle", "HostSystem", "OrderedJSON", "PythonPackaging",
                "RequirementFormats", "WheelProvisioning", "ZipArchive", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "CloudFormationTests",
            dependencies: [
                "CloudFormation", "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "ServerlessConfig",
                "HostSystem", "OrderedJSON", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "PackageDirectoryTests",
            dependencies: [
                "CloudFormation", "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "HostSystem",
                "OrderedJSON", "PackageDirectory", "ServerlessConfig", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "ServiceLifecycleTests",
            dependencies: [
                "CloudFormation", "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "HostSystem",
                "LambdaBundle", "OrderedJSON", "PackageDirectory", "ServerlessConfig", "ServiceLifecycle",
                "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "DeploymentTests",
            dependencies: [
                "AWSClient", "CloudFormation", "ConfigurationFormats", "ConfigurationValues", "Deployment",
                "Diagnostics", "HostSystem", "LambdaBundle", "OrderedJSON", "PackageDirectory", "ServerlessConfig",
                "ServiceLifecycle", "StackDiff", "ZipArchive", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "ServiceDoctorTests",
            dependencies: [
                "AWSClient", "ConfigurationFormats", "Deployment", "Diagnostics", "HostSystem", "OrderedJSON",
                "ServerlessConfig", "ServiceDoctor", "ServiceLifecycle", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "StackDiffTests",
            dependencies: [
                "AWSClient", "Diagnostics", "OrderedJSON", "StackDiff", "ZipArchive", "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "BundleAnalysisTests",
            dependencies: [
                "BundleAnalysis", "ConfigurationValues", "Diagnostics", "HostSystem", "LambdaBundle", "OrderedJSON",
                "PythonPackaging", "RequirementFormats", "StackDiff", "WheelProvisioning", "ZipArchive",
                "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "LocalCommandsTests",
            dependencies: ["Diagnostics", "HostSystem", "LocalCommands", "OrderedJSON", "FuroshikiTestSupport"]
        ),
        .testTarget(
            name: "InteropTests",
            dependencies: [
                "AWSClient", "Diagnostics", "HostSystem", "PythonPackaging", "ZipArchive", "OrderedJSON",
                "FuroshikiTestSupport",
            ]
        ),
        .testTarget(
            name: "FuroshikiTests",
            dependencies: [
                "ConfigurationFormats", "ConfigurationValues", "Diagnostics", "EditorSchema", "furoshiki", "HostSystem",
                "LambdaBundle", "OrderedJSON", "RequirementFormats", "SchemaValidation", "ServerlessConfig",
                "ServicePlugins", "StackDiff", "FuroshikiTestSupport",
            ],
            exclude: ["Schema/judge.py", "Slips"]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["Diagnostics", "HostSystem", "OrderedJSON", "ZipArchive", "FuroshikiTestSupport"],
            exclude: ["Fixtures"]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        ]
}
