import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LocalCommands
import Testing

struct ServiceCreatorTests {
    private func create(
        _ source: ServiceCreator.Source,
        at path: LocalPath? = nil,
        name: String? = nil,
        in files: any FileSystem,
        current: LocalPath = "/work/my app"
    ) async throws -> ServiceCreator.Report {
        let services = HostServices(
            files: files,
            processes: ScriptedProcessRunner { throw ProcessStartError(program: $0.program, code: 2) },
            transport: StubTransport.unreachable,
            environment: Environment(),
            wallClock: .fixed(milliseconds: 0),
            clock: MonotonicClock(ManualClock()),
            processorCount: 1
        )
        return try await ServiceCreator(services)
            .create(from: source, at: path, in: current, name: name.map { try ServiceName($0) })
    }

    private func codes(_ body: () async throws -> Void) async -> [DiagnosticCode] {
        do {
            try await body()
            return []
        } catch {
            return DiagnosticError(describing: error).diagnostics.map(\.code)
        }
    }

    @Test(arguments: BuiltInTemplate.allCases)
    func `a template of the program is a service with the name of its directory`(template: BuiltInTemplate) async throws
    {
        let files = try InMemoryFileSystem(["/work/my app/other": ""])
        let report = try await create(.builtIn(template), in: files)
        #expect(report.name?.text == "my-app")
        #expect(report.warnings.isEmpty)
        let configuration = try files.readText("/work/my app/serverless.yml")
        #expect(configuration.split(separator: "\n").contains("service: my-app"))
        // Editors find the schema that is beside the configuration, and that does not get into the package.
        #expect(configuration.hasPrefix("# yaml-language-server: $schema=serverless.schema.json\n"))
        #expect(configuration.contains("\"!serverless.schema.json\"") || configuration.contains("\"!**\""))
        for file in report.files { #expect(files.isFile("/work/my app" / file)) }
        // Each handler is in a file of the template.
        let handlers = configuration.split(separator: "\n").filter { $0.contains("handler:") }
        #expect(!handlers.isEmpty)
        for handler in handlers {
            let module = try #require(handler.split(separator: " ").last?.split(separator: ".").first)
            #expect(report.files.contains { $0.hasPrefix("\(module).") }, "\(handler)")
        }
    }

    @Test
    func `a new directory is created with its parents`() async throws {
        let files = try InMemoryFileSystem(["/work/my app/other": ""])
        let report = try await create(.builtIn(.python), at: "/work/my app/deep/Down_1", name: nil, in: files)
        #expect(report.name?.text == "down-1")
        #expect(report.directory == "/work/my app/deep/Down_1")
        #expect(try files.entries(of: "/work/my app/deep").map(\.name) == ["Down_1"])
    }

    @Test
    func `nothing is overwritten`() async throws {
        let files = try InMemoryFileSystem(["/work/my app/handler.py": "mine", "/work/my app/there/x": ""])
        #expect(await codes { _ = try await create(.builtIn(.python), in: files) } == [.fileExists])
        #expect(try files.entries(of: "/work/my app").map(\.name) == ["handler.py", "there"])
        #expect(try files.readText("/work/my app/handler.py") == "mine")
        let taken = await codes { _ = try await create(.builtIn(.python), at: "/work/my app/there", in: files) }
        #expect(taken == [.fileExists])
        #expect(try files.entries(of: "/work/my app/there").map(\.name) == ["x"])
    }

    @Test(arguments: [("handler.js", nil), ("new", "new")])
    func `no file remains after an error`(refused: String, path: String?) async throws {
        let live = LiveFileSystem()
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory, files: live) { scratch in
            let scratch = try live.realPath(of: scratch)
            let files = RefusingFileSystem(refusing: [scratch / refused])
            let codes = await codes {
                _ = try await create(.builtIn(.nodejs), at: path.map { scratch / $0 }, in: files, current: scratch)
            }
            #expect(codes == [.fileOperationFailed])
            #expect(try live.entries(of: scratch).isEmpty)
        }
    }

