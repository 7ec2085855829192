package import Diagnostics
package import HostSystem

/// The shared credentials file of the user, which the AWS CLI and the AWS SDKs read.
package struct CredentialsStore: Sendable {
    /// The keys of a user or a role, and the profile that they are stored in.
    package struct Entry: Sendable {
        fileprivate let profile: String
        fileprivate let accessKey: String
        fileprivate let secretKey: Secret

        /// Checks the parts of an entry.
        ///
        /// - Throws: ``DiagnosticError`` if a part cannot be written to the file.
        package init(profile: String, accessKey: String, secretKey: Secret) throws(DiagnosticError) {
            let errors = [
                Self.problem("the name of the profile", profile, excluding: "[]"),
                Self.problem("the access key ID", accessKey),
                Self.problem("the secret access key", secretKey.revealed),
            ]
            .compactMap(\.self)
            if !errors.isEmpty { throw DiagnosticError(errors) }
            self.profile = profile
            self.accessKey = accessKey
            self.secretKey = secretKey
        }

        /// Reports a value that the file format does not allow, without the value, which may be secret.
        private static func problem(_ what: String, _ value: String, excluding excluded: String = "") -> Diagnostic? {
            let reason: String
            if value.isEmpty || value.allSatisfy(\.isWhitespace) {
                reason = "is empty"
            } else if value.first?.isWhitespace == true || value.last?.isWhitespace == true {
                reason = "begins or ends with whitespace"
            } else if value.contains(where: { $0.isNewline || excluded.contains($0) }) {
                reason = "contains a line break" + (excluded.isEmpty ? "" : " or a square bracket")
            } else {
                return nil
            }
            return Diagnostic(
                .error,
                .invalidCredentials,
                "\(what) \(reason)",
                help: ["check the quotes and variables on the command line"]
            )
        }
    }

    /// The path of the file.
    package let path: LocalPath
    private let files: any FileSystem

    /// Finds the file: `AWS_SHARED_CREDENTIALS_FILE`, or `.aws/credentials` in the home directory.
    ///
    /// - Throws: ``DiagnosticError`` if the home directory is unknown.
    package init(in environment: Environment, files: any FileSystem) throws(DiagnosticError) {
        self.files = files
        let given = environment.nonEmpty("AWS_SHARED_CREDENTIALS_FILE")
        if let given, !given.hasPrefix("~/") {
            path = LocalPath(given)
            return
        }
        guard let home = environment.home else {
            throw DiagnosticError(
                .missingHomeDirectory,
                "the home directory is unknown",
                help: ["set the environment variable HOME or AWS_SHARED_CREDENTIALS_FILE"]
            )
        }
        path = home / (given.map { String($0.dropFirst(2)) } ?? ".aws/credentials")
    }

    /// Stores keys in a profile, in a file that only the user can read.
    ///
    /// - Parameters:
    ///   - entry: the keys and the profile.
    ///   - overwrites: whether the profile may have other credentials, which are replaced.
    /// - Throws: ``DiagnosticError`` if the profile has other credentials, `FileSystemError`.
    package func store(_ entry: Entry, overwrites: Bool) throws {
        let exists = files.exists(path)
        // Other bytes than UTF-8 would be lost when the file is written.
        guard let content = String(validating: exists ? try files.read(path) : [], as: UTF8.self) else {
            throw DiagnosticError(
                .invalidCredentials,
                "the credentials file '\(path)' is not encoded in UTF-8",
                help: ["convert it to UTF-8, for example with 'iconv'"]
            )
        }
        var text = CredentialsText(content)
        if !overwrites, text.hasCredentials(entry.profile) {
            throw DiagnosticError(
                .profileExists,
                "the profile '\(entry.profile)' already has credentials in '\(path)'",
                help: ["add --overwrite to replace them", "use another profile: --profile NAME"]
            )
        }
        text.set(accessKey: entry.accessKey, secretKey: entry.secretKey, of: entry.profile)
        if !files.exists(path.parent) {
            try files.createDirectory(path.parent)
            try files.setMode(0o700, of: path.parent)
        }
        // A link to a file elsewhere remains a link.
        let destination = exists ? try files.realPath(of: path) : path
        try files.write(
            Array(text.text.utf8),
            to: destination,
            options: FileWriteOptions(mode: 0o600, isDurable: true, setsExactMode: true)
        )
    }
}
