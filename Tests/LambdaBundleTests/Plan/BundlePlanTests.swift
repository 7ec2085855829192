import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import RequirementFormats
import Testing

@testable import LambdaBundle

/// A service with the artifacts that it gets: path, functions and target of each.
struct PlanCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var runtime: String?
    var architecture: String?
    var functions: [BundleFunction]
    var package: ConfigurationValue?
    var options: ConfigurationValue?
    /// The folders that have requirements; `nil` for a service without the plugin.
    var requirements: [String]? = ["."]
    var expected: [String]

    static func function(
        _ key: String,
        runtime: String? = nil,
        architecture: String? = nil,
        module: String? = nil,
        package: ConfigurationValue? = nil
    ) -> BundleFunction {
        var function = BundleFunction(key: key, name: "shop-dev-\(key)")
        function.runtime = runtime.map { ConfigurationValue(.string($0)) }
        function.architecture = architecture.map { ConfigurationValue(.string($0)) }
        function.module = module.map { ConfigurationValue(.string($0)) }
        function.package = package
        return function
    }

    static func map(_ members: OrderedMap<ConfigurationValue>) -> ConfigurationValue {
        ConfigurationValue(.map(members))
    }
    static let individually = map(["individually": ConfigurationValue(.bool(true))])
    static let disabled = map(["disable": ConfigurationValue(.bool(true))])

    static let shared: [PlanCase] = [
        PlanCase(
            testDescription: "without the plugin all functions share one zip",
            runtime: "python3.11",
            functions: [function("a"), function("b", runtime: "nodejs20.x"), function("c", runtime: "python3.9")],
            requirements: nil,
            expected: ["shop.zip a b c -"]
        ),
        PlanCase(
            testDescription: "without requirements too",
            runtime: "python3.11",
            functions: [function("a"), function("b", runtime: "python3.9")],
            requirements: [],
            expected: ["shop.zip a b -"]
        ),
        PlanCase(
            testDescription: "one target has the service's name, the others the code",
            functions: [
                function("a", runtime: "python3.11"), function("b", runtime: "nodejs20.x"),
                function("c", runtime: "python3.11"),
            ],
            expected: ["shop.zip a c python3.11/x86_64", "shop-code.zip b -"]
        ),
        PlanCase(
            testDescription: "several targets have theirs",
            runtime: "python3.12",
            architecture: "arm64",
            functions: [
                function("a"), function("b", architecture: "x86_64"), function("c", runtime: "provided.al2023"),
            ],
            expected: [
                "shop-python3.12-arm64.zip a python3.12/arm64", "shop-python3.12-x86_64.zip b python3.12/x86_64",
                "shop-code.zip c -",
            ]
        ),
        PlanCase(
            testDescription: "a module counts only where functions are packaged individually",
            runtime: "python3.11",
            functions: [function("a", module: "m"), function("b")],
            expected: ["shop.zip a b python3.11/x86_64"]
        ),
        PlanCase(
            testDescription: "a layer takes the requirements out of the functions",
            runtime: "python3.11",
            functions: [function("a"), function("b", runtime: "nodejs20.x")],
            options: map(["layer": ConfigurationValue(.bool(true))]),
            expected: ["shop.zip a b -", "pythonRequirements.zip  python3.11/x86_64"]
        ),
        PlanCase(
            testDescription: "each target has its layer",
            runtime: "python3.11",
            functions: [function("a"), function("b", architecture: "arm64")],
            options: map(["layer": ConfigurationValue(.string("true"))]),
            expected: [
                "shop.zip a b -", "pythonRequirements-python3.11-x86_64.zip  python3.11/x86_64",
                "pythonRequirements-python3.11-arm64.zip  python3.11/arm64",
            ]
        ),
    ]

    static let individual: [PlanCase] = [
        PlanCase(
            testDescription: "each function has its zip, those of modules with the module's name",
            runtime: "python3.11",
            functions: [
                function("a"), function("b", module: "./mods/b/"),
                function("c", runtime: "nodejs20.x", module: "mods/c"),
            ],
            package: individually,
            requirements: [".", "mods/b"],
            expected: [
                "a.zip a python3.11/x86_64", "mods/b-shop-dev-b.zip b python3.11/x86_64", "c.zip c -", "b.zip  -",
            ]
        ),
        PlanCase(
            testDescription: "a module without requirements has none",
            runtime: "python3.11",
            functions: [function("a", module: "m")],
            package: individually,
            expected: ["m-shop-dev-a.zip a -", "a.zip  -"]
        ),
        PlanCase(
            testDescription: "one function may be packaged individually",
            runtime: "python3.11",
            functions: [function("a"), function("b", package: individually)],
            expected: ["shop.zip a python3.11/x86_64", "b.zip b python3.11/x86_64"]
        ),
        PlanCase(
            testDescription: "without the plugin a module says nothing",
            runtime: "python3.11",
            functions: [function("a", module: "m")],
            package: individually,
            requirements: nil,
            expected: ["a.zip a -"]
        ),
        PlanCase(
            testDescription: "a function that is called like the service shares its zip",
            functions: [function("a"), function("shop", package: individually), function("b", package: individually)],
            requirements: nil,
            expected: ["shop.zip a shop -", "b.zip b -"]
        ),
        PlanCase(
            testDescription: "but not one whose requirements are others",
            functions: [function("a", runtime: "python3.11"), function("shop", package: individually)],
            expected: ["shop.zip a python3.11/x86_64", "shop-function.zip shop -"]
        ),
        PlanCase(
            testDescription: "a function for which nothing is packaged runs what the others share",
            functions: [function("a", package: disabled), function("b")],
            requirements: nil,
            expected: ["shop.zip b a -"]
        ),
        PlanCase(
            testDescription: "a runtime of both is the function's",
            runtime: "nodejs20.x",
            functions: [function("a", runtime: "python3.13"), function("b")],
            package: map(["individually": ConfigurationValue(.string("true"))]),
            expected: ["a.zip a python3.13/x86_64", "b.zip b -"]
        ),
    ]
}

