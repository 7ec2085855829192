import Diagnostics
import HostSystem

/// A commit of a git repository.
struct Repository: Sendable {
    /// The address as `git+https://…`.
    let address: String
    let commit: String
    let settings: IndexSettings
    let host: HostServices

    /// Brings the commit's files into an empty folder.
    ///
    /// - Throws: `DiagnosticError` with what git said.
    func checkOut(in folder: LocalPath) async throws -> LocalPath {
        guard address.hasPrefix("git+") else {
            throw DiagnosticError(
                "'\(Redaction.redactingCredentials(in: address))' is in no git repository",
                category: .build,
                help: ["only git repositories can be installed from"]
            )
        }
        guard !commit.hasPrefix("-") else {
            throw DiagnosticError(
                "'\(commit)' is no commit of '\(Redaction.redactingCredentials(in: address))'",
                category: .build,
                notes: ["git would take it for an option"]
            )
        }
        // A user's name alone is no secret, and git configuration may know the address with it only.
        let plain = WebAddress(address.dropFirst(4))?.password == nil
        var url = plain ? String(address.dropFirst(4)) : Redaction.removingCredentials(in: String(address.dropFirst(4)))
        if let web = WebAddress(address.dropFirst(4)), web.user == nil,
            let known = settings.credentials(for: web), known.password.revealed.isEmpty,
            let scheme = url.firstRange(of: "://")
        {
            url.insert(contentsOf: known.user + "@", at: scheme.upperBound)
        }
        try host.files.createDirectory(folder)
        // A commit alone is asked for first; servers that give none by its name are asked for all.
        try await git(["init", "--quiet"], in: folder)
        try await git(["remote", "add", "origin", url], in: folder)
        let shallow = try await run(["fetch", "--quiet", "--depth", "1", "origin", commit], in: folder)
        if !shallow.isSuccess { try await git(["fetch", "--quiet", "--tags", "origin"], in: folder) }
        try await git(["-c", "advice.detachedHead=false", "checkout", "--quiet", commit], in: folder)
        try await git(["submodule", "update", "--quiet", "--init", "--recursive"], in: folder)
        return folder
    }

    private func git(_ arguments: [String], in folder: LocalPath) async throws {
        let result = try await run(arguments, in: folder)
        guard result.isSuccess else {
            throw DiagnosticError(
                "cannot check out '\(Redaction.removingCredentials(in: address))' at '\(commit)'",
                category: .build,
                toolOutput: Redaction.redactingCredentials(in: result.errorText)
            )
        }
    }

    private func run(_ arguments: [String], in folder: LocalPath) async throws -> ProcessResult {
        var environment = host.environment
        // Nobody is there to be asked for a password.
        environment.variables["GIT_TERMINAL_PROMPT"] = "0"
        if let url = WebAddress(address.dropFirst(4)), let credentials = settings.credentials(for: url),
            !credentials.password.revealed.isEmpty
        {
            // Given as configuration in the environment, which no list of processes shows.
            let basic = Base64.encode(Array("\(credentials.user):\(credentials.password.revealed)".utf8))
            let count = Int(environment["GIT_CONFIG_COUNT"] ?? "") ?? 0
            environment.variables["GIT_CONFIG_COUNT"] = "\(count + 1)"
            environment.variables["GIT_CONFIG_KEY_\(count)"] = "http.\(url.origin)/.extraHeader"
            environment.variables["GIT_CONFIG_VALUE_\(count)"] = "Authorization: Basic \(basic)"
        }
        let request = ProcessRequest("git", arguments, environment: environment, workingDirectory: folder)
        do {
            return try await host.processes.run(request)
        } catch let error as ProcessStartError {
            throw DiagnosticError("\(error)", category: .build, help: ["install git"])
        }
    }

    /// Unpacks an archive with the system's tar, and goes into the one folder that archives of projects have.
    static func unpack(_ archive: LocalPath, in folder: LocalPath, host: HostServices) async throws -> LocalPath {
        try host.files.createDirectory(folder)
        let isZip = archive.lastComponent.hasSuffix(".zip")
        let (program, arguments) =
            isZip ? ("unzip", ["-q", archive.string]) : ("tar", ["-xf", archive.string, "--no-same-owner"])
        var request = ProcessRequest(program, arguments, environment: host.environment)
        request.workingDirectory = folder
        let result = try await host.processes.run(request)
        guard result.isSuccess else {
            throw DiagnosticError(
                "cannot unpack '\(archive.lastComponent)'",
                category: .build,
                toolOutput: result.errorText
            )
        }
        let entries = try host.files.entries(of: folder)
        if entries.count == 1, let only = entries.first, only.kind == .directory { return folder / only.name }
        return folder
    }
}
