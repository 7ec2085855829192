import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import ServicePlugins
import Testing

/// What is reported about plugins that are not run.
@Suite struct PluginReviewTests {
    /// The diagnostics about the plugins of a service, which are all that have to do with plugins.
    private func diagnostics(
        _ yaml: String,
        files: [String: String] = [:],
        for purpose: ConfigurationPurpose = .package
    ) async throws -> [Diagnostic] {
        var files = files
        files["serverless.yml"] = "service: demo\nprovider: { name: aws, runtime: python3.12 }\n\(yaml)\n"
        let codes: Set<DiagnosticCode> = [
            .pluginNotRun, .pluginChangesPackage, .unknownPlugin, .pluginNotListed, .invalidType, .ineffectiveProperty,
        ]
        return try await ServiceFixture.load(files: files, for: purpose).diagnostics.filter { codes.contains($0.code) }
    }

    @Test(arguments: [
        ("serverless-offline", Diagnostic.Severity.note, DiagnosticCode.pluginNotRun),
        ("serverless-better-credentials", .note, .pluginNotRun),
        ("serverless-prune-plugin", .warning, .pluginNotRun),
        ("serverless-s3-remover", .warning, .pluginNotRun),
        ("serverless-step-functions", .error, .pluginChangesPackage),
        ("serverless-plugin-split-stacks", .error, .pluginChangesPackage),
        ("serverless-pseudo-parameters", .error, .pluginChangesPackage),
    ])
    func `the class of a plugin decides how it is reported`(
        plugin: String,
        severity: Diagnostic.Severity,
        code: DiagnosticCode
    ) async throws {
        let found = try await diagnostics("plugins: [\(plugin)]")
        #expect(found.map(\.severity) == [severity])
        #expect(found.map(\.code) == [code])
        #expect(found.map { $0.place?.description } == ["serverless.yml:3:11"])
        #expect(found.first?.message.contains(plugin) == true)
    }

    @Test func `a plugin that changes the package is a warning if no package is made`() async throws {
        for purpose in [ConfigurationPurpose.inspection, .requirements] {
            let found = try await diagnostics("plugins: [serverless-lift, unheard-of]", for: purpose)
            #expect(found.map(\.severity) == [.warning, .warning])
        }
    }

    struct Loss: Sendable {
        let plugin: String
        let service: String
        let text: String
        var note: String?
    }

    static let losses = [
        Loss(
            plugin: "serverless-step-functions",
            service: "stepFunctions: { stateMachines: { a: {} } }",
            text: "the template would lack 1 state machine",
            note: "deploying it over a stack that has it deletes it"
        ),
        Loss(
            plugin: "serverless-step-functions",
            service: "stepFunctions: { stateMachines: { a: {}, b: {} }, activities: [x] }",
            text: "the template would lack 2 state machines, and the template would lack 1 activity"
        ),
        Loss(
            plugin: "serverless-appsync-plugin",
            service: "custom: { appSync: [{ name: a }, { name: b }] }",
            text: "the template would lack 2 AppSync APIs",
            note: "deploying it over a stack that has them deletes them"
        ),
        Loss(
            plugin: "serverless-iam-roles-per-function",
            service: "functions: { f: { handler: a.b, iamRoleStatements: [] }, g: { handler: a.b } }",
            text: "1 function would get the shared role, without the statements of 'iamRoleStatements'"
        ),
        Loss(
            plugin: "serverless-wsgi",
            service: "functions: { f: { handler: wsgi_handler.handler } }",
            text: "the package would lack 'wsgi_handler.py', the handler of 1 function"
        ),
        Loss(
            plugin: "serverless-pseudo-parameters",
            service: "custom: { a: 'arn:#{AWS::Region}', b: ['#{AWS::AccountId}'], c: '${AWS::Region}' }",
            text: "'#{…}' would stay as it is in 2 strings"
        ),
        Loss(
            plugin: "serverless-plugin-conditional-functions",
            service: "functions: { f: { handler: a.b, enabled: false }, g: { handler: a.b, enabled: true } }",
            text: "1 function with 'enabled: false' would be deployed"
        ),
        Loss(
            plugin: "serverless-api-gateway-caching",
            service: """
                functions:
                  f: { handler: a.b, events: [{ http: { path: /, method: get, caching: { enabled: true } } }] }
                """,
            text: "1 event would not be cached"
        ),
        Loss(plugin: "serverless-lift", service: "custom: {}", text: "'constructs' are not created"),
    ]

