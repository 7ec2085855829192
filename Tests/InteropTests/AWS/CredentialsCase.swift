import FuroshikiTestSupport
import HostSystem
import OrderedJSON

/// A random combination of environment variables and files that decide which credentials are used.
struct CredentialsCase {
    /// The environment variables of the program.
    var environment: [String: String]
    /// The files by their paths below the home directory.
    var files: [String: String] = [:]
    /// The profile of the command line.
    var profile: String?

    private static let names = ["default", "work", "admin", "chain"]

    /// Makes a combination whose requests go to a server.
    init(home: LocalPath, server: String, _ generator: inout SeededGenerator) {
        func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &generator) == 0 }
        func pick<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &generator)] }
        environment = [
            "HOME": home.string, "AWS_ENDPOINT_URL": server, "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "\(server)/instance",
        ]
        if chance(2) { environment["AWS_EC2_METADATA_DISABLED"] = "true" }
        if chance(5) {
            environment["AWS_ACCESS_KEY_ID"] = pick(["ENVKEY", "ENVKEY", ""])
            if !chance(5) { environment["AWS_SECRET_ACCESS_KEY"] = "envsecret" }
            if chance(2) { environment["AWS_SESSION_TOKEN"] = "envtoken" }
            if chance(6) { environment["AWS_SECURITY_TOKEN"] = "oldtoken" }
        }
        if chance(3) { environment["AWS_PROFILE"] = pick(Self.names) }
        if chance(8) { environment["AWS_DEFAULT_PROFILE"] = pick(Self.names) }
        if chance(2) { profile = pick(Self.names) }
        if chance(8) {
            environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = (home / "token").string
            if !chance(4) { environment["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/web" }
            if chance(2) { environment["AWS_ROLE_SESSION_NAME"] = "web-session" }
        }
        if !chance(6) { files["token"] = "web-token" }
        if chance(5) {
            environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = pick([
                "\(server)/container", "\(server)/container", "http://example.com/",
            ])
            if chance(2) { environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = pick(["container-token", "two\nlines"]) }
            if chance(4) { environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = (home / "token").string }
        }
        makeFiles(home, &generator)
    }

    private mutating func makeFiles(_ home: LocalPath, _ generator: inout SeededGenerator) {
        func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &generator) == 0 }
        var (config, credentials) = ("", "")
        for name in Self.names where !chance(4) {
            var lines: [String] = []
            for _ in 0..<Int.random(in: 1...2, using: &generator) { lines += settings(&generator) }
            // A setting can be in one section only once.
            var seen: Set<String> = []
            lines = lines.filter { seen.insert(String($0.prefix { $0 != "=" })).inserted }
            if !chance(3) {
                config += "[\(name == "default" ? name : "profile \(name)")]\n" + lines.map { $0 + "\n" }.joined()
                lines = chance(3) ? ["aws_access_key_id=CREDS\(name)", "aws_secret_access_key=x"] : []
            }
            if !lines.isEmpty { credentials += "[\(name)]\n" + lines.map { $0 + "\n" }.joined() }
        }
        if !chance(4) { config += "[sso-session corp]\nsso_start_url=https://corp\nsso_region=us-east-1\n" }
        files[".aws/config"] = config
        if !credentials.isEmpty { files[".aws/credentials"] = credentials }
        // The names are the SHA-1 of 'corp' and of 'https://corp'.
        let tokens = [".aws/sso/cache/\(Self.sha1("corp")).json", ".aws/sso/cache/\(Self.sha1("https://corp")).json"]
        for path in tokens where !chance(4) {
            let isExpired = chance(3)
            var token: [String: String] = [
                "accessToken": chance(6) ? "revoked" : "token", "startUrl": "https://corp", "region": "us-east-1",
                "expiresAt": isExpired ? "2020-01-01T00:00:00Z" : "2098-01-01T00:00:00Z",
            ]
            if !chance(3) {
                token["refreshToken"] = chance(3) ? "bad" : "refresh"
                token["clientId"] = "id"
                token["clientSecret"] = "cs"
                token["registrationExpiresAt"] = chance(5) ? "2020-01-01T00:00:00Z" : "2098-01-01T00:00:00Z"
            }
            let members = token.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            files[path] = JSONWriter().text(of: .object(OrderedMap(members)))
        }
    }

    /// The settings of one kind of source.
    private func settings(_ generator: inout SeededGenerator) -> [String] {
        func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &generator) == 0 }
        func pick<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &generator)] }
        switch Int.random(in: 0..<7, using: &generator) {
        case 0:
            return ["aws_access_key_id=STATIC\(pick(["1", "2"]))"]
                + (chance(8) ? [] : ["aws_secret_access_key = s/+="])
                + (chance(2) ? ["aws_session_token=tok"] : []) + (chance(8) ? ["aws_security_token=old"] : [])
        case 1, 2:
            var lines = ["role_arn=arn:aws:iam::1:role/\(pick(["a", "a", "b", "b", "forbidden"]))"]
            if !chance(6) { lines.append("source_profile=\(pick(Self.names + ["absent"]))") }
            if chance(5) {
                lines.append(
                    "credential_source=\(pick(["Environment", "EcsContainer", "Ec2InstanceMetadata", "Other"]))"
                )
            }
            if chance(3) { lines.append("external_id=ext") }
            if chance(3) { lines.append("role_session_name=named") }
            if chance(4) { lines.append("duration_seconds=\(pick(["900", "x"]))") }
            return lines
        case 3:
            let program = pick([
                #"{"Version":1,"AccessKeyId":"PROC","SecretAccessKey":"s","SessionToken":"t"}"#,
                #"{"Version":1,"AccessKeyId":"PROC","SecretAccessKey":"s","Expiration":"2099-01-01T00:00:00Z"}"#,
                #"{"Version":2,"AccessKeyId":"PROC","SecretAccessKey":"s"}"#, #"{"Version":1,"AccessKeyId":"PROC"}"#,
                "no JSON",
            ])
            return ["credential_process=\(chance(6) ? "/bin/false" : "/bin/echo '\(program)'")"]
        case 4:
            var lines = ["sso_account_id=123", "sso_role_name=reader"]
            if chance(2) {
                lines += ["sso_start_url=https://corp", "sso_region=us-east-1"]
            } else {
                lines.append("sso_session=\(pick(["corp", "corp", "corp", "absent"]))")
                if chance(6) { lines.append("sso_region=\(pick(["us-east-1", "us-east-2"]))") }
            }
            if chance(6) { lines.remove(at: Int.random(in: 0..<lines.count, using: &generator)) }
            return lines
        case 5:
            return ["web_identity_token_file=\(environment["HOME"] ?? "")/token", "role_arn=arn:aws:iam::1:role/w"]
        default: return ["region=eu-west-1"]
        }
    }

    private static func sha1(_ text: String) -> String {
        guard var digest = ContentDigest(algorithm: "sha1") else { return "" }
        digest.update(Array(text.utf8).span)
        return digest.finalize()
    }
}
