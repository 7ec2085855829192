package import Diagnostics
import HostSystem

/// The address of a template in a git repository, such as `https://github.com/owner/repository/tree/main/templates/api`.
package struct TemplateAddress: Hashable, Sendable {
    /// The address that git can clone.
    let repository: String
    /// The branch or tag, followed by the path of a directory, as in the address; empty for the whole repository.
    ///
    /// Only the repository knows where the name of a branch ends, as it can contain slashes.
    let revisionAndPath: [String]
    /// The last part of the address, from which the directory of a new service gets its name.
    package let name: String

    /// Parses the address of a repository, or of a directory in it on GitHub, GitLab, Gitea or Bitbucket.
    ///
    /// - Throws: ``DiagnosticError`` if git cannot clone it.
    package init(parsing text: String) throws(DiagnosticError) {
        var address = text[...]
        let branch = address.lastIndex(of: "#").map { String(address[address.index(after: $0)...]) }
        if let fragment = address.lastIndex(of: "#") { address = address[..<fragment] }
        while address.last == "/" { address.removeLast() }
        let scheme = address.firstRange(of: "://")
        let isRemoteShell = scheme == nil && address.contains("@") && address.contains(":")
        let isPath = scheme == nil && (address.hasPrefix("/") || address.hasPrefix("."))
        guard !address.hasPrefix("-"), scheme != nil || isRemoteShell || isPath else { throw Self.invalid(text) }
        var revisionAndPath = branch.map { $0.split(separator: "/").map(String.init) } ?? []
        if let scheme, address[..<scheme.lowerBound].hasPrefix("http") {
            address = address.prefix { $0 != "?" }
            let parts = address[scheme.upperBound...].split(separator: "/").map(String.init)
            guard parts.count > 1 else { throw Self.invalid(text) }
            if let (end, start) = Self.directory(in: parts) {
                revisionAndPath = Array(parts[start...])
                address = address[..<scheme.upperBound] + parts[..<end].joined(separator: "/")
            }
        }
        let last = revisionAndPath.count > 1 ? revisionAndPath.last : nil
        let base = address.split { $0 == "/" || $0 == ":" }.last ?? ""
        let name = last ?? String(base.hasSuffix(".git") ? base.dropLast(4) : base)
        guard !name.isEmpty, !name.allSatisfy({ $0 == "." }) else { throw Self.invalid(text) }
        self.repository = String(address)
        self.revisionAndPath = revisionAndPath
        self.name = name
    }

    /// Where the repository ends and the branch starts among the parts of an address: host, owner, repository ….
    private static func directory(in parts: [String]) -> (end: Int, start: Int)? {
        if let dash = parts.indices.first(where: { $0 > 2 && parts[$0] == "-" }),
            parts.dropFirst(dash + 1).first == "tree"
        {
            return dash + 2 < parts.count ? (dash, dash + 2) : nil
        }
        guard parts.count > 4 else { return nil }
        switch parts[3] {
        case "tree": return (3, 4)
        case "src":
            // Gitea says what kind of revision follows, Bitbucket does not.
            let start = parts.count > 5 && ["branch", "tag", "commit"].contains(parts[4]) ? 5 : 4
            return (3, start)
        default: return nil
        }
    }

    private static func invalid(_ text: String) -> DiagnosticError {
        DiagnosticError(
            .invalidTemplateAddress,
            "invalid address of a template: '\(Redaction.redactingCredentials(in: text))'",
            help: [
                "use an address that git can clone, or that of a directory: https://HOST/OWNER/REPOSITORY/tree/BRANCH/PATH"
            ]
        )
    }
}
