import Diagnostics
import HostSystem

/// A commit of a git repository.
struct Repository: Sendable {
    /// The address as `git+https://…`.
    let address: String
    let commit: String
    let settings: IndexSettings
    let host: HostServices

    /// Checks out the files of the commit in an empty directory.
    ///
    /// - Returns: The directory of the files.
    /// - Throws: A `DiagnosticError` with the output of git.
    func checkOut(in folder: LocalPath) async throws -> LocalPath {
        guard address.hasPrefix("git+") else {
            throw DiagnosticError(
                .invalidRepository,
                "'\(Redaction.redactingCredentials(in: address))' is not a git repository",
                notes: ["other version control systems are not supported"],
                help: ["require an archive or a wheel of the project instead"]
            )
        }
        guard !commit.hasPrefix("-") else {
            throw DiagnosticError(
                .invalidRepository,
                "'\(commit)' is not a valid commit of '\(Redaction.redactingCredentials(in: address))'",
                notes: ["git would treat it as an option"]
            )
        }
        // A user name is not a secret, and the configuration of git may refer to the address with the name.
        let plain = WebAddress(address.dropFirst(4))?.password == nil
        var url = plain ? String(address.dropFirst(4)) : Redaction.removingCredentials(in: String(address.dropFirst(4)))
        if let web = WebAddress(address.dropFirst(4)), web.user == nil,
            let known = settings.credentials(for: web), known.password.revealed.isEmpty,
            let scheme = url.firstRange(of: "://")
        {
            url.insert(contentsOf: known.user + "@", at: scheme.upperBound)
        }
        try host.files.createDirectory(folder)
        // Only the commit is fetched first; if the server does not support that, everything is fetched.
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
                .checkoutFailed,
                "cannot check out '\(commit)' of '\(Redaction.removingCredentials(in: address))'",
                toolOutput: Redaction.redactingCredentials(in: result.errorText)
            )
        }
    }

    private func run(_ arguments: [String], in folder: LocalPath) async throws -> ProcessResult {
        var environment = host.environment
        // Git must not ask for a password.
        environment.variables["GIT_TERMINAL_PROMPT"] = "0"
        if let url = WebAddress(address.dropFirst(4)), let credentials = settings.credentials(for: url),
            !credentials.password.revealed.isEmpty
        {
            // The environment is used because process lists show arguments.
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
            throw DiagnosticError(.missingGit, "\(error)", help: ["install git"])
        }
    }

    /// Unpacks an archive with the system's tar or unzip.
    ///
    /// - Returns: The single directory in the archive, or the given directory if the archive has several entries.
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
                .unpackingFailed,
                "cannot unpack '\(archive.lastComponent)'",
                toolOutput: result.errorText
            )
        }
        let entries = try host.files.entries(of: folder)
        if entries.count == 1, let only = entries.first, only.kind == .directory { return folder / only.name }
        return folder
    }
}
