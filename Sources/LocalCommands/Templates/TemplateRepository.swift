import Diagnostics
import HostSystem

/// Copies templates from git repositories.
struct TemplateRepository: Sendable {
    /// What runs git, and the file system that it writes to.
    let services: HostServices

    /// Clones a repository and passes the directory of the template to a body.
    ///
    /// - Throws: ``DiagnosticError`` if git is missing or fails, or if the repository lacks the branch or the directory.
    func with<Result>(_ address: TemplateAddress, _ body: (LocalPath) throws -> Result) async throws -> Result {
        try await TemporaryDirectory.with(in: services.environment.temporaryDirectory, files: services.files) {
            scratch in
            let checkout = scratch / "checkout"
            let (revision, path) = try await locate(address)
            var arguments = ["clone", "--quiet"]
            if let revision, isCommit(revision) {
                try await git(arguments + ["--", address.repository, checkout.string], address)
                try await git(["-C", checkout.string, "checkout", "--quiet", "--detach", revision], address)
            } else {
                arguments += ["--depth", "1"] + (revision.map { ["--branch", $0] } ?? [])
                try await git(arguments + ["--", address.repository, checkout.string], address)
            }
            let directory = checkout / path
            guard directory.isWithin(checkout), services.files.isDirectory(directory),
                try services.files.realPath(of: directory).isWithin(services.files.realPath(of: checkout))
            else {
                throw DiagnosticError(
                    .missingTemplate,
                    "the repository '\(shown(address))' has no directory '\(path)'",
                    help: ["check the path and the branch in the address"]
                )
            }
            return try body(directory)
        }
    }

    /// Separates the revision from the path: the longest name of a branch or tag that they start with.
    private func locate(_ address: TemplateAddress) async throws -> (revision: String?, path: String) {
        let parts = address.revisionAndPath
        guard let first = parts.first else { return (nil, ".") }
        if parts.count == 1 || isCommit(first) { return (first, parts.dropFirst().joined(separator: "/")) }
        let listed = try await git(["ls-remote", "--heads", "--tags", "--", address.repository], address)
        let names = listed.split(separator: "\n")
            .compactMap { line -> [String]? in
                let reference = line.split(separator: "\t").last?.split(separator: "/").map(String.init)
                return reference.map { Array($0.dropFirst(2)) }
            }
        guard let name = names.filter({ !$0.isEmpty && parts.starts(with: $0) }).max(by: { $0.count < $1.count }) else {
            throw DiagnosticError(
                .missingTemplate,
                "the repository '\(shown(address))' has no branch or tag '\(first)'",
                help: NearestNames.help(
                    for: first,
                    among: names.map { $0.joined(separator: "/") },
                    else: ["check the branch in the address"]
                )
            )
        }
        return (name.joined(separator: "/"), parts.dropFirst(name.count).joined(separator: "/"))
    }

    /// Whether a revision is the hash of a commit, which cannot be cloned by its name.
    private func isCommit(_ revision: String) -> Bool { revision.count == 40 && revision.allSatisfy(\.isHexDigit) }

    private func shown(_ address: TemplateAddress) -> String { Redaction.redactingCredentials(in: address.repository) }

    /// Runs git without questions, and returns its output.
    @discardableResult
    private func git(_ arguments: [String], _ address: TemplateAddress) async throws -> String {
        var environment = services.environment
        environment.variables["GIT_TERMINAL_PROMPT"] = "0"
        let result: ProcessResult
        do {
            result = try await services.processes.run(ProcessRequest("git", arguments, environment: environment))
        } catch let error as ProcessStartError {
            throw DiagnosticError(
                .missingGit,
                "cannot start 'git', which copies templates from repositories",
                notes: ["\(error)"],
                help: ["install git, or copy the template yourself and use --template-path"]
            )
        }
        guard result.isSuccess else {
            throw DiagnosticError([
                Diagnostic(
                    .error,
                    .templateNotCloned,
                    "cannot copy the template from '\(shown(address))'",
                    notes: [
                        Redaction.redactingCredentials(in: result.errorText)
                            .split(separator: "\n").last.map(String.init) ?? "git failed"
                    ],
                    help: ["check the address, the network and the access rights of git"]
                )
            ])
        }
        return result.outputText
    }
}
