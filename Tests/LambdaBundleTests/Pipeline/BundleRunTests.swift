import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing
import WheelProvisioning
import ZipArchive

@testable import LambdaBundle

/// A provider that has one wheel for every requirement.
private struct SingleWheelProvider: WheelProvider {
    let wheel: StoredWheel
    /// Called with each wheel that is discarded.
    var onDiscard: @Sendable (StoredWheel) throws -> Void = { _ in }

    func discard(_ wheels: [StoredWheel]) async throws { try wheels.forEach(onDiscard) }

    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel] { [wheel] }
}

/// Which files a run keeps, removes and shares.
struct BundleRunTests {
    private let files = LiveFileSystem()

    /// The service `shop` with a requirement and a function of Python, and a bundler whose clock reads a given time.
    private func with(
        isBuilt: Bool = false,
        tag: String = "py3-none-any",
        onDiscard: @escaping @Sendable (StoredWheel) throws -> Void = { _ in },
        _ body: (BundleRequest, @escaping (Int64) -> Bundler) async throws -> Void
    ) async throws {
        let parent = Environment.current().temporaryDirectory
        try await TemporaryDirectory.with(in: parent, prefix: "bundle-run") { folder in
            let service = folder / "service"
            try files.createDirectory(service)
            try files.write("def main(event, context): pass\n", to: service / "app.py")
            try files.write("greeting\n", to: service / "requirements.txt")
            let path = try WheelBuilder("greeting", "1.0", tag: tag).write(to: folder)
            var wheel = StoredWheel(
                name: try WheelName(parsing: path.lastComponent),
                path: path,
                sha256: SHA256.digest(of: try files.read(path))
            )
            wheel.origin = isBuilt ? .thisSystem : .index
            let stored = wheel
            var request = BundleRequest(service: "shop", directory: service)
            request.runtime = ConfigurationValue(.string("python3.12"))
            request.cacheDirectory = folder / "cache"
            request.functions = [function("main", "app.main")]
            let environment = Environment()
            try await body(request) { milliseconds in
                let host = HostServices(
                    files: files,
                    processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                    transport: StubTransport.unreachable,
                    environment: environment,
                    wallClock: WallClock { milliseconds }
                )
                return Bundler(host, provider: SingleWheelProvider(wheel: stored, onDiscard: onDiscard))
            }
        }
    }

    private func function(_ key: String, _ handler: String, runtime: String? = nil) -> BundleFunction {
        var function = BundleFunction(key: key)
        function.handler = ConfigurationValue(.string(handler))
        function.runtime = runtime.map { ConfigurationValue(.string($0)) }
        return function
    }

    /// The wheel of the requirement, as a path in the directory of a test.
    private func wheelPath(_ request: BundleRequest) -> LocalPath {
        request.directory.parent / WheelBuilder("greeting", "1.0").fileName
    }

    /// Changes one bit of a module in a wheel, so that the archive can still be opened.
    private func damage(_ wheel: LocalPath) throws {
        var bytes = try files.read(wheel)
        let index = try #require(bytes.indices.first { bytes[$0...].starts(with: "version".utf8) })
        bytes[index] ^= 1
        try files.write(bytes, to: wheel)
    }

    @Test func `a wheel whose content has changed unnoticed is discarded, and the artifact is made again`()
        async throws
    {
        let restored = Mutex(0)
        try await with(onDiscard: { wheel in
            restored.withLock { $0 += 1 }
            try LiveFileSystem().write(WheelBuilder("greeting", "1.0").bytes(), to: wheel.path)
        }) { request, bundler in
            var request = request
            request.installsRequirements = true
            try damage(wheelPath(request))
            let report = try await bundler(0).bundle(request)
            #expect(restored.withLock { $0 } == 1)
            let archive = try ZipReader(opening: report.artifacts[0].path.string)
            let entry = try #require(archive.entry(named: "greeting/__init__.py"))
            #expect(try archive.contents(of: entry) == Array("version = '1.0'\n".utf8))
        }
    }

    @Test func `a wheel that is damaged again is an error, and no artifact is written`() async throws {
        try await with { request, bundler in
            var request = request
            request.installsRequirements = true
            try damage(wheelPath(request))
            let error = await #expect(throws: DiagnosticError.self) { try await bundler(0).bundle(request) }
            #expect(error?.diagnostics.map(\.code) == [.damagedWheel])
            #expect(!files.exists(request.outputDirectory / "shop.zip"))
        }
    }

