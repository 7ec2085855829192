import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

@Suite("The command doctor")
struct DoctorTests {
    private static let service = """
        service: shop
        provider: { name: aws, runtime: python3.13, region: eu-west-1 }
        functions: { orders: { handler: app.run } }

        """
    private static let offline = ["AWS_EC2_METADATA_DISABLED": "true", "HOME": "/home"]
    // The clock of these runs does not advance, so no call is sent again after a pause.
    private static let keys = [
        "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "planted-secret", "HOME": "/home",
        "AWS_MAX_ATTEMPTS": "1",
    ]

    private func checks(_ run: ProgramRun) throws -> [(area: String, status: String, message: String)] {
        let value = try JSONValue(parsing: run.output)
        return (value["checks"]?.arrayValue ?? [])
            .map { check in
                (
                    check["check"]?.stringValue ?? "", check["status"]?.stringValue ?? "",
                    check["message"]?.stringValue ?? ""
                )
            }
    }

    @Test("works without a service, credentials and network")
    func nothing() async throws {
        let run = try await ProgramRun("doctor --json", environment: Environment(Self.offline))
        #expect(run.status == .success, "\(run.errors)")
        let found = try checks(run)
        #expect(found.contains { $0.area == "configuration" && $0.status == "note" })
        #expect(found.contains { $0.area == "credentials" && $0.status == "warning" })
        #expect(found.contains { $0.area == "tools" && $0.message.hasPrefix("git is not on PATH") })
        #expect(!found.contains { $0.area == "stack" })
    }

    @Test("shows the service, whose credentials it has, and that AWS cannot be reached")
    func service() async throws {
        let run = try await ProgramRun(
            "doctor --json",
            files: ["serverless.yml": Self.service, "app.py": "def run(event, context): pass\n"],
            environment: Environment(Self.keys)
        )
        #expect(run.status == .success, "\(run.output)\(run.errors)")
        let found = try checks(run)
        #expect(
            found.contains {
                $0.area == "credentials" && $0.status == "warning" && $0.message.contains("environment variables")
            }
        )
        #expect(found.contains { $0.area == "stack" && $0.message.hasPrefix("shop-dev is not checked") })
        #expect(found.contains { $0.area == "tools" && $0.message.hasPrefix("python3.13 is not on PATH") })
        #expect(!run.output.contains("planted-secret") && !run.errors.contains("planted-secret"))
    }

    @Test("ends with status 1 if the configuration or a profile is broken")
    func broken() async throws {
        let configuration = try await ProgramRun(
            "doctor --json",
            files: [
                "serverless.yml":
                    "service: shop\nprovider: { name: aws, runtime: python3.21 }\nfunctions: { a: { handler: app.run } }\n"
            ],
            environment: Environment(Self.offline)
        )
        #expect(configuration.status == .failure)
        #expect(try checks(configuration).contains { $0.area == "configuration" && $0.status == "error" })
        let profile = try await ProgramRun(
            "doctor --json --aws-profile absent",
            environment: Environment(Self.offline)
        )
        #expect(profile.status == .failure)
        #expect(try checks(profile).contains { $0.area == "credentials" && $0.status == "error" })
        let uv = try await ProgramRun(
            "doctor",
            environment: Environment(Self.offline.merging(["FUROSHIKI_UV": "/absent/uv"]) { $1 })
        )
        #expect(uv.status == .failure)
        #expect(uv.output.contains("cannot find '/absent/uv'"))
        #expect(uv.output.contains("Something is broken: 1 error, 1 warning"))
    }

    @Test("prints the policy of the service as JSON, without an account")
    func policy() async throws {
        let run = try await ProgramRun(
            "doctor --policy --for deploy",
            files: ["serverless.yml": Self.service, "app.py": "def run(event, context): pass\n"],
            environment: Environment(Self.offline)
        )
        #expect(run.status == .success, "\(run.errors)")
        let statements = try JSONValue(parsing: run.output)["Statement"]?.arrayValue ?? []
        let create = try #require(
            statements.first { $0["Action"]?.arrayValue?.contains("lambda:CreateFunction") == true }
        )
        #expect(
            create["Resource"] == [
                "arn:aws:lambda:eu-west-1:*:function:shop-dev-orders",
                "arn:aws:lambda:eu-west-1:*:function:shop-dev-orders:*",
            ]
        )
        #expect(statements.contains { $0["Action"]?.arrayValue?.contains("s3:PutObject") == true })
        #expect(!statements.contains { $0["Action"]?.arrayValue?.contains("logs:FilterLogEvents") == true })
    }
}
