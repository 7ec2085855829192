import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// Credentials of indexes: where they come from, which requests have them, and what is reported without them.
struct IndexAccessTests {
    private func settings(
        _ variables: [String: String],
        _ options: IndexOptions = IndexOptions()
    ) throws
        -> IndexSettings
    {
        let environment = Environment(variables.merging(["PIP_CONFIG_FILE": "/dev/null"]) { $1 })
        return try IndexSettings(options, environment: environment, files: try InMemoryFileSystem())
    }

    private func address(_ text: String) throws -> WebAddress { try #require(WebAddress(text)) }

    @Test func `two indexes on one server have their own credentials`() throws {
        let settings = try settings([
            "UV_INDEX": "one=https://h/one two=https://h/one/two/", "UV_INDEX_ONE_USERNAME": "a",
            "UV_INDEX_ONE_PASSWORD": "1", "UV_INDEX_TWO_PASSWORD": "2",
        ])
        let (one, two) = (
            HTTPCredentials(user: "a", password: Secret("1")), HTTPCredentials(user: "", password: Secret("2"))
        )
        #expect(settings.credentials(for: try address("https://h/one/six/")) == one)
        #expect(settings.credentials(for: try address("https://h/one/two/six/")) == two)
        #expect(settings.credentials(for: try address("https://h/one/twofold/")) == one)
        #expect(settings.credentials(for: try address("https://h/files/six.whl")) == two)
        #expect(settings.credentials(for: try address("https://other/one/six/")) == nil)
        #expect(settings.credentials(for: try address("http://h/one/six/")) == nil)
    }

    @Test func `the default index may have a name with credentials`() throws {
        let settings = try settings([
            "UV_DEFAULT_INDEX": "corp=https://h/simple", "UV_INDEX_CORP_USERNAME": "u", "UV_INDEX_CORP_PASSWORD": "p",
        ])
        #expect(settings.allIndexes.map(\.location) == ["https://h/simple"])
        let credentials = settings.credentials(for: try address("https://h/simple/six/"))
        #expect(credentials == HTTPCredentials(user: "u", password: Secret("p")))
    }

    @Test func `uv gets the credentials that requests have`() throws {
        var options = IndexOptions()
        options.extraIndexes = [
            IndexAddress("https://h/other"), IndexAddress("https://x:y@z/simple"), IndexAddress("https://free/simple"),
        ]
        let settings = try settings(
            ["UV_INDEX": "corp=https://h/simple", "UV_INDEX_CORP_USERNAME": "u@x", "UV_INDEX_CORP_PASSWORD": "p:/ä"],
            options
        )
        #expect(
            settings.extraIndexes.map(settings.access.revealed) == [
                "https://u%40x:p%3A%2F%C3%A4@h/other", "https://x:y@z/simple", "https://free/simple",
                "https://u%40x:p%3A%2F%C3%A4@h/simple",
            ]
        )
        let named = try self.settings(["UV_INDEX": "corp=https://h/simple", "UV_INDEX_CORP_USERNAME": "token"])
        #expect(named.extraIndexes.map(named.access.revealed) == ["https://token@h/simple"])
    }

    @Test func `the help for an index that denies access names what to set or to correct`() throws {
        func help(_ variables: [String: String]) throws -> [String] {
            try settings(variables).access.help(for: try address("https://h/simple/six/"))
        }
        #expect(try help([:]) == [IndexError.login, IndexError.namedLogin])
        let named = try help(["UV_INDEX": "my-corp=https://h/simple"])
        #expect(named.count == 1)
        #expect(named.first?.contains("set UV_INDEX_MY_CORP_USERNAME and UV_INDEX_MY_CORP_PASSWORD") == true)
        let wrong = try help([
            "UV_INDEX": "corp=https://h/simple", "UV_INDEX_CORP_USERNAME": "anna", "UV_INDEX_CORP_PASSWORD": "hush",
        ])
        #expect(wrong.first?.contains("UV_INDEX_CORP_PASSWORD") == true)
        #expect(wrong.first?.contains("'anna'") == true)
        #expect(wrong.first?.contains("hush") == false)
        let plain = try help(["PIP_INDEX_URL": "https://anna:hush@h/simple"])
        #expect(plain.first?.contains("'anna'") == true)
        #expect(plain.first?.contains("UV_INDEX") == false)
    }