    /// A mapping of the configuration whose values are at a line.
    private func mapping(_ members: [String: ConfigurationValue.Content], line: Int) -> ConfigurationValue {
        let place = SourcePlace(file: "serverless.yml", line: line, column: 3)
        var map: OrderedMap<ConfigurationValue> = [:]
        for (key, content) in members.sorted(by: { $0.key < $1.key }) {
            map[key] = ConfigurationValue(content, at: place)
        }
        return ConfigurationValue(.map(map), at: place, keyAt: place)
    }

    @Test(
        arguments: [
            ("plain text", "is not a zip archive, or it is truncated"),
            ("", "is not a zip archive, or it is truncated"),
            (nil, nil),
        ] as [(String?, String?)]
    )
    func `a package artifact that is not a zip archive is reported where it is named`(
        content: String?,
        problem: String?
    ) async throws {
        try await with { request, bundler in
            var request = request
            let archive = content.map { Array($0.utf8) } ?? ZipBuilder([.init("app.py", "x = 1")]).build()
            try files.write(archive, to: request.directory / "own.jar")
            request.package = mapping(["artifact": .string("own.jar")], line: 5)
            let report = try await bundler(0).bundle(request)
            #expect(report.findings.map(\.code) == (problem == nil ? [] : [.invalidPackageArtifact]))
            #expect(report.findings.first?.message == problem.map { "package artifact 'own.jar' of the service \($0)" })
            #expect(report.findings.first?.place?.line == (problem == nil ? nil : 5))
        }
    }

    @Test func `secrets in the package are reported, also when nothing has changed`() async throws {
        try await with { request, bundler in
            var request = request
            try files.write("TOKEN=1", to: request.directory / ".env")
            request.package = mapping([:], line: 3)
            for origin in [BundleReport.Artifact.Origin.written, .reused] {
                let report = try await bundler(4_000_000_000_000).bundle(request)
                #expect(report.artifacts.map(\.origin) == [origin])
                #expect(report.findings.map(\.code) == [.strayFiles])
                #expect(report.findings.first?.message.hasSuffix(": '.env'") == true)
                #expect(report.findings.first?.place?.line == 3)
            }
        }
    }

