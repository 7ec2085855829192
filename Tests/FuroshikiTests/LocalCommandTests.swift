import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

struct LocalCommandTests {
    private func codes(_ run: ProgramRun) throws -> [String?] {
        let value = try JSONValue(parsing: Array(run.errors.utf8))
        return try #require(value["diagnostics"]?.arrayValue).map { $0["code"]?.stringValue }
    }

    @Test
    func `generate-event prints the event, and nothing else`() async throws {
        let run = try await ProgramRun("generate-event -t aws:sqs -b grain")
        #expect(run.status == .success)
        #expect(run.errors.isEmpty)
        let event = try JSONValue(parsing: Array(run.output.utf8))
        #expect(event["Records"]?.arrayValue?.first?["body"] == "grain")
        #expect(try codes(await ProgramRun("generate-event -t aws:sqss --json")) == ["unknown-event-type"])
    }

    @Test(arguments: ["", "--json", "--verbose", "--debug *", "--overwrite"])
    func `config credentials never shows the secret`(options: String) async throws {
        for profile in ["default", "x]y"] {
            let run = try await ProgramRun(
                "config credentials -p AWS -k AKIAEXAMPLE -s S3CRET -n \(profile) \(options)",
                environment: Environment(["HOME": "/home"])
            )
            #expect(run.status == (profile == "default" ? .success : .usage))
            #expect(!(run.output + run.errors).contains("S3CRET"))
        }
    }

    @Test
    func `config credentials accepts AWS only`() async throws {
        let run = try await ProgramRun("config credentials -p google -k K -s S3CRET --json")
        #expect(try codes(run) == ["unknown-provider"])
    }

    @Test
    func `create shows what it created`() async throws {
        let run = try await ProgramRun("create -t python --path snake")
        #expect(run.status == .success)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("Created the service snake in snake:\n  serverless.yml\n"))
        let json = try await ProgramRun("create -t nodejs --name shop --json")
        let value = try JSONValue(parsing: Array(json.output.utf8))
        #expect(value["service"] == "shop")
        #expect(value["directory"] == "/shop")
        #expect(value["files"] == ["serverless.yml", "handler.js", ".gitignore", "serverless.schema.json"])
    }

    @Test(arguments: [
        ("create", "missing-option"), ("create -t python --template-path x", "conflicting-options"),
        ("create -t pyhton", "unknown-template"), ("create -t python --name a_b", "invalid-service-name"),
        ("create --template-url x", "invalid-template-address"), ("create --template-path x", "missing-template"),
    ])
    func `create reports what is wrong with its options`(arguments: String, code: String) async throws {
        #expect(try codes(await ProgramRun("\(arguments) --json")) == [code])
    }

    @Test(arguments: [
        ("deploy --confirm", "confirmation-needs-terminal"), ("deploy --refuse everything", "invalid-option-value"),
        ("diff --format xml", "invalid-option-value"), ("diff --drift --template x.json", "conflicting-options"),
    ])
    func `commands of deployments report what is wrong with their options`(arguments: String, code: String) async throws
    {
        #expect(try codes(await ProgramRun("\(arguments) --json")) == [code])
    }
}
