import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning
import ZipArchive

struct InspectionTests {
    typealias Entry = ZipBuilder.Entry

    private func artifact(
        _ bench: Bench,
        _ wheels: [WheelFixture] = [],
        own: [SourceFile] = [],
        functions: [InspectedArtifact.Function] = []
    ) async throws -> InspectedArtifact {
        let content = try await bench.requirements(wheels)
        return InspectedArtifact(
            name: "orders.zip",
            content: try ArtifactContent(serviceFiles: own, requirements: .root(content)),
            functions: functions,
            target: bench.target
        )
    }

    private func function(_ handler: String, hasLayers: Bool = false) -> InspectedArtifact.Function {
        let runtime = PythonRuntime(name: "python3.12").map(LambdaRuntime.python) ?? .other("")
        return .init(key: "take", handler: handler, runtime: runtime, hasLayers: hasLayers)
    }

    /// Whether the handler of a function is found in an artifact of one file.
    private func finds(_ function: InspectedArtifact.Function, in file: String, _ source: String) async throws -> Bool {
        try await Bench.with { bench in
            let artifact = try await artifact(bench, own: [try bench.file(file, source)], functions: [function])
            return try HandlerInspection(files: LiveFileSystem()).findings(in: artifact).isEmpty
        }
    }

    @Test func `an artifact of more than 250 MB is an error with its ten largest distributions`() async throws {
        try await Bench.with { bench in
            let small = (0..<11)
                .map {
                    WheelFixture("small\($0)", [Entry("s\($0)/x", bytes: Array(repeating: 0, count: 1000 * (20 - $0)))])
                }
            let large = SourceFile(name: "model.bin", path: "/absent", size: 250 << 20)
            let function = InspectedArtifact.Function(key: "take", handler: nil, runtime: .other("nodejs22.x"))
            let artifact = try await artifact(bench, small, own: [large], functions: [function])
            let error = #expect(throws: DiagnosticError.self) { try SizeInspection.check([artifact]) }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(
                diagnostic.message
                    == "function 'take' (orders.zip) is 250.2 MB unzipped; the limit of Lambda is 250.0 MB"
            )
            #expect(diagnostic.notes.count == 11)
            #expect(diagnostic.notes[0] == "20 kB: small0 1.0")
            #expect(diagnostic.notes[10] == "250.0 MB: the service's own files")
        }
    }

    @Test func `an artifact of exactly 250 MB is accepted`() throws {
        let file = SourceFile(name: "model.bin", path: "/absent", size: 250 << 20)
        let content = try ArtifactContent(serviceFiles: [file])
        try SizeInspection.check([InspectedArtifact(name: "a.zip", content: content)])
    }

    @Test func `libraries for another architecture or a newer glibc are reported with function, file and distribution`()
        async throws
    {
        try await Bench.with(runtime: "python3.11") { bench in
            let arm = ELFBuilder(machine: 183).build()
            let new = ELFBuilder(versions: ["GLIBC_2.28"]).build()
            let good = ELFBuilder(versions: ["GLIBC_2.17"]).build()
            let wheel = WheelFixture(
                "fast",
                tag: "cp311-cp311-manylinux_2_17_x86_64",
                [
                    Entry("fast/_a.cpython-311-x86_64-linux-gnu.so", bytes: arm),
                    Entry("fast/_b.abi3.so", bytes: new),
                    Entry("fast/_c.abi3.so", bytes: good),
                    Entry("fast.libs/libx.so.1", bytes: new),
                ]
            )
            let own = [try bench.file("native.so", arm)]
            let artifact = try await artifact(bench, [wheel], own: own, functions: [function("a.b")])
            let findings = try await NativeInspection(openWheels: bench.openWheels).findings(in: artifact)
            let start = "function 'take' (orders.zip): "
            #expect(
                findings.map(\.message) == [
                    start + "'fast.libs/libx.so.1' of distribution 'fast' requires glibc 2.28, but python3.11 has 2.26",
                    start
                        + "'fast/_a.cpython-311-x86_64-linux-gnu.so' of distribution 'fast' was built for arm64, not for x86_64",
                    start + "'fast/_b.abi3.so' of distribution 'fast' requires glibc 2.28, but python3.11 has 2.26",
                    start + "'native.so' of the service was built for arm64, not for x86_64",
                ]
            )
            #expect(findings.map(\.severity) == [.warning, .error, .error, .warning])
        }
    }

    @Test func `modules that are only built for other Python versions are reported`() async throws {
        try await Bench.with(runtime: "python3.11") { bench in
            let elf = ELFBuilder().build()
            let wheel = WheelFixture(
                "fast",
                [
                    Entry("fast/_a.cpython-312-x86_64-linux-gnu.so", bytes: elf),
                    Entry("fast/_b.cpython-312-x86_64-linux-gnu.so", bytes: elf),
                    Entry("fast/_b.cpython-311-x86_64-linux-gnu.so", bytes: elf),
                    Entry("fast/_c.so", bytes: elf),
                ]
            )
            let findings = try await NativeInspection(openWheels: bench.openWheels)
                .findings(in: artifact(bench, [wheel]))
            #expect(
                findings.map(\.message) == [
                    "artifact 'orders.zip': 'fast/_a' of distribution 'fast' is built for 'cpython-312-x86_64-linux-gnu',"
                        + " not for python3.11"
                ]
            )
        }
    }

    @Test(arguments: ["python3.6": "36m", "python3.7": "37m", "python3.8": "38", "python3.14": "314"])
    func `modules for the Python version of the runtime are accepted`(runtime: String, tag: String) async throws {
        try await Bench.with(runtime: runtime) { bench in
            let elf = ELFBuilder().build()
            let suffixes = ["cpython-\(tag)-x86_64-linux-gnu.so", "cpython-\(tag).so", "abi3.so", "so"]
            let wheel = WheelFixture(
                "fast",
                suffixes.enumerated().map { Entry("fast/_\($0.offset).\($0.element)", bytes: elf) }
            )
            let findings = try await NativeInspection(openWheels: bench.openWheels)
                .findings(in: artifact(bench, [wheel]))
            #expect(findings.isEmpty)
        }
    }

    @Test func `the audit of a wheel is cached`() async throws {
        try await Bench.with { bench in
            let wheel = WheelFixture(
                "fast",
                [
                    Entry("a.so", bytes: ELFBuilder(machine: 8).build()),
                    Entry("b.py", "import pkg_resources\npkg_resources.get_distribution('b')\n"),
                    Entry("c.py", "from importlib.metadata import entry_points\nx = entry_points(group='c.plugins')"),
                ]
            )
            let stored = try bench.store(wheel)
            let first = try await bench.openWheels.audits(of: [stored])
            #expect(first[0].metadataSubjects == ["b"])
            #expect(first[0].entryPointGroups.contains("c.plugins"))
            #expect(first[0].nativeFiles.map(\.path) == ["a.so"])
            try bench.files.remove(stored.path)
            let second = try await OpenWheels(cache: bench.folder / "cache", files: bench.files, processorCount: 2)
                .audits(of: [stored])
            #expect(first == second)
        }
    }

    @Test func `a file that differs from RECORD is an error, and one that is not in RECORD is noted`() async throws {
        try await Bench.with { bench in
            var wheel = WheelFixture("a", [Entry("a.py", "x = 1"), Entry("b.py", "y = 1")])
            wheel.recordLines = ["a.py": "", "b.py": "b.py,,"]
            #expect(try await bench.openWheels.audits(of: [bench.store(wheel)])[0].unlistedFiles == ["a.py", "b.py"])
            wheel.recordLines = ["a.py": "a.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,5"]
            let stored = try bench.store(wheel)
            let error = await #expect(throws: WheelError.self) { try await bench.openWheels.audits(of: [stored]) }
            #expect(error?.diagnostics.first?.code == .recordMismatch)
        }
    }

    @Test func `metadata that is needed but removed by slim is reported once`() async throws {
        try await Bench.with { bench in
            let wheels = [
                WheelFixture(
                    "asks",
                    [Entry("asks.py", "from importlib.metadata import version\n__version__ = version(__name__)")]
                ),
                WheelFixture("quiet", [Entry("quiet.py", "x = 1")]),
            ]
            let inspection = MetadataInspection(openWheels: bench.openWheels)
            #expect(try await inspection.findings(in: artifact(bench, wheels)).isEmpty)
            let slim = try await bench.requirements(wheels) { $0.slim = SlimRules() }
            let content = try ArtifactContent(serviceFiles: [], requirements: .root(slim))
            let findings = try await inspection.findings(in: InspectedArtifact(name: "a.zip", content: content))
            #expect(
                MetadataInspection.summary(of: findings + findings, at: nil).map(\.message) == [
                    "'slim' removes metadata that is read at run time: 'asks' reads its own when it is imported"
                ]
            )
        }
    }

    /// A handler, a file's name and content, and whether something is wrong with them.
    static let handlers: [(handler: String, file: String, source: String, isFound: Bool)] = [
        ("app.main", "app.py", "def main(event, context):\n    pass\n", true),
        ("app.main", "app.py", "async def main(event, context): pass", true),
        ("app.main", "app.py", "class main: pass", true),
        ("app.main", "app.py", "main = wrap(other)", true),
        ("app.main", "app.py", "main: Handler = wrap(other)", true),
        ("app.main", "app.py", "from x import main", true),
        ("app.main", "app.py", "from x import (\n  other,\n  main,\n)", true),
        ("app.main", "app.py", "from x import y as main", true),
        ("app.main", "app.py", "from x import *", true),
        ("app.main", "app.py", "globals()['ma' + 'in'] = f", true),
        ("app.main", "app.py", "def mainly(): pass\n# main\nmain()\nx.main\n", false),
        ("app.main", "app.py", "", false),
        ("src/app.main", "src/app.py", "def main(): pass", true),
        ("./src/app.main", "src/app.py", "def main(): pass", true),
        ("src.app.main", "src/app.py", "def main(): pass", true),
        ("app.main", "app/__init__.py", "def main(): pass", true),
        ("app.main", "app.cpython-312-x86_64-linux-gnu.so", "", true),
        ("app.main", "other.py", "def main(): pass", false),
        ("main", "main.py", "def main(): pass", false),
    ]

    @Test(arguments: handlers)
    func `the file and the symbol of a Python handler are checked`(
        handler: String,
        file: String,
        source: String,
        isFound: Bool
    ) async throws {
        #expect(try await finds(function(handler), in: file, source) == isFound)
    }

    /// The same for Node.js.
    static let nodeHandlers: [(handler: String, file: String, source: String, isFound: Bool)] = [
        ("app.main", "app.js", "exports.main = async () => {}", true),
        ("app.main", "app.js", "module.exports.main = f", true),
        ("app.main", "app.js", "module.exports = { run: f }", true),
        ("app.main", "app.js", "module.exports.other = f // main", false),
        ("app.main", "app.mjs", "export const main = f", true),
        ("app.main", "app.mjs", "export * from './x'", true),
        ("app.main", "app.mjs", "export default main2", false),
        ("app.main", "app.cjs", "exports.main = f", true),
        ("app.main", "app.ts", "", false), ("app.main", "app.wasm", "", true),
        ("src/app.a.b", "src/app.js", "exports.a = { b }", true),
        ("app.main", "apps.js", "exports.main = f", false),
        ("wrapper.main", "node_modules/wrapper/index.js", "exports.main = f", true),
    ]

    @Test(arguments: nodeHandlers)
    func `the file and the symbol of a Node handler are checked`(
        handler: String,
        file: String,
        source: String,
        isFound: Bool
    ) async throws {
        let function = InspectedArtifact.Function(key: "f", handler: handler, runtime: .other("nodejs22.x"))
        #expect(try await finds(function, in: file, source) == isFound)
    }

    @Test func `a missing handler is reported with its location and the nearest file`() async throws {
        try await Bench.with { bench in
            var function = function("src/order.take")
            function.handlerPlace = SourcePlace(file: "serverless.yml", line: 9, column: 14)
            let own = [try bench.file("src/orders.py", "def take(): pass")]
            let artifact = try await artifact(bench, own: own, functions: [function])
            let findings = try HandlerInspection(files: LiveFileSystem()).findings(in: artifact)
                .map(\.diagnostic)
            #expect(
                findings.map(\.message)
                    == [
                        "function 'take': handler 'src/order.take' needs the file 'src/order.py', which is not in the artifact"
                    ]
            )
            #expect(findings.first?.place == function.handlerPlace)
            #expect(findings.first?.help == ["did you mean 'src/orders.py'?"])
            #expect(findings.first?.severity == .error)
            function.hasLayers = true
            let layered = try await self.artifact(bench, own: own, functions: [function])
            #expect(try HandlerInspection(files: LiveFileSystem()).findings(in: layered).isEmpty)
        }
    }

    @Test func `a missing handler is only a warning if a plugin that is not run may add it`() async throws {
        try await Bench.with { bench in
            let artifact = try await artifact(bench, functions: [function("wsgi_handler.handler")])
            let inspection = HandlerInspection(files: LiveFileSystem(), pluginsNotRun: ["serverless-wsgi"])
            let finding = try #require(try inspection.findings(in: artifact).first?.diagnostic)
            #expect(finding.severity == .warning)
            #expect(finding.notes.last == "the plugin 'serverless-wsgi' is not run, and may add it")
        }
    }

    @Test(arguments: [
        ("bin/list", "go1.x", ["main.go"], "bin/list"), ("list", "provided.al2023", ["main.go"], "bootstrap"),
        ("bin/list", "go1.x", ["bin/list"], nil), ("list", "provided.al2", ["bootstrap"], nil),
    ])
    func `an executable that is not in the artifact is a warning`(
        handler: String,
        runtime: String,
        files: [String],
        missing: String?
    ) async throws {
        try await Bench.with { bench in
            let function = InspectedArtifact.Function(key: "f", handler: handler, runtime: .other(runtime))
            let own = try files.map { try bench.file($0, "") }
            let artifact = try await artifact(bench, own: own, functions: [function])
            let findings = try HandlerInspection(files: LiveFileSystem()).findings(in: artifact)
                .map(\.diagnostic)
            #expect(findings.map(\.severity) == (missing == nil ? [] : [.warning]))
            if let missing { #expect(findings.first?.message.contains("needs the file '\(missing)'") == true) }
        }
    }

    @Test func `a missing handler is only a warning in an artifact with nothing but requirements`() async throws {
        try await Bench.with { bench in
            let artifact = try await artifact(bench, functions: [function("order.take")])
            let findings = try HandlerInspection(files: LiveFileSystem()).findings(in: artifact)
                .map(\.diagnostic)
            #expect(findings.map(\.severity) == [.warning])
        }
    }

    @Test func `a missing handler is only a warning if the function has a module that has no effect`() async throws {
        try await Bench.with { bench in
            var function = function("order.take")
            function.hasIgnoredModule = true
            let own = [try bench.file("orders/order.py", "def take(): pass")]
            let artifact = try await artifact(bench, own: own, functions: [function])
            let finding = try #require(
                try HandlerInspection(files: LiveFileSystem()).findings(in: artifact).first?.diagnostic
            )
            #expect(finding.severity == .warning)
            #expect(
                finding.notes.last == "'module' takes effect only with 'package.individually: true', and for Python"
            )
        }
    }

    @Test func `a symbol that cannot be seen is a warning`() async throws {
        try await Bench.with { bench in
            let own = [try bench.file("app.py", "def other(): pass")]
            let artifact = try await artifact(bench, own: own, functions: [function("app.main")])
            let findings = try HandlerInspection(files: LiveFileSystem()).findings(in: artifact)
                .map(\.diagnostic)
            #expect(findings.map(\.severity) == [.warning])
            #expect(findings.map(\.code) == [.handlerNotFound])
        }
    }
}
