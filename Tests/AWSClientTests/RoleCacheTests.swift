import FuroshikiTestSupport
import HostSystem
import Testing

@testable import AWSClient

@Suite("The cache of the AWS CLI for roles")
struct RoleCacheTests {
    // The names were computed with botocore 1.44.8: `CachedCredentialFetcher._create_cache_key`.
    @Test("has the names that botocore gives")
    func names() {
        let role = "arn:aws:iam::123456789012:role/deploy"
        #expect(RoleCache.name(ofRole: role) == "6a9d9ba39800a1773d9a3bd50c4a0db301ff5832")
        #expect(
            RoleCache.name(
                ofRole: role,
                sessionName: "ünï \"quoted\"",
                externalID: "a/b\\c",
                durationSeconds: 3600,
                device: "arn:aws:iam::1:mfa/me"
            ) == "cdebe7c8ca72cb7865b7786dc10312e4e3cb811e"
        )
        #expect(
            RoleCache.name(ofLogin: "corp", isSession: true, account: "1", role: "admin")
                == "8900f6959267be5fd4924cd23e12f9e844affa62"
        )
        #expect(
            RoleCache.name(ofLogin: "https://corp", isSession: false, account: "1", role: "admin")
                == "0ee74cd491279a5423d07b1dc040f87eb9752005"
        )
    }

    private func file(_ expiration: String) -> [UInt8] {
        Array(
            """
            {"Credentials": {"AccessKeyId": "CACHED", "SecretAccessKey": "s", "SessionToken": "t",
            "Expiration": "\(expiration)"}, "ProviderType": "assume-role"}
            """
            .utf8
        )
    }

    @Test("is used for credentials that are valid for fifteen minutes more")
    func expiry() throws {
        let now = try #require(AWSTimestamp.iso8601("2026-01-01T00:00:00Z"))
        func key(_ expiration: String) -> String? {
            RoleCache.credentials(in: file(expiration), now: now, origin: "the test")?.accessKeyID
        }
        #expect(key("2026-01-01T00:15:00Z") == "CACHED")
        #expect(key("2026-01-01T00:15:00UTC") == "CACHED")
        #expect(key("2026-01-01T00:15:00+00:00") == "CACHED")
        #expect(key("2026-01-01T00:14:59Z") == nil)
        #expect(key("soon") == nil)
        #expect(RoleCache.credentials(in: Array("{}".utf8), now: now, origin: "the test") == nil)
    }

    @Test("saves the question for the code of a device, and the call")
    func cachedRole() async throws {
        let role = "arn:aws:iam::1:role/r"
        let name = RoleCache.name(ofRole: role, device: "arn:aws:iam::1:mfa/me")
        let config = "[profile work]\nrole_arn=\(role)\nsource_profile=default\nmfa_serial=arn:aws:iam::1:mfa/me\n"
        func session(_ cache: [LocalPath: String]) throws -> (AWSSession, StubTransport) {
            let transport = StubTransport.unreachable
            let host = HostServices(
                files: try InMemoryFileSystem(
                    cache.merging([
                        "/home/.aws/config": config,
                        "/home/.aws/credentials": "[default]\naws_access_key_id=K\naws_secret_access_key=s\n",
                    ]) { $1 }
                ),
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: transport,
                environment: Environment(["HOME": "/home"]),
                wallClock: .fixed(milliseconds: ScriptedAWS.now),
                clock: MonotonicClock(ManualClock()),
                processorCount: 2
            )
            return (try AWSSession(.explicit("work"), host: host), transport)
        }
        let path = LocalPath("/home/.aws/cli/cache/\(name).json")
        let (cached, transport) = try session([path: String(decoding: file("2099-01-01T00:00:00Z"), as: UTF8.self)])
        #expect(try await cached.client(region: "eu-west-1").credentials().accessKeyID == "CACHED")
        #expect(transport.requests.isEmpty)
        let (other, _) = try session([:])
        await #expect(throws: CredentialsError.self) { try await other.client(region: "eu-west-1").credentials() }
    }
}