struct BundlePlanTests {
    private func plan(_ test: PlanCase) throws -> BundlePlan {
        var request = BundleRequest(service: "shop", directory: "/absent")
        request.runtime = test.runtime.map { ConfigurationValue(.string($0)) }
        request.architecture = test.architecture.map { ConfigurationValue(.string($0)) }
        request.functions = test.functions
        request.package = test.package
        request.installsRequirements = test.requirements != nil
        let folders = test.requirements ?? []
        let files = try InMemoryFileSystem()
        for module in test.functions.compactMap({ $0.module?.string }) {
            try files.createDirectory(request.directory / module)
        }
        var planner = BundlePlanner(
            request: request,
            options: try RequirementOptions(test.options),
            runtimes: try RuntimeTable(request),
            files: files,
            requirements: { module in
                let folder = module.map { LocalPath($0).string } ?? "."
                guard folders.contains(folder) else { return nil }
                let file = LocalPath("/absent") / folder / "requirements.txt"
                return RequirementSource(kind: .requirementsFile, file: file, displayName: "\(folder)/requirements.txt")
            }
        )
        return try planner.makePlan()
    }

    @Test(arguments: PlanCase.shared + PlanCase.individual)
    func `functions are grouped into artifacts by their target and requirements`(_ test: PlanCase) throws {
        let artifacts = try plan(test).artifacts
            .map { artifact in
                let target = artifact.payload.map { "\($0.target)" } ?? "-"
                return "\(artifact.path) \(artifact.functions.joined(separator: " ")) \(target)"
            }
        #expect(artifacts == test.expected)
    }