    @Test
    func `a directory is copied without repositories and links, and keeps its name`() async throws {
        let files = try InMemoryFileSystem([
            "/template/serverless.yml": "service: original # keep\n", "/template/src/a.py": "a",
            "/template/.git/HEAD": "",
            "/template/node_modules/x/index.js": "", "/template/.serverless/x.zip": "", "/secret": "s",
            "/work/my app/other": "",
        ])
        try files.createSymbolicLink(at: "/template/link", to: "/secret")
        try files.setMode(0o755, of: "/template/src/a.py")
        let report = try await create(.directory("/template"), in: files)
        #expect(report.directory == "/work/my app/template")
        #expect(report.files == ["serverless.yml", "src/a.py"])
        #expect(report.warnings.map(\.code) == [.templateFileSkipped])
        #expect(try files.readText("/work/my app/template/serverless.yml") == "service: original # keep\n")
        #expect(try files.status(of: "/work/my app/template/src/a.py").isExecutable)
        let named = try await create(.directory("/template"), name: "shop", in: files)
        #expect(named.directory == "/work/my app/shop")
        #expect(try files.readText("/work/my app/shop/serverless.yml") == "service: shop # keep\n")
        #expect(await codes { _ = try await create(.directory("/absent"), in: files) } == [.missingTemplate])
    }

    @Test(arguments: [
        ("serverless.yml", "a: 1\nservice: 'old'   # c\r\nservices: x\n", "a: 1\nservice: shop   # c\r\nservices: x\n"),
        ("serverless.yml", "x: {service: no}\nservice: old\r\nb: 1\n", "x: {service: no}\nservice: shop\r\nb: 1\n"),
        (
            "serverless.yml", "service:\n  # c\n  name: old\n  awsKmsKeyArn: k\n",
            "service:\n  # c\n  name: shop\n  awsKmsKeyArn: k\n"
        ),
        ("serverless.yaml", "\"service\" : ${file(x.yml):name}\n", "\"service\" : shop\n"),
        (
            "serverless.json", #"{"service":"old","custom":{"service":1}}"#,
            "{\n  \"service\": \"shop\",\n  \"custom\": {\n    \"service\": 1\n  }\n}\n"
        ),
        (
            "serverless.ts", "// service of x\nconst c = { service: 'old', a: 1 }",
            "// service of x\nconst c = { service: 'shop', a: 1 }"
        ),
        ("serverless.js", "module.exports = { \"service\": `old` }", "module.exports = { \"service\": `shop` }"),
    ])
    func `the name is set in every form of configuration`(file: String, before: String, after: String) async throws {
        let files = try InMemoryFileSystem([LocalPath("/template/\(file)"): before, "/work/my app/x": ""])
        let report = try await create(.directory("/template"), at: "/work/new", name: "shop", in: files)
        #expect(report.warnings.isEmpty)
        #expect(try files.readText("/work/new" / file) == after)
    }

    @Test(arguments: ["provider: {name: aws}\n", "service: |\n  old\n", "service:\n"])
    func `a configuration without a name that can be replaced causes a warning`(text: String) async throws {
        let files = try InMemoryFileSystem(["/template/serverless.yml": text, "/work/my app/x": ""])
        let report = try await create(.directory("/template"), at: "/work/new", name: "shop", in: files)
        #expect(report.warnings.map(\.code) == [.serviceNotRenamed])
        #expect(try files.readText("/work/new/serverless.yml") == text)
    }

    @Test(arguments: [
        ("aws-python3", BuiltInTemplate.python), ("aws-python", .python), ("aws-nodejs", .nodejs),
        ("aws-nodejs-ecma-script", .nodejsModules), ("mixed-runtimes", .mixedRuntimes),
    ])
    func `names of Serverless v3 mean templates of the program`(name: String, template: BuiltInTemplate) throws {
        #expect(try BuiltInTemplate(named: name) == template)
    }

    @Test
    func `an unknown template is reported with the nearest name`() {
        let near = #expect(throws: DiagnosticError.self) { try BuiltInTemplate(named: "aws-pyhton3") }
        #expect(near?.diagnostics.first?.help == ["did you mean 'aws-python3'?"])
        let far = #expect(throws: DiagnosticError.self) { try BuiltInTemplate(named: "google-golang") }
        #expect(far?.diagnostics.first?.code == .unknownTemplate)
        #expect(far?.diagnostics.first?.notes.count == BuiltInTemplate.allCases.count)
    }

    @Test(arguments: [
        ("snake", "snake"), ("7 Odd Names_x", "service-7-odd-names-x"), ("My.App", "my-app"), ("_x", "service-x"),
        ("über", "service-ber"), ("", "service-"), ("a", "service-a"),
    ])
    func `the name of a directory becomes a valid name of a service`(directory: String, name: String) throws {
        #expect(ServiceName(of: directory).text == name)
        #expect(try ServiceName(name).text == name)
    }

    @Test(arguments: ["my_service", "7up", "", "a", "ü1", "x y"])
    func `an invalid name is refused`(name: String) {
        let error = #expect(throws: DiagnosticError.self) { try ServiceName(name) }
        #expect(error?.diagnostics.first?.code == .invalidServiceName)
    }
}
