import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// Tests of `custom-resources.zip`, the archive with the code of custom resources.
@Suite(.tags(.large))
struct CustomResourceArchiveTests {
    /// A service that uses every custom resource.
    private static let service = """
        service: shop
        provider:
          name: aws
          runtime: python3.13
          eventBridge: {useCloudFormation: false}
          logs: {restApi: true}
        functions:
          intake:
            handler: app.run
            events:
              - http: GET /
              - s3: {bucket: pictures, existing: true}
              - cognitoUserPool: {pool: people, trigger: PreSignUp, existing: true}
              - eventBridge: {eventBus: orders, pattern: {source: [shop]}}
        """

    /// Imports each handler from the archive only; stubs replace the AWS SDK, which is part of the Lambda runtime.
    private static let importer = """
        import importlib, sys, types
        boto3, botocore, exceptions = map(types.ModuleType, ("boto3", "botocore", "botocore.exceptions"))
        exceptions.ClientError, botocore.exceptions = type("ClientError", (Exception,), {}), exceptions
        sys.modules.update({"boto3": boto3, "botocore": botocore, "botocore.exceptions": exceptions})
        sys.path.insert(0, sys.argv[1])
        for handler in sys.argv[2:]:
            module, name = handler.rsplit(".", 1)
            module = importlib.import_module(module)
            assert module.__file__.startswith(sys.argv[1]), module.__file__
            assert callable(getattr(module, name)), handler
        print(*sys.argv[2:])
        """

    /// A Python 3.13 that starts, or `nil`.
    ///
    /// The shims of pyenv on `PATH` only start the selected version, so its other versions are tried, too.
    private static func python() async -> LocalPath? {
        let environment = Environment.current()
        let versions = LocalPath(environment["HOME"] ?? "/") / ".pyenv/versions"
        let chosen = ((try? LiveFileSystem().entries(of: versions)) ?? []).map(\.name)
            .filter { $0.hasPrefix("3.13.") }
            .map { versions / $0 / "bin/python3.13" }
        for candidate in [environment.findProgram("python3.13")].compactMap(\.self) + chosen {
            let request = ProcessRequest(candidate.string, ["--version"], environment: environment)
            if let result = try? await LiveProcessRunner().run(request), result.status == .exited(0) {
                return candidate
            }
        }
        return nil
    }

    @Test(.enabled("needs a python3.13") { await python() != nil })
    func `the runtime can import every handler in the template from the archive`() async throws {
        let python = try #require(await Self.python())
        let environment = Environment.current()
        try await TemporaryDirectory.with(in: environment.temporaryDirectory) { scratch in
            let files = LiveFileSystem()
            try files.write(Self.service, to: scratch / "serverless.yml")
            try files.write("def run(event, context): return None\n", to: scratch / "app.py")
            let program = Program(directory: scratch)
            let outcome = try await program.run(["package"])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let output = scratch / ".serverless"
            let template = try JSONValue(
                parsing: try files.read(output / "cloudformation-template-update-stack.json")
            )
            let functions = (template["Resources"]?.objectValue ?? [:])
                .filter { $0.key.hasPrefix("CustomDashresource") && $0.value["Type"] == "AWS::Lambda::Function" }
                .compactMap { $0.value["Properties"] }
            #expect(functions.allSatisfy { $0["Runtime"] == "python3.13" })
            let handlers = functions.compactMap { $0["Handler"]?.stringValue }.sorted()
            #expect(handlers.count == 4)
            let archive = (output / "custom-resources.zip").string
            let imported = try await program.run(["-I", "-c", Self.importer, archive] + handlers, program: python)
            #expect(imported.status == 0, "\(imported.errors)")
            #expect(imported.output == handlers.joined(separator: " ") + "\n")
        }
    }
}
