import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning

@testable import LambdaBundle

/// Provides the same wheel for all requirements.
private struct OneWheel: WheelProvider {
    func discard(_ wheels: [StoredWheel]) async throws {}
    let wheel: StoredWheel

    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel] {
        options.excluded.contains(wheel.name.name) ? [] : [wheel]
    }
}

struct BundlerTests {
    private let files = LiveFileSystem()

    /// Makes a service with a requirement, and a bundler that has its wheel.
    private func with(_ body: (BundleRequest, Bundler) async throws -> Void) async throws {
        let parent = Environment.current().temporaryDirectory
        try await TemporaryDirectory.with(in: parent, prefix: "bundler") { folder in
            let service = folder / "service"
            try files.createDirectory(service)
            try files.write("def main(event, context): pass\n", to: service / "app.py")
            try files.write("greeting\n", to: service / "requirements.txt")
            let path = try WheelBuilder("greeting", "1.0").write(to: folder)
            let wheel = StoredWheel(
                name: try WheelName(parsing: path.lastComponent),
                path: path,
                sha256: SHA256.digest(of: try files.read(path))
            )
            var request = BundleRequest(service: "shop", directory: service)
            request.installsRequirements = true
            request.runtime = ConfigurationValue(.string("python3.12"))
            request.cacheDirectory = folder / "cache"
            var function = BundleFunction(key: "main")
            function.handler = ConfigurationValue(.string("app.main"))
            request.functions = [function]
            let host = HostServices(
                files: files,
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: StubTransport.unreachable,
                environment: Environment(),
                // A clock that is ahead, so that files made just now count as settled.
                wallClock: WallClock { WallClock.live.nowMilliseconds + 60_000 }
            )
            try await body(request, Bundler(host, provider: OneWheel(wheel: wheel)))
        }
    }

    @Test(arguments: [
        ("venv/bin/python", "/service/venv/bin/python"), ("./python", "/service/python"),
        ("/usr/bin/python3", "/usr/bin/python3"), ("python3.12", "python3.12"),
    ])
    func `a path in pythonBin is relative to the service`(_ written: String, _ meant: String) throws {
        var request = BundleRequest(service: "shop", directory: "/service")
        request.installsRequirements = true
        request.pythonRequirements = ConfigurationValue(.map(["pythonBin": ConfigurationValue(.string(written))]))
        let preparation = try BundlePreparation(request, files: files, environment: Environment())
        #expect(preparation.provisioningOptions.interpreter == meant)
    }

    @Test func `options of requirements are ignored if no requirements are installed`() async throws {
        try await with { request, bundler in
            var request = request
            request.pythonRequirements = ConfigurationValue(
                .map(["dockerizePip": ConfigurationValue(.string("sometimes"))])
            )
            await #expect(throws: DiagnosticError.self) { try await bundler.bundle(request) }
            request.installsRequirements = false
            let report = try await bundler.bundle(request)
            #expect(report.artifacts.count == 1)
        }
    }

    @Test func `artifacts are rebuilt with bytecode after an interpreter has been installed`() async throws {
        try await with { request, bundler in
            var request = request
            request.pythonRequirements = ConfigurationValue(.map(["compileBytecode": ConfigurationValue(.bool(true))]))
            let first = try await bundler.bundle(request)
            #expect(first.findings.map(\.code).contains(.bytecodeNotCompiled))
            #expect(try await bundler.bundle(request).artifacts.map(\.origin) == [.reused])
            let folder = request.directory.parent / "programs"
            try files.createDirectory(folder)
            let options = FileWriteOptions(mode: 0o755, setsExactMode: true)
            try files.write(Array("#!/bin/sh\n".utf8), to: folder / "python3.12", options: options)
            var host = bundler.host
            host.environment.variables["PATH"] = folder.string
            let other = Bundler(host, provider: bundler.provider)
            #expect(try await other.bundle(request).artifacts.map(\.origin) == [.written])
        }
    }

    @Test(arguments: [("3.12", true), ("3.9", false)])
    func `a build image with another Python version is an error`(_ python: String, _ fits: Bool) async throws {
        try await with { request, bundler in
            var request = request
            let image = "public.ecr.aws/sam/build-python\(python):latest-x86_64"
            request.pythonRequirements = ConfigurationValue(
                .map([
                    "dockerizePip": ConfigurationValue(.bool(true)), "dockerImage": ConfigurationValue(.string(image)),
                ])
            )
            if fits {
                let artifacts = try await bundler.bundle(request).artifacts
                #expect(artifacts.count == 1)
            } else {
                let error = await #expect(throws: DiagnosticError.self) { try await bundler.bundle(request) }
                #expect(error?.diagnostics.first?.code == .imagePythonMismatch)
            }
        }
    }

