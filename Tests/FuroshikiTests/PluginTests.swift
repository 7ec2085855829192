import HostSystem
import Testing

@testable import furoshiki

/// Plugins and their commands, as a user of the program meets them.
struct PluginTests {
    @Test(arguments: [
        ("offline start --httpPort 3000", "serverless-offline"), ("wsgi serve", "serverless-wsgi"),
        ("prune -n 5", "serverless-prune-plugin"), ("create_domain", "serverless-domain-manager"),
        ("invoke stepf --name checkout", "serverless-step-functions"), ("dynamodb start", "serverless-dynamodb"),
    ])
    func `a command of a plugin is reported with the plugin that it belongs to`(
        arguments: String,
        plugin: String
    ) async throws {
        let run = try await ProgramRun(arguments)
        #expect(run.status.rawValue == 64)
        #expect(run.errors.contains("'\(plugin)'"))
    }

    @Test func `commands of plugins are not in help and completions`() async throws {
        for arguments in ["--help", "completion bash"] {
            #expect(try await ProgramRun(arguments).output.contains("create_domain") == false)
        }
    }

    private static let service = [
        "serverless.yml": """
        service: shop
        provider: {name: aws, runtime: nodejs22.x}
        plugins: [serverless-step-functions]
        functions: {main: {handler: app.main}}

        """
    ]

    @Test func `a plugin that changes the package fails package, but not print`() async throws {
        let package = try await ProgramRun("package", files: Self.service)
        #expect(package.status == .failure)
        #expect(
            package.errors.contains("serverless.yml:3:11: error: the plugin 'serverless-step-functions' is not run")
        )
        let print = try await ProgramRun("print --path service", files: Self.service)
        #expect(print.status == .success)
        #expect(print.output == "shop\n")
        #expect(print.errors.contains("warning: the plugin 'serverless-step-functions' is not run"))
    }
}
