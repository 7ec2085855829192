import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Runs uv with the configured indexes, and without the configuration files that it would read itself.
struct UvCommand: Sendable {
    let host: HostServices
    let settings: IndexSettings
    /// The root directory of the cache.
    let cache: LocalPath

    /// Runs uv and returns its output, even if it fails.
    ///
    /// - Parameters:
    ///   - program: The path of uv.
    ///   - arguments: The arguments of uv.
    ///   - folder: The working directory of uv.
    ///   - variables: Additional environment variables, for those that are not set already.
    /// - Returns: The exit status and the output.
    /// - Throws: A `DiagnosticError` if uv cannot be started.
    func run(
        _ program: LocalPath,
        _ arguments: [String],
        in folder: LocalPath,
        variables: [String: String] = [:]
    ) async throws -> ProcessResult {
        var environment = environment
        environment.variables.merge(variables) { set, _ in set }
        var request = ProcessRequest(program.string, arguments, environment: environment)
        request.workingDirectory = folder
        do {
            return try await start(request)
        } catch let error as ProcessStartError {
            throw DiagnosticError(
                .uvNotAvailable,
                "cannot start the resolver uv: \(error)",
                help: [
                    "set FUROSHIKI_UV to the path of uv \(UvProgram.version) or later for this system",
                    "remove '\(program)', so that uv is found on PATH or downloaded",
                ]
            )
        }
    }

    /// Starts uv, and tries again if its file is still open for writing in a child process (`ETXTBSY`).
    ///
    /// A child process that is started while the file of uv is written inherits the open file until it executes its own
    /// program, which takes a few milliseconds.
    private func start(_ request: ProcessRequest) async throws -> ProcessResult {
        let textFileBusy: Int32 = 26
        for _ in 1...100 {
            do {
                return try await host.processes.run(request)
            } catch let error as ProcessStartError where error.code == textFileBusy {
                try await host.clock.sleep(for: .milliseconds(20))
            }
        }
        return try await host.processes.run(request)
    }

    /// Runs uv with access to the indexes, and reports when it waits for them.
    func runWithIndexes(
        _ program: LocalPath,
        _ arguments: [String],
        in folder: LocalPath,
        variables: [String: String] = [:],
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> ProcessResult {
        let hosts = settings.hosts
        return try await reportingWaits(clock: host.clock) { elapsed in
            if !hosts.isEmpty { report(.waiting(hosts: hosts, elapsed)) }
        } for: {
            try await run(program, arguments, in: folder, variables: variables)
        }
    }

    /// The cache directory of uv.
    var uvCache: LocalPath { LocalPath(host.environment.nonEmpty("UV_CACHE_DIR") ?? (cache / "uv").string) }

    /// The arguments about indexes, for resolving and building.
    var indexArguments: [String] {
        var arguments = ["--no-progress", "--color", "never"]
        // pip selects the best version from all indexes, and requirements that were written for it rely on that.
        if host.environment.nonEmpty("UV_INDEX_STRATEGY") == nil {
            arguments += ["--index-strategy", "unsafe-best-match"]
        }
        if settings.index == nil { arguments.append("--no-index") }
        for case .local(let folder) in settings.findLinks { arguments += ["--find-links", folder.string] }
        for host in settings.trustedHosts { arguments += ["--allow-insecure-host", host] }
        return arguments
    }

    /// The error output of uv without credentials.
    static func errorOutput(_ result: ProcessResult) -> String {
        Redaction.redactingCredentials(in: result.errorText).trimmingBlanks
    }

    /// The environment of uv, which contains addresses with credentials, since process lists show arguments.
    private var environment: Environment {
        var environment = host.environment
        for name in [
            "UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX",
        ] {
            environment.variables[name] = nil
        }
        environment.variables["UV_NO_CONFIG"] = "1"
        environment.variables["UV_CACHE_DIR"] = uvCache.string
        environment.variables.merge(settings.timeouts.variables) { $1 }
        let access = settings.access
        if let index = settings.index { environment.variables["UV_DEFAULT_INDEX"] = access.revealed(index) }
        if !settings.extraIndexes.isEmpty {
            environment.variables["UV_INDEX"] = settings.extraIndexes.map(access.revealed).joined(separator: " ")
        }
        var lists: [String] = []
        for case .address(let list) in settings.findLinks { lists.append(access.revealed(list)) }
        if !lists.isEmpty { environment.variables["UV_FIND_LINKS"] = lists.joined(separator: ",") }
        if environment.nonEmpty("SSL_CERT_FILE") == nil {
            let names = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]
            let named = names.lazy.compactMap { environment.nonEmpty($0) }.first
            if let file = settings.certificates?.string ?? named { environment.variables["SSL_CERT_FILE"] = file }
        }
        if environment.nonEmpty("UV_PYTHON_DOWNLOADS") == nil,
            ["python3", "python"].contains(where: { host.environment.findProgram($0, files: host.files) != nil })
        {
            // Any interpreter is good enough, so none is downloaded if one is installed.
            environment.variables["UV_PYTHON_DOWNLOADS"] = "never"
        }
        return environment
    }
}
