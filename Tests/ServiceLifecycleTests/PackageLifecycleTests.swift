import CloudFormation
import ConfigurationFormats
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import PackageDirectory
import ServerlessConfig
import ServiceLifecycle
import Testing

@Suite struct PackageLifecycleTests {
    private let files = LiveFileSystem()

    private static let service = """
        service: shop
        provider: {name: aws, runtime: python3.13}
        functions:
          orders:
            handler: app.run
            events: [{schedule: rate(1 day)}, {s3: {bucket: photos, existing: true}}]
          mails: {handler: app.run, snapStart: true}

        """

    /// A lifecycle for a service, and the state that it starts from.
    private struct Packaging {
        let lifecycle: Lifecycle<PackageState>
        let start: PackageState
        let directory: LocalPath
    }

    private func with(
        _ yaml: String = service,
        requirements: String? = nil,
        _ body: (Packaging) async throws -> Void
    ) async throws {
        let environment = Environment(["PATH": "/absent"])
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory, prefix: "lifecycle") { folder in
            let directory = folder / "service"
            try files.createDirectory(directory)
            try files.write(yaml, to: directory / "serverless.yml")
            try files.write("def run(event, context): pass\n", to: directory / "app.py")
            if let requirements { try files.write(requirements, to: directory / "requirements.txt") }
            let root = try #require(try ConfigurationText.yaml(Array(yaml.utf8), file: "serverless.yml"))
            let service = Service(root: root, directory: directory)
            var request = BundleRequest(
                service,
                configurationFile: "serverless.yml",
                outputDirectory: nil,
                environment: environment
            )
            request.cacheDirectory = folder / "cache"
            let host = HostServices(
                files: files,
                processes: ScriptedProcessRunner { _ in try await Self.wait() },
                transport: StubTransport { _ in try await Self.wait() },
                environment: environment,
                wallClock: WallClock { 1_700_000_000_000 }
            )
            try await body(
                Packaging(
                    lifecycle: .package(on: host, Bundler(host)),
                    start: PackageState(service: service, request: request),
                    directory: directory / ".serverless"
                )
            )
        }
    }

    /// Waits until the test is over: for programs and servers that are too slow for it.
    private static func wait<Answer>() async throws -> Answer {
        try await untilCancelled()
        throw CancellationError()
    }

    @Test func `the steps have the names and the order of the events of Serverless`() async throws {
        try await with { packaging in
            #expect(
                packaging.lifecycle.steps.map(\.event.rawValue) == [
                    "package:cleanup", "package:initialize", "package:setupProviderConfiguration",
                    "package:createDeploymentArtifacts", "package:compileLayers", "package:compileFunctions",
                    "package:compileEvents", "package:finalize", "aws:package:finalize:addExportNameForOutputs",
                    "aws:package:finalize:mergeCustomProviderResources",
                    "aws:package:finalize:stripNullPropsFromTemplateResources",
                    "aws:package:finalize:saveServiceState",
                ]
            )
        }
    }

    @Test func `the package that is written can be read, with all its artifacts`() async throws {
        try await with { packaging in
            let state = try await packaging.lifecycle.run(from: packaging.start)
            let package = try DeploymentPackage(readingFrom: packaging.directory, in: files)
            #expect(package.updateTemplate == state.package?.updateTemplate)
            #expect(package.state == state.package?.state)
            #expect(package.artifactDirectory?.milliseconds == 1_700_000_000_000)
            let artifacts = try package.artifacts(ofServiceIn: packaging.start.service.directory, files)
            #expect(artifacts.map(\.fileName) == ["shop.zip", "custom-resources.zip"])
        }
    }

    @Test func `a lifecycle can end after any step, and another one can go on with its state`() async throws {
        try await with { packaging in
            let whole = try await packaging.lifecycle.run(from: packaging.start)
            for count in packaging.lifecycle.steps.indices {
                let first = Lifecycle(Array(packaging.lifecycle.steps[..<count]))
                let rest = Lifecycle(Array(packaging.lifecycle.steps[count...]))
                let state = try await rest.run(from: try await first.run(from: packaging.start))
                #expect(state.package?.updateTemplate == whole.package?.updateTemplate)
                #expect(state.package?.state == whole.package?.state)
            }
        }
    }

    @Test func `a step that is inserted can change the template`() async throws {
        try await with { packaging in
            let step = LifecycleStep<PackageState>(.finalize) { state in
                #expect(state.report != nil)
                state.template.resources["Extra"] = ["Type": "AWS::SNS::Topic"]
            }
            let state = try await packaging.lifecycle.inserting(step, before: .finalize).run(from: packaging.start)
            #expect(state.package?.updateTemplate["Resources"]?["Extra"] == ["Type": "AWS::SNS::Topic"])
        }
    }

    @Test func `a step without those before it is an error`() async throws {
        try await with { packaging in
            for step in packaging.lifecycle.steps.dropFirst(2) {
                let error = await #expect(throws: DiagnosticError.self) {
                    try await Lifecycle([step]).run(from: packaging.start)
                }
                #expect(error?.diagnostics.first?.code == .unexpectedError)
            }
        }
    }

    @Test(arguments: [
        "resources: {Resources: {Queue: null}}\n", "resources: {extensions: {OrdersLambdaFuntion: {Condition: A}}}\n",
        "layers: {}\nresources: text\n",
    ])
    func `errors in resources are reported while artifacts wait for the network`(_ resources: String) async throws {
        let yaml = Self.service + resources + "plugins: [serverless-python-requirements]\n"
        try await with(yaml, requirements: "slow\n") { packaging in
            await #expect(throws: DiagnosticError.self) { try await packaging.lifecycle.run(from: packaging.start) }
            #expect(!files.exists(packaging.directory))
        }
    }

    @Test func `new artifacts do not stay beside the template of an earlier package`() async throws {
        try await with { packaging in
            let failure = LifecycleStep<PackageState>(.finalize) { _ in throw DiagnosticError(.unexpectedError, "") }
            let lifecycle = packaging.lifecycle.inserting(failure, before: .finalize)
            await #expect(throws: DiagnosticError.self) {
                try await lifecycle.run(from: packaging.start, cleanUp: { $0.discardPackage(from: files) })
            }
            #expect(!files.exists(packaging.directory))

            _ = try await packaging.lifecycle.run(from: packaging.start)
            await #expect(throws: DiagnosticError.self) {
                try await lifecycle.run(from: packaging.start, cleanUp: { $0.discardPackage(from: files) })
            }
            #expect(!files.exists(packaging.directory / "serverless-state.json"))
            #expect(files.exists(packaging.directory / "shop.zip"))
        }
    }

    @Test(arguments: [LifecycleEvent.cleanup, .initialize, .createDeploymentArtifacts])
    func `an earlier package stays as it is if the artifacts cannot be made`(_ event: LifecycleEvent) async throws {
        try await with { packaging in
            _ = try await packaging.lifecycle.run(from: packaging.start)
            let failure = LifecycleStep<PackageState>(event) { _ in throw DiagnosticError(.unexpectedError, "") }
            await #expect(throws: DiagnosticError.self) {
                try await packaging.lifecycle.inserting(failure, before: .createDeploymentArtifacts)
                    .run(from: packaging.start, cleanUp: { $0.discardPackage(from: files) })
            }
            #expect(files.exists(packaging.directory / "serverless-state.json"))
        }
    }

    @Test(arguments: [LifecycleEvent.setupProviderConfiguration, .compileEvents])
    func `templates of an earlier package are removed if the template cannot be made`(
        _ event: LifecycleEvent
    ) async throws {
        try await with { packaging in
            _ = try await packaging.lifecycle.run(from: packaging.start)
            let failure = LifecycleStep<PackageState>(event) { _ in throw DiagnosticError(.unexpectedError, "") }
            await #expect(throws: DiagnosticError.self) {
                try await packaging.lifecycle.inserting(failure, before: .createDeploymentArtifacts)
                    .run(from: packaging.start, cleanUp: { $0.discardPackage(from: files) })
            }
            #expect(!files.exists(packaging.directory / "serverless-state.json"))
            #expect(files.exists(packaging.directory / "shop.zip"))
        }
    }
}