    @Test func `zip files in installed requirements are not removed as stale artifacts`() async throws {
        try await with { request, bundler in
            let bundled = request.outputDirectory / "requirements/data/zones.zip"
            let stale = request.outputDirectory / "gone.zip"
            _ = try await bundler.installRequirements(of: request)
            try files.createDirectory(bundled.parent)
            for path in [bundled, stale] { try files.write("archive", to: path) }
            _ = try await bundler.bundle(request)
            #expect(files.isFile(bundled))
            #expect(!files.exists(stale))
        }
    }

    @Test func `an artifact is reused while nothing changes, and rebuilt after a change`() async throws {
        try await with { request, bundler in
            let first = try await bundler.bundle(request)
            #expect(first.artifacts.map(\.fileName) == ["shop.zip"])
            #expect(first.artifacts.first?.origin == .written)
            #expect(first.artifacts.first?.distributions.map(\.name) == ["greeting"])
            #expect(first.functions == ["main": 0])
            let second = try await bundler.bundle(request)
            #expect(second.artifacts.first?.origin == .reused)
            #expect(second.artifacts.first?.sha256 == first.artifacts.first?.sha256)
            #expect(second.artifacts.first?.distributions == first.artifacts.first?.distributions)
            try files.write("def main(event, context): return 1\n", to: request.directory / "app.py")
            let third = try await bundler.bundle(request)
            #expect(third.artifacts.first?.origin == .written)
            #expect(third.artifacts.first?.sha256 != first.artifacts.first?.sha256)
        }
    }

    @Test func `a failure keeps the previous artifacts and leaves no partial output`() async throws {
        try await with { request, bundler in
            _ = try await bundler.bundle(request)
            let before = try files.read(request.outputDirectory / "shop.zip")
            var broken = request
            broken.package = ConfigurationValue(
                .map(["patterns": ConfigurationValue(.list([ConfigurationValue(.string("!**"))]))])
            )
            await #expect(throws: DiagnosticError.self) { try await bundler.bundle(broken) }
            #expect(try files.read(request.outputDirectory / "shop.zip") == before)
            #expect(try files.entries(of: request.outputDirectory).map(\.name) == ["shop.zip"])
        }
    }

    @Test func `a failure in the first run leaves no output directory`() async throws {
        try await with { request, bundler in
            var broken = request
            broken.package = ConfigurationValue(
                .map(["patterns": ConfigurationValue(.list([ConfigurationValue(.string("!**"))]))])
            )
            await #expect(throws: DiagnosticError.self) { try await bundler.bundle(broken) }
            #expect(!files.exists(request.outputDirectory))
        }
    }

    @Test func `zip files that no function uses any more are removed`() async throws {
        try await with { request, bundler in
            _ = try await bundler.bundle(request)
            var other = request
            other.service = "store"
            _ = try await bundler.bundle(other)
            #expect(try files.entries(of: request.outputDirectory).map(\.name) == ["store.zip"])
        }
    }

    @Test func `requirements are installed with the same layout as in an artifact`() async throws {
        try await with { request, bundler in
            let (installed, _) = try await bundler.installRequirements(of: request)
            #expect(installed.map(\.directory) == [request.directory / ".serverless/requirements"])
            #expect(installed.map(\.functions) == [["main"]])
            let names = try files.entries(of: request.directory / ".serverless/requirements").map(\.name)
            #expect(names.contains { $0.hasPrefix("greeting-1.0.dist-info") })
        }
    }