    @Test func `an index with a name and credentials is used to resolve and to download`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["*": "login"])
            var environment = fixture.environment()
            environment.variables["UV_INDEX"] = "corp=\(index.address)"
            environment.variables["PIP_INDEX_URL"] = "http://127.0.0.1:\(index.port)/empty"
            environment.variables["UV_INDEX_CORP_USERNAME"] = "user"
            environment.variables["UV_INDEX_CORP_PASSWORD"] = "secret"
            #expect(try await fixture.wheels("alpha\n", environment: environment).count == 1)
        }
    }

    /// How the credentials of an index are given, and what is reported if they are missing or wrong.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let requirements: String
        var line = 1
        let variables: [String: String]
        let help: String

        var testDescription: String { "\(requirements.replacing("\n", with: " ")) \(variables.keys.sorted())" }
    }

    private static let refusals: [Refusal] = [
        Refusal(requirements: "alpha\n", variables: [:], help: "add credentials"),
        Refusal(
            requirements: "alpha\n",
            variables: ["UV_INDEX_CORP_USERNAME": "user", "UV_INDEX_CORP_PASSWORD": "wrong"],
            help: "does not accept the user 'user'"
        ),
        Refusal(
            requirements: "free\nbeta\n",
            line: 1,
            variables: ["UV_INDEX_CORP_USERNAME": "other"],
            help: "does not accept the user 'other'"
        ),
        Refusal(requirements: "free\nalpha>=1\n", line: 2, variables: [:], help: "add credentials"),
    ]

    @Test(arguments: refusals)
    func `an index that denies access is reported as such, with the way to give credentials`(
        refusal: Refusal
    ) async throws {
        try await ProviderFixture.withIndex { fixture, index in
            for wheel in [WheelBuilder("alpha", "1.0"), WheelBuilder("free", "1.0")] {
                try wheel.write(to: fixture.packages)
            }
            try WheelBuilder("beta", "1.0", dependencies: ["alpha"]).write(to: fixture.packages)
            try index.setFailures(["alpha": "login"])
            var environment = fixture.environment(index)
            if !refusal.variables.isEmpty {
                environment.variables["PIP_INDEX_URL"] = nil
                environment.variables["UV_DEFAULT_INDEX"] = "corp=\(index.address)"
                environment.variables.merge(refusal.variables) { $1 }
            }
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(refusal.requirements, environment: environment)
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .indexAccessDenied)
            #expect(diagnostic.message.contains("the index '\(index.address)' requires valid credentials"))
            #expect(diagnostic.message.contains("401"))
            #expect(diagnostic.help.first?.contains(refusal.help) == true)
            #expect(diagnostic.toolOutput == nil)
            #expect(!"\(diagnostic)".contains("wrong"))
            if refusal.requirements.contains("alpha") { #expect(diagnostic.place?.line == refusal.line) }
        }
    }

    @Test func `the time for which the server asks to wait is reported`() async throws {
        let address = try address("https://files.example/alpha-1.0-py3-none-any.whl")
        for (status, header, words) in [
            (429, "3600", "60 minutes"), (503, "90", "90 seconds"), (503, "soon", nil), (404, "3600", nil),
        ] {
            let response = HTTPResponse(status: status, headers: [HTTPHeader("Retry-After", header)])
            let error = IndexError.refused(response, address, access: IndexCredentials())
            let diagnostic = try #require(DiagnosticError(describing: error).diagnostics.first)
            #expect(diagnostic.notes.contains { $0.contains("wait \(words ?? "")") } == (words != nil))
        }
    }
}
