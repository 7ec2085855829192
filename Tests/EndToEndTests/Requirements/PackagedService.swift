import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// A service whose requirements are wheels in its own directory, so that packaging needs no index and no engine.
struct PackagedService {
    /// A program with the service as its directory.
    var program: Program
    /// The directory of the service.
    var folder: LocalPath { program.directory }

    /// The options that select the wheels in the directory `wheels`.
    static let wheels = "--no-index\n--find-links wheels\n"

    /// The text of a `serverless.yml`.
    ///
    /// - Parameters:
    ///   - options: lines of `custom.pythonRequirements`.
    ///   - functions: lines of `functions`.
    ///   - package: the value of `package`, in one line.
    ///   - provider: the value of `provider`, in one line.
    /// - Returns: the text.
    static func configuration(
        _ options: String = "",
        functions: String = "main: {handler: app.main}",
        package: String = "{patterns: ['!**', '*.py']}",
        provider: String = "{name: aws, runtime: python3.12}"
    ) -> String {
        func indented(_ text: String, _ count: Int) -> String {
            text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 + "\n" }.joined()
        }
        return """
            service: shop
            frameworkVersion: '3'
            plugins: [serverless-python-requirements]
            provider: \(provider)
            package: \(package)
            custom:
              pythonRequirements:
                cacheLocation: ./cache

            """ + indented(options, 4) + "functions:\n" + indented(functions, 2)
    }

    /// Runs a body with a service that has the given files; every run of the program must succeed without an engine.
    static func with(
        _ configuration: String,
        _ files: [String: String] = [:],
        wheels: [WheelBuilder] = [WheelBuilder("part", "1.0")],
        _ body: (PackagedService) async throws -> Void
    ) async throws {
        var all = [
            "serverless.yml": configuration, "app.py": "def main(event, context): pass\n",
            "requirements.txt": Self.wheels + "part\n",
        ]
        all.merge(files) { $1 }
        try await Program.onFiles(all) { program in
            var service = PackagedService(program: program)
            service.program.variables["FUROSHIKI_CONTAINER_CLI"] = "/nonexistent/docker"
            // Every service has its own cache, but uv is downloaded once for all tests.
            let tools = Program.root / ".cache/end-to-end/furoshiki/tools"
            let folders = (try? LiveFileSystem().entries(of: tools).map(\.name)) ?? []
            if Environment.current().nonEmpty("FUROSHIKI_UV") == nil,
                let folder = folders.first(where: { LiveFileSystem().isFile(tools / $0 / "uv") })
            {
                service.program.variables["FUROSHIKI_UV"] = (tools / folder / "uv").string
            }
            for wheel in wheels { try wheel.write(to: program.directory / "wheels") }
            try await body(service)
        }
    }

    /// Packages the service, which must succeed.
    @discardableResult
    func package(_ arguments: String...) async throws -> Program.Outcome {
        let outcome = try await program.run(["package"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    /// Packages the service, which must fail, and returns the errors.
    func errors() async throws -> String {
        let outcome = try await program.run("package")
        #expect(outcome.status == 1, "\(outcome.output)")
        return outcome.errors
    }

    /// A zip file of the package.
    func zip(_ name: String = "shop") throws -> ZipReader {
        try ZipReader(opening: (folder / ".serverless/\(name).zip").string)
    }

    /// The paths in a zip file, sorted.
    func names(_ name: String = "shop") throws -> [String] { try zip(name).entries.map(\.path.string).sorted() }

    /// The text of a file in a zip file; `nil` if there is none.
    func text(_ path: String, in name: String = "shop") throws -> String? {
        let zip = try zip(name)
        return try zip.entry(named: path).map { String(decoding: try zip.contents(of: $0), as: UTF8.self) }
    }

    /// The resources of the template.
    func resources() throws -> JSONValue {
        let path = folder / ".serverless/cloudformation-template-update-stack.json"
        return try #require(try JSONValue(parsing: LiveFileSystem().readText(path))["Resources"])
    }

    /// Replaces a file of the service.
    func write(_ text: String, to path: String) throws {
        try LiveFileSystem().createDirectory((folder / path).parent)
        try LiveFileSystem().write(text, to: folder / path)
    }

    /// A project in pure Python whose build writes to its own directory, as builds with setuptools do.
    static func project(_ name: String, text: String = "") -> [String: String] {
        let module = name.split(separator: "/").last.map { $0.replacing("-", with: "_") } ?? ""
        let backend = """
            import os, zipfile
            def build_wheel(directory, config_settings=None, metadata_directory=None):
                os.makedirs("build", exist_ok=True)
                os.makedirs("\(module).egg-info", exist_ok=True)
                name = "\(module)-1.0-py3-none-any.whl"
                with zipfile.ZipFile(os.path.join(directory, name), "w") as wheel:
                    wheel.writestr(zipfile.ZipInfo("\(module)/__init__.py"), open("\(module).py").read())
                    for file, text in {
                        "METADATA": "Metadata-Version: 2.1\\nName: \(module)\\nVersion: 1.0\\n",
                        "WHEEL": "Wheel-Version: 1.0\\nGenerator: maker\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
                        "RECORD": "",
                    }.items():
                        wheel.writestr(zipfile.ZipInfo("\(module)-1.0.dist-info/" + file), text)
                return name
            """
        return [
            "\(name)/\(module).py": text, "\(name)/maker.py": backend,
            "\(name)/pyproject.toml": """
            [project]
            name = "\(module.replacing("_", with: "-"))"
            version = "1.0"
            [build-system]
            requires = []
            build-backend = "maker"
            backend-path = ["."]
            """,
        ]
    }
}