    @Test func `zips in a folder that the user names are not removed`() async throws {
        try await with { request, bundler in
            var request = request
            request.outputDirectory = request.directory / "out"
            let own = [request.outputDirectory / "backup.zip", request.outputDirectory / "deep/data.zip"]
            for path in own {
                try files.createDirectory(path.parent)
                try files.write("mine", to: path)
            }
            let report = try await bundler(0).bundle(request)
            #expect(report.artifacts.map(\.path) == [request.outputDirectory / "shop.zip"])
            for path in own { #expect(try files.readText(path) == "mine") }
        }
    }

    @Test func `zips outside of the artifacts' folder are not removed`() async throws {
        try await with { request, bundler in
            let own = request.directory / "backup.zip"
            let other = request.outputDirectory / "notes.txt"
            try files.createDirectory(request.outputDirectory)
            for path in [own, other] { try files.write("mine", to: path) }
            _ = try await bundler(0).bundle(request)
            for path in [own, other] { #expect(try files.readText(path) == "mine") }
        }
    }

    @Test func `functions without requirements run the archive if the shared zip is empty`() async throws {
        try await with { request, bundler in
            var request = request
            request.installsRequirements = true
            request.pythonRequirements = ConfigurationValue(.map(["zip": ConfigurationValue(.bool(true))]))
            request.package = ConfigurationValue(
                .map(["patterns": ConfigurationValue(.list([ConfigurationValue(.string("!**"))]))])
            )
            request.functions.append(function("web", "web.main", runtime: "nodejs22.x"))
            // The handlers are in layers.
            for index in request.functions.indices { request.functions[index].hasLayers = true }
            let report = try await bundler(0).bundle(request)
            #expect(report.artifacts.count == 1)
            #expect(report.functions == ["main": 0, "web": 0])
        }
    }

    /// The request with a function whose handler is at a line.
    private func request(_ request: BundleRequest, handler: String, line: Int) -> BundleRequest {
        var request = request
        let place = SourcePlace(file: "serverless.yml", line: line, column: 14)
        request.functions = [function("main", handler)]
        request.functions[0].handler?.place = place
        return request
    }

    @Test func `a warning about an unchanged artifact is at the current place of the handler`() async throws {
        try await with { service, bundler in
            let later = Int64(4_000_000_000_000)
            for line in [7, 9] {
                let report = try await bundler(later)
                    .bundle(request(service, handler: "app.absent", line: line))
                #expect(report.artifacts.map(\.origin) == [line == 7 ? .written : .reused])
                #expect(report.findings.map(\.code) == [.handlerNotFound])
                #expect(report.findings.first?.place?.line == line)
            }
        }
    }

    @Test func `a handler that only a layer may contain is an error without the layer, although no file has changed`()
        async throws
    {
        try await with { service, bundler in
            var layered = request(service, handler: "absent.main", line: 7)
            layered.functions[0].hasLayers = true
            let later = Int64(4_000_000_000_000)
            let report = try await bundler(later).bundle(layered)
            #expect(report.findings.isEmpty)
            let error = await #expect(throws: DiagnosticError.self) {
                try await bundler(later).bundle(request(service, handler: "absent.main", line: 7))
            }
            #expect(error?.diagnostics.map(\.code) == [.handlerNotFound])
        }
    }

    @Test(arguments: [
        // One file, one directory, and files without anything in common; `#` is the number of the function.
        ("absent.main", ["the handlers of 9 functions need the file 'absent.py', which is not in the artifact"]),
        (
            "build/f#.main",
            ["the handlers of 9 functions need files in the directory 'build', which is not in the artifact"]
        ),
        (
            "f#.main",
            (1...3)
                .map { number in
                    "function 'f\(number)': handler 'f\(number).main' needs the file 'f\(number).py', which is not in the artifact"
                } + ["there are 6 more problems, which are not shown"]
        ),
    ])
    func `handlers that are missing for the same reason are one error`(handler: String, messages: [String]) async throws
    {
        try await with { service, bundler in
            var all = request(service, handler: "absent.main", line: 7)
            all.functions = (1...9)
                .map { number in
                    var function = function("f\(number)", handler.replacing("#", with: "\(number)"))
                    function.handler?.place = SourcePlace(file: "serverless.yml", line: number, column: 5)
                    return function
                }
            let many = all
            let error = await #expect(throws: DiagnosticError.self) { try await bundler(1).bundle(many) }
            #expect(error?.diagnostics.map(\.message) == messages)
            if messages.count == 1 {
                let places = "also at serverless.yml:2:5, serverless.yml:3:5 and 6 more"
                #expect(error?.diagnostics.first?.notes.first == places)
            }
        }
    }

    @Test func `a missing handler of another language is a warning beside functions with modules`() async throws {
        try await with { service, bundler in
            var all = request(service, handler: "app.main", line: 7)
            all.functions.append(function("node", "absent.main", runtime: "nodejs22.x"))
            let alone = all
            let error = await #expect(throws: DiagnosticError.self) { try await bundler(1).bundle(alone) }
            #expect(error?.diagnostics.map(\.code) == [.handlerNotFound])
            all.functions[0].module = ConfigurationValue(.string("app"))
            let report = try await bundler(1).bundle(all)
            let finding = try #require(report.findings.first { $0.code == .handlerNotFound })
            #expect(finding.severity == .warning)
        }
    }

    @Test(arguments: [(Int64(5), false), (19, false), (30, true), (1000, true)])
    func `an artifact is reused only if its files changed well before the run`(
        millisecondsLater: Int64,
        isReused: Bool
    ) async throws {
        try await with { request, bundler in
            let changes = try ["app.py", "requirements.txt"]
                .map { name in
                    try #require(files.statusIfPresent(of: request.directory / name)).changedNanoseconds
                }
            let time = try #require(changes.max()) / 1_000_000 + millisecondsLater
            _ = try await bundler(time).bundle(request)
            let again = try await bundler(time + 60_000).bundle(request)
            #expect(again.artifacts.map(\.origin) == [isReused ? .reused : .written])
        }
    }
}