    /// Options and files of a service, and the severity of the problem that `fileName` does not exist.
    struct MissingFileName: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var options: [String: ConfigurationValue] = [:]
        var files: [String: String] = [:]
        var runtime = "python3.12"
        let severity: Diagnostic.Severity?
    }

    @Test(arguments: [
        MissingFileName(testDescription: "functions without requirements", severity: .error),
        MissingFileName(
            testDescription: "a layer without requirements",
            options: ["layer": ConfigurationValue(.bool(true))],
            severity: .error
        ),
        MissingFileName(
            testDescription: "a vendor directory",
            options: ["vendor": ConfigurationValue(.string("lib"))],
            files: ["lib/a.py": ""],
            severity: .warning
        ),
        MissingFileName(
            testDescription: "a layer with a vendor directory",
            options: ["vendor": ConfigurationValue(.string("lib")), "layer": ConfigurationValue(.bool(true))],
            files: ["lib/a.py": ""],
            severity: .warning
        ),
        MissingFileName(
            testDescription: "another source",
            files: ["Pipfile": "[packages]\ngreeting = '*'\n"],
            severity: .warning
        ),
        MissingFileName(testDescription: "no function of Python", runtime: "nodejs20.x", severity: .warning),
        MissingFileName(testDescription: "the file of a module", files: ["mod/prod.txt": "greeting\n"], severity: nil),
    ])
    func `a fileName that does not exist is an error if functions have no requirements`(
        test: MissingFileName
    ) async throws {
        try await with { request, bundler in
            let place = SourcePlace(file: "serverless.yml", line: 6, column: 15)
            var request = request
            var options: OrderedMap<ConfigurationValue> = [
                "fileName": ConfigurationValue(.string("prod.txt"), at: place)
            ]
            for (key, value) in test.options { options[key] = value }
            request.pythonRequirements = ConfigurationValue(.map(options))
            request.runtime = ConfigurationValue(.string(test.runtime))
            for (path, text) in test.files {
                try files.createDirectory((request.directory / path).parent)
                try files.write(text, to: request.directory / path)
            }
            if test.files["mod/prod.txt"] != nil {
                request.package = ConfigurationValue(.map(["individually": ConfigurationValue(.bool(true))]))
                request.functions[0].module = ConfigurationValue(.string("mod"))
                request.functions[0].handler = nil
            }
            let preparation = Result { () throws(DiagnosticError) in
                try BundlePreparation(request, files: files, environment: Environment())
            }
            let findings: [Diagnostic]
            switch preparation {
            case .success(let value): findings = value.findings
            case .failure(let error): findings = error.diagnostics
            }
            let missing = findings.filter { $0.code == .fileNameNotFound }
            #expect(missing.map(\.severity) == [test.severity].compactMap { $0 })
            #expect(missing.allSatisfy { $0.place == place })
        }
    }

    @Test(arguments: [
        ("--index-url https://u:p@h/simple\ngreeting\n", 1, 21),
        ("greeting\n--index-url https://u:p@h/simple\n", 2, 21),
        ("greeting @ git+https://\(String(repeating: "t", count: 20))@h/x\n", 1, 24),
        ("# ä https://u:p@h/\ngreeting\n", 1, 13), ("greeting # https://h/a https://:p@h/\n", 1, 32),
        ("--index-url https://u:${TOKEN}@h/simple\ngreeting\n", 0, 0),
        ("--index-url https://${TOKEN}@h/simple\ngreeting\n", 0, 0), ("greeting @ git+ssh://git@h/x\n", 0, 0),
        ("--index-url https://user@h/simple\ngreeting\n", 0, 0), ("--index-url https://h/u:p@x\ngreeting\n", 0, 0),
        ("--index-url https://u:@h/simple\ngreeting\n", 0, 0),
    ])
    func `a packaged requirements file with credentials is a warning at its place`(
        text: String,
        line: Int,
        column: Int
    ) async throws {
        try await with { request, _ in
            let path = request.directory / "requirements.txt"
            try files.write(text, to: path)
            let credentials = PackagedCredentials(sources: [path, path], directory: request.directory, files: files)
            let findings = credentials.findings(in: [path])
            let places = findings.compactMap(\.place)
            #expect(places == (line == 0 ? [] : [SourcePlace(file: "requirements.txt", line: line, column: column)]))
            #expect(findings.allSatisfy { $0.code == .packagedCredentials && $0.severity == .warning })
            #expect(credentials.findings(in: [request.directory / "app.py"]).isEmpty)
        }
    }

    @Test func `credentials in a file that patterns exclude are not reported`() async throws {
        try await with { request, bundler in
            try files.write("--extra-index-url https://u:p@h/\ngreeting\n", to: request.directory / "requirements.txt")
            let report = try await bundler.bundle(request)
            #expect(report.findings.count { $0.code == .packagedCredentials } == 1)
            // The warning does not depend on whether the artifact was rebuilt.
            let again = try await bundler.bundle(request)
            #expect(again.findings.count { $0.code == .packagedCredentials } == 1)
            var request = request
            let patterns = [ConfigurationValue(.string("!requirements.txt"))]
            request.package = ConfigurationValue(.map(["patterns": ConfigurationValue(.list(patterns))]))
            let excluded = try await bundler.bundle(request)
            #expect(!excluded.findings.contains { $0.code == .packagedCredentials })
        }
    }
}