    @Test func `the settings of a requirements layer override the defaults from the service`()
        throws
    {
        var test = PlanCase.shared[5]
        test.options = PlanCase.map([
            "layer": PlanCase.map([
                "description": ConfigurationValue(.string("Ours")), "retain": ConfigurationValue(.bool(true)),
            ])
        ])
        let layers = try plan(test).requirementLayers
        #expect(layers.map(\.key) == ["pythonRequirements"])
        #expect(layers.map(\.functions) == [["a"]])
        #expect(
            JSONValue.object(layers[0].settings)
                == [
                    "name": "shop-dev-python-requirements", "description": "Ours", "compatibleRuntimes": ["python3.11"],
                    "retain": true,
                ]
        )
    }

    @Test func `layers for several targets have different names`() throws {
        let layers = try plan(PlanCase.shared[6]).requirementLayers
        #expect(layers.map(\.key) == ["pythonRequirementsPython311X8664", "pythonRequirementsPython311Arm64"])
        #expect(
            layers.map { $0.settings["name"]?.stringValue } == [
                "shop-dev-python-requirements-python311-x86_64", "shop-dev-python-requirements-python311-arm64",
            ]
        )
    }

    @Test func `a requirements layer is an error if modules have their own requirements`() throws {
        var test = PlanCase.individual[0]
        test.options = PlanCase.map(["layer": ConfigurationValue(.bool(true))])
        let error = #expect(throws: DiagnosticError.self) { try plan(test) }
        #expect(error?.diagnostics.first?.message.contains("mods/b/requirements.txt") == true)
    }

    @Test(arguments: [nil, PlanCase.individually])
    func `a function without any artifact is an error`(
        _ package: ConfigurationValue?
    ) throws {
        let functions = [PlanCase.function("a", package: PlanCase.disabled)]
        let others = package == nil ? [] : [PlanCase.function("b")]
        let test = PlanCase(testDescription: "", functions: functions + others, package: package, expected: [])
        let error = #expect(throws: DiagnosticError.self) { try plan(test) }
        #expect(error?.diagnostics.first?.message.contains("function 'a'") == true)
    }

    @Test func `a missing prebuilt artifact is an error with its location`() throws {
        let place = SourcePlace(file: "serverless.yml", line: 9, column: 17)
        let package = PlanCase.map(["artifact": ConfigurationValue(.string("out/a.zip"), at: place)])
        let test = PlanCase(testDescription: "", functions: [PlanCase.function("a", package: package)], expected: [])
        let error = #expect(throws: DiagnosticError.self) { try plan(test) }
        #expect(error?.diagnostics.first?.place == place)
    }

    /// A directory that does not exist, those that exist, and the first help.
    struct MissingCase: Sendable, CustomTestStringConvertible {
        let name: String
        let existing: [String]
        let help: String
        var testDescription: String { "\(name) of \(existing)" }
    }

    @Test(arguments: [
        MissingCase(
            name: "function/orders",
            existing: ["functions/orders", "functions/pay"],
            help: "'functions/orders'"
        ),
        MissingCase(name: "./order", existing: ["orders"], help: "'orders'"),
        MissingCase(
            name: "orders",
            existing: ["src/deep/orders", "test/a/b/orders", "ordera"],
            help: "'src/deep/orders'"
        ),
        MissingCase(
            name: "orders",
            existing: ["node_modules/orders", ".git/orders", "a/b/c/d/e/orders"],
            help: "create"
        ),
        MissingCase(name: "warehouse", existing: ["src"], help: "create"),
    ])
    func `a missing module or layer directory is an error at its place, with the nearest one`(
        _ test: MissingCase
    ) throws {
        let place = SourcePlace(file: "serverless.yml", line: 9, column: 17)
        var function = PlanCase.function("a", runtime: "python3.12", package: PlanCase.individually)
        function.module = ConfigurationValue(.string(test.name), at: place)
        let layer = BundleLayer(key: "fonts", path: ConfigurationValue(.string(test.name), at: place))
        let files = try InMemoryFileSystem()
        for path in test.existing { try files.createDirectory(LocalPath("/service") / path) }
        for (functions, layers, code) in [
            ([function], [], DiagnosticCode.missingModuleDirectory), ([], [layer], .missingLayerDirectory),
        ] {
            var request = BundleRequest(service: "shop", directory: "/service")
            request.installsRequirements = true
            request.functions = functions
            request.layers = layers
            let error = #expect(throws: DiagnosticError.self) { try plan(request, files) }
            #expect(error?.diagnostics.map(\.code) == [code])
            #expect(error?.diagnostics.first?.place == place)
            #expect(error?.diagnostics.first?.notes == [])
            #expect(error?.diagnostics.first?.help.first?.contains(test.help) == true)
        }
    }

    @Test func `a hook that names the missing directory is reported, and plugins that may make it`() throws {
        let place = SourcePlace(file: "serverless.yml", line: 3, column: 7)
        var request = BundleRequest(service: "shop", directory: "/service")
        request.installsRequirements = true
        request.pluginsNotRun = ["serverless-esbuild"]
        request.hookCommands = [
            ConfigurationValue(.string("mkdir -p build/a"), at: place), ConfigurationValue(.string("make other")),
        ]
        var function = PlanCase.function("a", runtime: "python3.12", package: PlanCase.individually)
        function.module = ConfigurationValue(.string("build/a/"))
        request.functions = [function]
        let files = try InMemoryFileSystem()
        try files.createDirectory("/service")
        try files.write("", to: "/service/build")
        let error = #expect(throws: DiagnosticError.self) { try plan(request, files) }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.notes.count == 1)
        #expect(diagnostic.notes.first?.contains("serverless.yml:3:7") == true)
        #expect(diagnostic.help.first?.contains("hook") == true)
        request.hookCommands = []
        let plugin = #expect(throws: DiagnosticError.self) { try plan(request, files) }
        #expect(plugin?.diagnostics.first?.notes.first?.contains("serverless-esbuild") == true)
        #expect(plugin?.diagnostics.first?.help.first?.contains("hook") == false)
        request.functions[0].module = ConfigurationValue(.string("build"))
        let other = #expect(throws: DiagnosticError.self) { try plan(request, files) }
        #expect(other?.diagnostics.first?.message.contains("is not a directory") == true)
    }

    private func plan(_ request: BundleRequest, _ files: any FileSystem) throws -> BundlePlan {
        var planner = BundlePlanner(
            request: request,
            options: try RequirementOptions(nil),
            runtimes: try RuntimeTable(request),
            files: files,
            requirements: { _ in nil }
        )
        return try planner.makePlan()
    }

    @Test func `a prebuilt artifact in S3 is an error with its location`() throws {
        let place = SourcePlace(file: "serverless.yml", line: 9, column: 17)
        let package = PlanCase.map(["artifact": ConfigurationValue(.string("s3://bucket/a.zip"), at: place)])
        let test = PlanCase(testDescription: "", functions: [PlanCase.function("a", package: package)], expected: [])
        let error = #expect(throws: DiagnosticError.self) { try plan(test) }
        #expect(error?.diagnostics.first?.place == place)
        #expect(error?.diagnostics.first?.code == .remotePackageArtifact)
    }

    @Test(arguments: [
        ("s3://bucket/key.zip", true), ("s3://bucket", false), ("https://bucket.s3.amazonaws.com/a.zip", true),
        ("https://bucket.s3.eu-west-1.amazonaws.com/a.zip", true), ("https://s3.amazonaws.com/bucket/a.zip", true),
        ("build/s3.zip", false), ("./out/a.zip", false),
    ])
    func `artifacts in S3 are recognized by their URL`(_ artifact: String, _ isRemote: Bool) {
        #expect(PackageSettings.isRemote(artifact) == isRemote)
    }

    @Test func `all unknown runtimes and architectures are reported together, with their locations`() {
        func place(_ line: Int) -> SourcePlace { SourcePlace(file: "serverless.yml", line: line, column: 5) }
        var request = BundleRequest(service: "shop", directory: "/absent")
        request.runtime = ConfigurationValue(.string("phyton3.11"), at: place(4))
        var function = PlanCase.function("a", runtime: "python3.11")
        function.architecture = ConfigurationValue(.string("arm"), at: place(9))
        request.functions = [function]
        let error = #expect(throws: DiagnosticError.self) { try RuntimeTable(request) }
        #expect(error?.diagnostics.map(\.place) == [place(4), place(9)])
    }
}
