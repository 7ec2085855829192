import HostSystem

/// The token of a request that changes a stack: it makes the request once, and says in the events of the stack who sent it.
package struct OperationToken: Hashable, Sendable {
    /// The token, in the alphabet of CloudFormation.
    let text: String

    private static let prefix = "furoshiki"

    /// Creates the token of an operation.
    ///
    /// - Parameters:
    ///   - purpose: a word for the operation.
    ///   - host: the machine, whose environment has the name of the user.
    init(_ purpose: String, on host: HostServices) {
        let parts =
            [Self.prefix, purpose, "\(host.wallClock.nowMilliseconds)"] + (Self.user(in: host.environment) ?? [])
        text = String(parts.joined(separator: "-").prefix(128))
    }

    /// The variables with the name of the user: those of CI services, then that of the system.
    private static let userVariables = ["GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "USER", "LOGNAME"]

    private static func user(in environment: Environment) -> [String]? {
        guard let name = userVariables.lazy.compactMap(environment.nonEmpty).first else { return nil }
        let allowed = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return ["by", allowed]
    }

    /// Who sent a request, as its token says: the user and the program, or the beginning of the token of another program.
    package static func sender(of token: String) -> String {
        let parts = token.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.first == prefix[...] else { return "a request with the token '\(token)'" }
        guard let by = parts.firstIndex(of: "by"), by + 1 < parts.endIndex else { return "Furoshiki" }
        return "'\(parts[(by + 1)...].joined(separator: "-"))' with Furoshiki"
    }
}
