import HostSystem
import OrderedJSON

/// The directory in which the AWS CLI keeps the credentials of roles, `~/.aws/cli/cache`: it is read, and not written.
///
/// A role that needs the code of a device asks for it once in this way, if the AWS CLI has used it before. The names of
/// the files are those of botocore: the SHA-1 of the parameters as JSON, with the keys in order.
enum RoleCache {
    /// Credentials with less time left are not used, as in botocore.
    static let marginMilliseconds: Int64 = 15 * 60 * 1000

    /// The name of the file for a role that is assumed.
    ///
    /// - Parameters:
    ///   - role: the ARN of the role.
    ///   - sessionName: the configured name of the session; the random one that is used otherwise is not a part.
    ///   - externalID: the identifier that the role's owner requires.
    ///   - durationSeconds: the configured validity.
    ///   - device: the device for multi-factor authentication.
    /// - Returns: the name, without its extension.
    static func name(
        ofRole role: String,
        sessionName: String? = nil,
        externalID: String? = nil,
        durationSeconds: Int? = nil,
        device: String? = nil
    ) -> String {
        let members: [(String, String?)] = [
            ("DurationSeconds", durationSeconds.map(String.init)), ("ExternalId", externalID.map(\.quotedInASCII)),
            ("RoleArn", role.quotedInASCII), ("RoleSessionName", sessionName.map(\.quotedInASCII)),
            ("SerialNumber", device.map(\.quotedInASCII)),
        ]
        let pairs = members.compactMap { name, value in value.map { "\"\(name)\": \($0)" } }
        return sha1(of: "{\(pairs.joined(separator: ", "))}")
    }

    /// The name of the file for the role of a login.
    ///
    /// - Parameters:
    ///   - login: the name of the `sso-session`, or the address of the older form.
    ///   - isSession: whether it is the name of a session.
    ///   - account: the number of the account.
    ///   - role: the name of the role.
    /// - Returns: the name, without its extension.
    static func name(ofLogin login: String, isSession: Bool, account: String, role: String) -> String {
        let pairs = [
            "\"accountId\":\(account.quotedInASCII)", "\"roleName\":\(role.quotedInASCII)",
            "\"\(isSession ? "sessionName" : "startUrl")\":\(login.quotedInASCII)",
        ]
        return sha1(of: "{\(pairs.joined(separator: ","))}")
    }

    /// The credentials in a file of the cache.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - now: the time in milliseconds since 1970.
    ///   - origin: what the credentials belong to.
    /// - Returns: `nil` if they expire soon, or if the file has none.
    static func credentials(in bytes: [UInt8], now: Int64, origin: String) -> AWSCredentials? {
        guard let found = (try? JSONValue(parsing: bytes))?["Credentials"], let key = found["AccessKeyId"]?.stringValue,
            let secret = found["SecretAccessKey"]?.stringValue, let token = found["SessionToken"]?.stringValue,
            let expiration = found["Expiration"]?.stringValue.flatMap(time), expiration - now >= marginMilliseconds
        else { return nil }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secret),
            sessionToken: Secret(token),
            expiration: expiration,
            origin: origin
        )
    }

    /// A time as the AWS CLI writes it, which can have the name of its zone.
    private static func time(_ text: String) -> Int64? {
        AWSTimestamp.iso8601(text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text[...])
    }

    /// The SHA-1 of a string in hexadecimal.
    static func sha1(of text: String) -> String {
        guard var digest = ContentDigest(algorithm: "sha1") else { return "" }
        digest.update(Array(text.utf8).span)
        return digest.finalize()
    }
}

extension CredentialChain {
    /// The credentials that the AWS CLI keeps under a name; `nil` if it has none, or if they expire soon.
    func cachedCredentials(_ name: String, _ origin: String) async -> AWSCredentials? {
        guard let home = environment.home else { return nil }
        let (files, path) = (host.files, home / ".aws/cli/cache/\(name).json")
        // A file that cannot be read is one that is missing, as in the AWS CLI.
        guard let bytes = try? await offPool({ try files.read(path) }) else { return nil }
        return RoleCache.credentials(in: bytes, now: host.wallClock.nowMilliseconds, origin: origin)
    }
}
