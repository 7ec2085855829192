import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@Suite(.enabled(if: BotocoreOracle.isAvailable, BotocoreOracle.requirement)) struct CredentialsInteropTests {
    private static let program = #"""
        import os
        import botocore.loaders, botocore.session, botocore.utils

        loader = botocore.loaders.Loader()
        # Retries of a container that refuses would only take time.
        botocore.utils.ContainerMetadataFetcher.SLEEP_TIME = 0

        def answer(case):
            os.environ.clear()
            os.environ.update(case["environment"])
            import botocore.credentials, botocore.tokens
            cache = os.path.expanduser("~/.aws/sso/cache")
            botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR = cache
            botocore.tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR = cache
            session = botocore.session.Session(profile=case["profile"])
            session.register_component("data_loader", loader)
            session.get_scoped_config()
            found = session.get_credentials()
            if found is None:
                return {"none": True}
            found = found.get_frozen_credentials()
            return {"key": found.access_key, "secret": found.secret_key, "token": found.token}
        """#

    /// What is chosen: the keys, or that there are none, or that a source failed.
    private enum Outcome: Equatable {
        case keys(key: String, secret: String, token: String?)
        case none
        case failed
    }

    /// A case with its own home directory for each of the two programs, which both may write tokens.
    private func write(_ one: CredentialsCase, home: LocalPath) throws -> CredentialsCase {
        let files = LiveFileSystem()
        for (path, text) in one.files {
            try files.createDirectory((home / path).parent); try files.write(text, to: home / path)
        }
        return one
    }

    private func outcome(_ one: CredentialsCase) async -> (Outcome, String) {
        let environment = Environment(one.environment)
        let clock = ManualClock()
        let host = HostServices(
            files: LiveFileSystem(),
            processes: LiveProcessRunner(),
            transport: RetryingTransport(CurlTransport(environment: environment), clock: MonotonicClock(clock)),
            environment: environment,
            wallClock: .live,
            clock: MonotonicClock(clock),
            processorCount: 2
        )
        do {
            let session = try AWSSession(one.profile.map { .explicit($0) } ?? .environment, host: host)
            let found = try await session.client(region: "eu-west-1").credentials()
            return (
                .keys(
                    key: found.accessKeyID,
                    secret: found.secretAccessKey.revealed,
                    token: found.sessionToken?.revealed
                ), found.origin
            )
        } catch CredentialsError.missing {
            return (.none, "")
        } catch let error as CredentialsError {
            return (.failed, "\(error)")
        } catch {
            Issue.record(error)
            return (.failed, "\(error)")
        }
    }

    @Test func `the AWS CLI's library chooses the same credentials in 500 combinations of environment and files`()
        async throws
    {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { root in
            try await CredentialsServer.with { server in
                var (cases, theirs): ([CredentialsCase], [JSONValue]) = ([], [])
                for number in 0..<500 {
                    for isOurs in [true, false] {
                        // The same numbers, with another home directory.
                        var generator = SeededGenerator(seed: 2026 + UInt64(number))
                        let home = root / "\(number)\(isOurs ? "ours" : "theirs")"
                        let one = try write(CredentialsCase(home: home, server: server, &generator), home: home)
                        if isOurs {
                            cases.append(one)
                        } else {
                            theirs.append([
                                "environment": .object(OrderedMap(one.environment.map { ($0.key, .string($0.value)) })),
                                "profile": one.profile.map { .string($0) } ?? .null,
                            ])
                        }
                    }
                }
                let answers = try await BotocoreOracle.answers(Self.program, to: theirs)
                var kinds: [String: Int] = [:]
                for (one, answer) in zip(cases, answers) {
                    let expected: Outcome =
                        if let key = answer["key"]?.stringValue {
                            .keys(
                                key: key,
                                secret: answer["secret"]?.stringValue ?? "",
                                token: answer["token"]?.stringValue
                            )
                        } else { answer["none"] == nil ? .failed : .none }
                    let (found, detail) = await outcome(one)
                    // Before it calls STS, botocore also looks for a login, which the call does not need.
                    if case .keys = found, answer["message"]?.stringValue?.contains("SSO token provider") == true {
                        continue
                    }
                    #expect(
                        found == expected,
                        "\(detail) — \(JSONWriter().text(of: answer)) — \(one.profile ?? "") \(one.environment) \(one.files)"
                    )
                    switch expected {
                    case .keys: kinds["keys", default: 0] += 1
                    case .none: kinds["none", default: 0] += 1
                    case .failed: kinds["failed", default: 0] += 1
                    }
                }
                // The cases are only of use if all outcomes are among them.
                #expect(kinds.count == 3 && kinds.values.allSatisfy { $0 > 10 }, "\(kinds)")
            }
        }
    }
}
