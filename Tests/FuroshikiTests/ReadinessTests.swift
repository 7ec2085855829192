import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

/// `check`, on services with and without problems; the day of the tests is 2023-11-14.
struct ReadinessTests {
    private static let ready = [
        "serverless.yml": """
        service: shop
        frameworkVersion: "3"
        provider: {name: aws, runtime: python3.12}
        configValidationMode: error
        plugins: [serverless-python-requirements, serverless-offline]
        functions: {main: {handler: app.main}}

        """,
        "app.py": "def main(event, context): pass\n",
        "requirements.txt": "attrs==23.1.0\nidna\n",
    ]

    private func checks(_ files: [String: String]) async throws -> (ready: Bool, [JSONValue]) {
        let run = try await ProgramRun("check --json", files: files)
        let value = try JSONValue(parsing: Array(run.output.utf8))
        #expect(run.status == (value["ready"] == true ? .success : .failure))
        return (value["ready"] == true, try #require(value["checks"]?.arrayValue))
    }

    @Test func `a service that can be packaged is ready`() async throws {
        let run = try await ProgramRun("check", files: Self.ready)
        #expect(run.status == .success)
        #expect(
            run.output == """
                versions       ok    Furoshiki 0.1.0, compatible with Serverless 3.38.0, the service requires 3
                plugins        ok    serverless-python-requirements: built in
                               note  serverless-offline (commands only): the 'offline' commands are not available
                variables      ok    all variables have values
                configuration  ok    1 function
                runtimes       ok    python3.12, 1 function: supported until 2028-10-31
                requirements   ok    requirements.txt for python3.12/x86_64: 2 requirements, which 'package' resolves

                Ready

                """
        )
    }

    @Test func `each problem has a line with its place and its remedy, and the verdict counts them`() async throws {
        var files = Self.ready
        files["serverless.yml"] = """
            service: shop
            provider: {name: aws, runtime: python3.12}
            plugins: [serverless-step-functions, serverless-prune-plugin, serverles-lift]
            custom: {a: '${env:NOT_SET}'}
            functions: {main: {handler: app.main}}

            """
        let run = try await ProgramRun("check", files: files)
        #expect(run.status == .failure)
        #expect(run.errors.contains("error: the service is not ready to be packaged"))
        #expect(run.output.hasSuffix("\nNot ready: 3 errors, 1 warning\n"))
        let (ready, checks) = try await checks(files)
        #expect(ready == false)
        func lines(_ area: String) -> [JSONValue] { checks.filter { $0["check"]?.stringValue == area } }
        #expect(lines("plugins").map { $0["status"] } == ["error", "warning", "error"])
        #expect(lines("plugins").last?["help"]?.arrayValue?.first == "did you mean 'serverless-lift'?")
        #expect(lines("variables").map { $0["code"] } == ["unresolved-variable"])
        #expect(lines("variables").first?["line"] == 4)
        #expect(lines("runtimes").map { $0["status"] } == ["note"])
    }

    @Test func `values in AWS are named, and everything else is checked`() async throws {
        var files = Self.ready
        files["serverless.yml"] = """
            service: shop
            provider: {name: aws, runtime: '${ssm:/runtime}', memorySize: '${ssm:/memory}'}
            configValidationMode: error
            functions: {main: {handler: app.main, runtime: python3.12, description: '${cf:other.Text}', timeout: lots}}

            """
        let (ready, checks) = try await checks(files)
        #expect(!ready)
        let variables = checks.filter { $0["check"] == "variables" }
        #expect(variables.map { $0["status"] } == ["warning"])
        #expect(
            variables.first?["message"]
                == "3 values in AWS, not checked: ${ssm:/runtime}, ${ssm:/memory}, ${cf:other.Text}"
        )
        let errors = checks.filter { $0["status"] == "error" }
        #expect(errors.map { $0["code"] } == ["invalid-type"])
    }

    @Test func `runtimes near their end are warnings, and unknown ones are errors`() async throws {
        var files = Self.ready
        files["serverless.yml"] = """
            service: shop
            provider: {name: aws, runtime: python3.12}
            functions:
              a: {handler: app.main, runtime: python3.7}
              b: {handler: app.main, runtime: nodejs12.x}
              c: {handler: app.main, runtime: python3.21}
              d: {handler: app.main}

            """
        let (_, checks) = try await checks(files)
        let runtimes = checks.filter { $0["check"] == "runtimes" }
            .map { "\($0["status"]?.stringValue ?? "") \($0["message"]?.stringValue ?? "")" }
        #expect(runtimes.contains("warning python3.7, 1 function: supported until 2023-12-04"))
        #expect(runtimes.contains("warning nodejs12.x, 1 function: functions cannot be updated since 2023-04-30"))
        #expect(runtimes.contains("ok python3.12, 1 function: supported until 2028-10-31"))
        #expect(runtimes.filter { $0 == "error unknown runtime 'python3.21'" }.count == 1)
    }

    @Test func `distributions without a wheel in the lock are named`() async throws {
        var files = Self.ready
        files["requirements.txt"] = nil
        files["pylock.toml"] = """
            lock-version = "1.0"
            created-by = "test"

            [[packages]]
            name = "idna"
            version = "3.4"
            wheels = [{name = "idna-3.4-py3-none-any.whl", url = "https://files.invalid/idna-3.4-py3-none-any.whl", hashes = {sha256 = "\(String(repeating: "a", count: 64))"}}]

            [[packages]]
            name = "psycopg2"
            version = "2.9.10"
            sdist = {name = "psycopg2-2.9.10.tar.gz", url = "https://files.invalid/psycopg2-2.9.10.tar.gz", hashes = {sha256 = "\(String(repeating: "b", count: 64))"}}

            """
        let (ready, checks) = try await checks(files)
        #expect(ready == true)
        let lines = checks.filter { $0["check"] == "requirements" }
        #expect(lines.first?["message"] == "pylock.toml for python3.12/x86_64: 2 distributions")
        #expect(lines.last?["message"] == "no wheel for python3.12/x86_64: psycopg2 2.9.10")
        #expect(lines.last?["status"] == "warning")
    }

    @Test(arguments: [
        ("layers: {common: {path: missing}}", "missing-layer-directory"),
        ("package: {patterns: ['app.py/**']}\nlayers: {common: {path: app.py}}", "missing-layer-directory"),
    ])
    func `requirements that are not known because of another error are not reported as none`(
        more: String,
        code: String
    ) async throws {
        var files = Self.ready
        files["serverless.yml"] = (Self.ready["serverless.yml"] ?? "") + more + "\n"
        let (ready, checks) = try await checks(files)
        #expect(!ready)
        #expect(checks.filter { $0["status"] == "error" }.map { $0["code"]?.stringValue } == [code])
        let lines = checks.filter { $0["check"] == "requirements" }
        #expect(lines.map { $0["status"] } == ["note"])
        #expect(lines.first?["message"] == "not determined, because the artifacts cannot be planned")
    }

    @Test func `a version that is not supported is the line of versions`() async throws {
        let (_, checks) = try await checks([
            "serverless.yml": "service: s\nframeworkVersion: '4'\nprovider: {name: aws}\n"
        ])
        #expect(checks.first?["code"] == "unsupported-framework-version")
        #expect(checks.filter { $0["status"] == "error" }.count == 1)
    }

    @Test func `a configuration that cannot be read is an error without a table`() async throws {
        let run = try await ProgramRun("check", files: ["serverless.yml": "a: [\n"])
        #expect(run.status == .failure)
        #expect(run.output.isEmpty)
    }
}
