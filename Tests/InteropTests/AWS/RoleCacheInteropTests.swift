import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import AWSClient

@Suite("The names in the cache of the AWS CLI, compared with botocore")
struct RoleCacheInteropTests {
    private static let program = #"""
        from botocore.credentials import AssumeRoleCredentialFetcher, SSOCredentialFetcher

        def answer(case):
            if "role" in case:
                return AssumeRoleCredentialFetcher(None, None, case["role"], extra_args=case["extra"])._cache_key
            fetcher = SSOCredentialFetcher.__new__(SSOCredentialFetcher)
            fetcher._role_name, fetcher._account_id = case["name"], case["account"]
            fetcher._start_url, fetcher._sso_session_name = case.get("url"), case.get("session")
            return fetcher._create_cache_key()
        """#

    @Test(
        "are equal for roles and logins with all settings",
        .enabled(if: BotocoreOracle.isAvailable, BotocoreOracle.requirement)
    )
    func names() async throws {
        var generator = SeededGenerator(seed: 41)
        let words = [
            "work", "a b", "quote\"d", "back\\slash", "ümläut", "😀", "tab\tbed", "https://corp.example/start", "",
        ]
        func word() -> String { words.randomElement(using: &generator) ?? "" }
        func chance() -> Bool { Bool.random(using: &generator) }
        var cases: [JSONValue] = []
        var names: [String] = []
        for index in 0..<200 {
            if index.isMultiple(of: 3) {
                let (login, account, name, isSession) = (word(), "12345678901\(index % 10)", word(), chance())
                // An empty name of a session is like none for botocore, and no file of profiles can have one.
                guard !login.isEmpty else { continue }
                cases.append([
                    "account": .string(account), "name": .string(name), (isSession ? "session" : "url"): .string(login),
                ])
                names.append(RoleCache.name(ofLogin: login, isSession: isSession, account: account, role: name))
                continue
            }
            let role = "arn:aws:iam::123456789012:role/\(word())"
            let sessionName = chance() ? "session-\(word())" : nil
            let externalID = chance() ? word() : nil
            let duration = chance() ? 900 + index : nil
            let device = chance() ? "arn:aws:iam::1:mfa/\(word())" : nil
            var extra = OrderedMap<JSONValue>()
            if let sessionName { extra["RoleSessionName"] = .string(sessionName) }
            if let externalID { extra["ExternalId"] = .string(externalID) }
            if let duration { extra["DurationSeconds"] = .number(Double(duration)) }
            if let device { extra["SerialNumber"] = .string(device) }
            cases.append(["role": .string(role), "extra": .object(extra)])
            names.append(
                RoleCache.name(
                    ofRole: role,
                    sessionName: sessionName,
                    externalID: externalID,
                    durationSeconds: duration,
                    device: device
                )
            )
        }
        let answers = try await BotocoreOracle.answers(Self.program, to: cases)
        #expect(answers.map { $0.stringValue ?? "\($0)" } == names)
    }
}
