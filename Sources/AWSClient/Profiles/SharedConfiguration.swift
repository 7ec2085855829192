package import HostSystem

/// The settings of the AWS CLI and SDKs on this machine: `~/.aws/config` and `~/.aws/credentials`.
package struct SharedConfiguration: Hashable, Sendable {
    /// The profiles by name; settings in the credentials file take precedence.
    package var profiles: [String: ProfileFile.Section] = [:]
    /// The profiles of the credentials file only.
    package var credentialProfiles: [String: ProfileFile.Section] = [:]
    /// The profiles of the configuration file only.
    package var configProfiles: [String: ProfileFile.Section] = [:]
    /// The sections `[sso-session NAME]`.
    package var ssoSessions: [String: ProfileFile.Section] = [:]
    /// The sections `[services NAME]`, with the settings of each service.
    package var services: [String: ProfileFile.Section] = [:]
    /// The configuration file, whether it exists or not; `nil` without a home directory.
    package var configPath: LocalPath?
    /// The credentials file, whether it exists or not; `nil` without a home directory.
    package var credentialsPath: LocalPath?

    /// Creates a configuration without profiles.
    package init() {}

    /// Reads the files that the environment names, or those in the home directory; blocks.
    ///
    /// The variables are `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`. A file that does not exist is like an empty
    /// one.
    /// - Throws: ``ProfileFile/ParseError``, `FileSystemError`.
    package static func load(environment: Environment, files: any FileSystem) throws -> SharedConfiguration {
        func path(_ variable: String, _ name: String) -> LocalPath? {
            guard let text = environment.nonEmpty(variable) else { return environment.home.map { $0 / ".aws" / name } }
            return expanded(text, home: environment.home)
        }
        func file(_ path: LocalPath?) throws -> ProfileFile? {
            guard let path, let bytes = try files.readIfPresent(path) else { return nil }
            return try ProfileFile(parsing: String(decoding: bytes, as: UTF8.self), path: path)
        }
        var result = SharedConfiguration()
        result.configPath = path("AWS_CONFIG_FILE", "config")
        result.credentialsPath = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        for (name, section) in try file(result.configPath)?.sections ?? [:] { result.addConfig(section, named: name) }
        result.profiles = result.configProfiles
        for (name, section) in try file(result.credentialsPath)?.sections ?? [:] {
            result.credentialProfiles[name] = section
            result.profiles[name, default: .init()].merge(section)
        }
        return result
    }

    /// A path whose `~` is the home directory.
    static func expanded(_ path: String, home: LocalPath?) -> LocalPath {
        guard let home, path == "~" || path.hasPrefix("~/") else { return LocalPath(path) }
        return home / String(path.dropFirst(2))
    }

    private mutating func addConfig(_ section: ProfileFile.Section, named written: String) {
        let words = ShellWords.split(written) ?? []
        switch (words.first, words.count) {
        case ("profile", 2): configProfiles[words[1], default: .init()].merge(section)
        case ("sso-session", 2): ssoSessions[words[1]] = section
        case ("services", 2): services[words[1]] = section
        case ("default", 1): configProfiles["default", default: .init()].merge(section)
        default: break
        }
    }
}
