import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// The precedence of index settings: the service, the variables of uv, the variables of pip, the files of pip.
struct IndexSettingsTests {
    private func settings(
        _ variables: [String: String] = [:],
        pip: String = "",
        _ options: IndexOptions = IndexOptions()
    ) async throws -> IndexSettings {
        // Not the files of the machine: its own pip.conf would count, too.
        let files = try InMemoryFileSystem()
        try files.createDirectory("/settings")
        try files.write(pip, to: "/settings/pip.conf")
        var environment = Environment(variables)
        environment.variables["PIP_CONFIG_FILE"] = "/settings/pip.conf"
        environment.variables["XDG_CONFIG_DIRS"] = "/settings"
        return try IndexSettings(options, environment: environment, files: files)
    }

    @Test func `PyPI is queried if no index is configured`() async throws {
        #expect(try await settings().allIndexes.map(\.location) == ["https://pypi.org/simple"])
    }

    struct TimeoutCase: Sendable {
        var variables: [String: String] = [:]
        var pip = ""
        let seconds: Int
        let uvVariables: [String: String]
    }

    @Test(arguments: [
        TimeoutCase(seconds: 15, uvVariables: ["UV_HTTP_TIMEOUT": "15", "UV_HTTP_RETRIES": "2"]),
        TimeoutCase(variables: ["UV_HTTP_TIMEOUT": "90"], seconds: 90, uvVariables: ["UV_HTTP_RETRIES": "2"]),
        TimeoutCase(variables: ["UV_REQUEST_TIMEOUT": "4", "UV_HTTP_RETRIES": "9"], seconds: 4, uvVariables: [:]),
        TimeoutCase(
            variables: ["PIP_TIMEOUT": "2.5", "PIP_RETRIES": "0"],
            seconds: 3,
            uvVariables: ["UV_HTTP_TIMEOUT": "3", "UV_HTTP_RETRIES": "0"]
        ),
        TimeoutCase(
            variables: ["PIP_DEFAULT_TIMEOUT": "180"],
            seconds: 180,
            uvVariables: ["UV_HTTP_TIMEOUT": "180", "UV_HTTP_RETRIES": "2"]
        ),
        TimeoutCase(
            pip: "[global]\ntimeout = 60\nretries = 5\n",
            seconds: 60,
            uvVariables: ["UV_HTTP_TIMEOUT": "60", "UV_HTTP_RETRIES": "5"]
        ),
        TimeoutCase(
            variables: ["PIP_TIMEOUT": "99999999999999999"],
            seconds: 86_400,
            uvVariables: ["UV_HTTP_TIMEOUT": "86400", "UV_HTTP_RETRIES": "2"]
        ),
        TimeoutCase(
            variables: ["PIP_TIMEOUT": "soon"],
            seconds: 15,
            uvVariables: ["UV_HTTP_TIMEOUT": "15", "UV_HTTP_RETRIES": "2"]
        ),
    ])
    func `the timeout is that of uv's or pip's settings`(test: TimeoutCase) async throws {
        let settings = try await settings(test.variables, pip: test.pip)
        #expect(settings.timeouts.seconds == test.seconds)
        #expect(settings.timeouts.variables == test.uvVariables)
        let request = settings.request(try #require(WebAddress("https://pypi.org/simple/six/")))
        #expect(request.timeouts.stall == .seconds(test.seconds))
        // A transfer may take any time while bytes arrive.
        #expect(request.timeouts.total == nil)
    }

    @Test func `a configuration file of pip that cannot be read is a warning`() async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try LiveFileSystem().write("[global]\nindex-url = https://one.example/\n", to: folder / "pip.conf")
            let environment = Environment(["PIP_CONFIG_FILE": (folder / "pip.conf").string])
            let refusing = RefusingFileSystem(refusing: [folder / "pip.conf"])
            let pip = PipConfiguration(environment: environment, files: refusing)
            #expect(pip.findings.map(\.severity) == [.warning])
            #expect(pip.findings.map(\.code) == [.unreadablePipConfiguration])
            #expect(pip.findings.first?.message.contains("\(folder / "pip.conf")") == true)
            #expect(PipConfiguration(environment: environment, files: LiveFileSystem()).findings.isEmpty)
        }
    }

    @Test func `an invalid distribution name in a format option of pip is an error`() async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            try await settings(["PIP_NO_BINARY": "six, -x-"])
        }
        #expect(error?.diagnostics.map(\.code) == [.invalidPipConfiguration])
    }

    @Test func `pip's file is read with sections and continuation lines`() async throws {
        let pip = """
            # ours
            [global]
            index-url = https://u:p@one.example/simple
            extra_index_url =
                https://two.example/simple
                https://three.example/simple
            [install]
            find-links: /wheels
            trusted-host = two.example
            [freeze]
            index-url = https://wrong.example/
            """
        let settings = try await settings(pip: pip)
        #expect(
            settings.allIndexes.map(\.location) == [
                "https://one.example/simple", "https://two.example/simple", "https://three.example/simple",
            ]
        )
        #expect(settings.findLinks == [.local("/wheels")])
        let file = try #require(WebAddress("https://one.example/files/a.whl"))
        #expect(settings.credentials(for: file) == HTTPCredentials(user: "u", password: Secret("p")))
        let other = try #require(WebAddress("https://two.example/a.whl"))
        #expect(settings.credentials(for: other) == nil)
        #expect(settings.request(other).trust == .anyServer)
        #expect(
            settings.request(file).trust
                == .variables(["SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
        )
    }

    /// An environment and the indexes that it configures.
    struct Case: Sendable, CustomTestStringConvertible {
        let variables: [String: String]
        let expected: [String]

        var testDescription: String { variables.keys.sorted().joined(separator: ", ") }
    }

    static let cases: [Case] = [
        Case(variables: ["PIP_INDEX_URL": "https://p/"], expected: ["https://p/"]),
        Case(variables: ["PIP_INDEX_URL": "https://p/", "UV_INDEX_URL": "https://u/"], expected: ["https://u/"]),
        Case(variables: ["UV_INDEX_URL": "https://u/", "UV_DEFAULT_INDEX": "https://d/"], expected: ["https://d/"]),
        Case(
            variables: ["PIP_EXTRA_INDEX_URL": "https://a/ https://b/", "UV_INDEX": "own=https://c/"],
            expected: ["https://file/", "https://c/", "https://a/", "https://b/"]
        ),
        Case(
            variables: [
                "PIP_EXTRA_INDEX_URL": "https://a/ https://b/ https://a/", "UV_INDEX": "https://b/ https://file/",
            ],
            expected: ["https://file/", "https://b/", "https://a/"]
        ),
        Case(variables: ["PIP_NO_INDEX": "1", "PIP_INDEX_URL": "https://p/"], expected: []),
        Case(variables: ["UV_NO_INDEX": "true"], expected: []),
    ]

    @Test(arguments: cases)
    func `environment variables override pip's file`(example: Case) async throws {
        let settings = try await settings(example.variables, pip: "[global]\nindex-url = https://file/\n")
        #expect(settings.allIndexes.map(\.location) == example.expected)
    }

    @Test func `an index of the service replaces the configured one`() async throws {
        var options = IndexOptions()
        options.index = IndexAddress("https://service/")
        let settings = try await settings(
            ["PIP_INDEX_URL": "https://p/", "PIP_EXTRA_INDEX_URL": "https://x/"],
            options
        )
        #expect(settings.allIndexes.map(\.location) == ["https://service/", "https://x/"])
    }

    @Test func `the credentials of a named index are read from the variables with its name`() async throws {
        let settings = try await settings([
            "UV_INDEX": "my-own=https://h/simple", "UV_INDEX_MY_OWN_USERNAME": "u", "UV_INDEX_MY_OWN_PASSWORD": "p",
        ])
        let address = try #require(WebAddress("https://h/files/x.whl"))
        #expect(settings.credentials(for: address) == HTTPCredentials(user: "u", password: Secret("p")))
    }

    private func settings(_ variables: [String: String], _ options: IndexOptions) async throws -> IndexSettings {
        try await settings(variables, pip: "", options)
    }
}