    @Test(arguments: losses)
    func `the message counts what the service loses`(_ item: Loss) async throws {
        let found = try #require(try await diagnostics("plugins: [\(item.plugin)]\n\(item.service)").first)
        #expect(found.message == "the plugin '\(item.plugin)' is not run: \(item.text)")
        if let note = item.note { #expect(found.notes == [note]) }
    }

    @Test func `a plugin that the user wants to omit is a warning that says the same`() async throws {
        let service = """
            plugins: [serverless-step-functions, serverless-lift]
            stepFunctions: { stateMachines: { a: {} } }
            custom: { furoshiki: { withoutPlugins: [serverless-step-functions] } }
            """
        let found = try await diagnostics(service)
        #expect(found.map(\.severity) == [.warning, .error])
        #expect(found.first?.message.hasSuffix("the template would lack 1 state machine") == true)
        #expect(found.first?.help == [])
        #expect(found.last?.help.last?.contains("withoutPlugins: [serverless-step-functions, serverless-lift]") == true)
    }

    @Test func `names to omit that have no effect are reported with the nearest plugin`() async throws {
        let found = try await diagnostics(
            """
            plugins: [serverless-lift, serverless-python-requirements]
            custom: { furoshiki: { withoutPlugins: [serverless-lifft, serverless-python-requirements] } }
            """
        )
        #expect(found.map(\.code) == [.pluginChangesPackage, .ineffectiveProperty, .ineffectiveProperty])
        #expect(found.dropFirst().first?.help == ["did you mean 'serverless-lift'?"])
    }

    @Test(arguments: ["5", "{ a: b }", "[{ a: b }]"])
    func `names to omit must be a list of strings`(_ value: String) async throws {
        let found = try await diagnostics("custom: { furoshiki: { withoutPlugins: \(value) } }")
        #expect(found.map(\.code) == [.invalidType])
        #expect(found.map(\.severity) == [.error])
    }

    @Test(
        arguments: [
            ("serverless-plugin-chrome", nil), ("serverless-babel-plugin", nil), ("serverless-plugin", nil),
            ("serverles-ofline", "serverless-offline"), ("serverless-prun-plugin", "serverless-prune-plugin"),
            ("python-requirements", "serverless-python-requirements"),
            ("serverless-step-function", "serverless-step-functions"),
        ] as [(String, String?)]
    )
    func `only names whose own words are similar are suggested`(_ name: String, _ suggestion: String?) async throws {
        let help = try #require(try await diagnostics("plugins: [\(name)]").first?.help)
        #expect(help.first { $0.hasPrefix("did you mean") } == suggestion.map { "did you mean '\($0)'?" })
        #expect(help.contains { $0.contains("withoutPlugins") } == (suggestion == nil))
    }

    @Test func `a plugin that is neither known nor installed is an error with the nearest name first`() async throws {
        let found = try await diagnostics("plugins: [serverles-python-requirements]")
        #expect(found.map(\.code) == [.unknownPlugin])
        #expect(found.map(\.severity) == [.error])
        #expect(found.first?.help.first == "did you mean 'serverless-python-requirements'?")
    }

    @Test(arguments: [
        "node_modules/@acme/sls-audit/index.js", "../node_modules/@acme/sls-audit/package.json",
        ".serverless_plugins/@acme/sls-audit.js",
    ])
    func `an installed plugin that is not known counts as one that changes the package`(path: String) async throws {
        let found = try await TemporaryDirectory.with(in: "/tmp") { folder in
            let files = LiveFileSystem()
            let service = folder / "service"
            for (name, text) in [path: "", "serverless.yml": ""] {
                try files.createDirectory((service / name).parent)
                try files.write(text, to: service / name)
            }
            let root = ConfigurationValue(["plugins": ["@acme/sls-audit"]])
            return PluginReview(of: root, in: service, files).diagnostics(makesPackage: true)
        }
        #expect(found.map(\.code) == [.pluginChangesPackage])
        #expect(found.map(\.severity) == [.error])
    }

    @Test func `local plugins are found by path, and in the directory that the service names`() async throws {
        let files = ["plugins/audit.js": "", "tools/stamp/index.js": ""]
        #expect(
            try await diagnostics("plugins: [./plugins/audit]", files: files).map(\.code) == [.pluginChangesPackage]
        )
        let named = "plugins: { localPath: ./tools, modules: [stamp, missing] }"
        #expect(try await diagnostics(named, files: files).map(\.code) == [.pluginChangesPackage, .unknownPlugin])
        let slip = try await diagnostics("plugins: [./plugins/adit.js]", files: files)
        #expect(slip.map(\.code) == [.unknownPlugin])
        #expect(slip.first?.help.first == "did you mean './plugins/audit.js'?")
    }

    @Test(arguments: [
        ("hooks: { 'after:deploy:deploy': x }", Diagnostic.Severity.warning),
        ("hooks: { 'before:remove:remove': x, 'after:deploy:finalize': y }", .warning),
        ("hooks: { 'before:package:createDeploymentArtifacts': x, 'after:deploy:deploy': y }", .error),
        ("hooks: { 'before:deploy:deploy': x }", .error), ("commands: { hello: echo hello }", .note),
    ])
    func `hooks count by the time at which they run`(hooks: String, severity: Diagnostic.Severity) async throws {
        let found = try await diagnostics("plugins: [serverless-plugin-scripts]\ncustom: { scripts: { \(hooks) } }")
        #expect(found.map(\.severity) == [severity])
    }

    @Test func `names in the table are unique, and the built-in plugin is not in it`() {
        #expect(Set(PluginTable.all.map(\.name)).count == PluginTable.all.count)
        #expect(PluginTable.plugin(named: PluginTable.builtIn) == nil)
    }
}
