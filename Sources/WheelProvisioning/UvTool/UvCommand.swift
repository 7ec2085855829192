import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// How uv is called: with the indexes that were set, and nothing that it would read by itself.
struct UvCommand: Sendable {
    let host: HostServices
    let settings: IndexSettings
    let cache: LocalPath

    /// Runs uv, with further variables where they are not set already, and says in an error's place what it said.
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
                "the resolver uv does not start: \(error)",
                category: .resolution,
                help: [
                    "let FUROSHIKI_UV name a uv for this machine, in version \(UvProgram.version) or later",
                    "or remove '\(program)': then another one is taken from PATH, or fetched",
                ]
            )
        }
    }

    /// Starts uv, again where the file that was just written is still open in a process that began meanwhile: until
    /// that has become another program, which takes no time, it holds what this one had open (`ETXTBSY`).
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

    /// Runs uv, which asks the indexes, and tells for how long it has waited for them.
    func runAsking(
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

    /// Where uv keeps what it fetched.
    var uvCache: LocalPath { LocalPath(host.environment.nonEmpty("UV_CACHE_DIR") ?? (cache / "uv").string) }

    /// What uv is told of indexes and of formats, the same for resolving and building.
    var indexArguments: [String] {
        var arguments = ["--no-progress", "--color", "never"]
        // pip takes the best version of all indexes; requirements that were written for it rely on that.
        if host.environment.nonEmpty("UV_INDEX_STRATEGY") == nil {
            arguments += ["--index-strategy", "unsafe-best-match"]
        }
        if settings.index == nil { arguments.append("--no-index") }
        for case .local(let folder) in settings.findLinks { arguments += ["--find-links", folder.string] }
        for host in settings.trustedHosts { arguments += ["--allow-insecure-host", host] }
        return arguments
    }

    /// uv's complaint without credentials, with what is only a heading to us cut off.
    static func complaint(_ result: ProcessResult) -> String {
        Redaction.redactingCredentials(in: result.errorText).trimmingBlanks
    }

    /// The last lines of what a build said, which tell why it failed; before them it lists all that it did.
    static func ending(of complaint: String) -> String {
        let lines = complaint.split(separator: "\n", omittingEmptySubsequences: false)
        let kept = 30
        guard lines.count > kept + 5 else { return complaint }
        return (["(\(lines.count - kept) lines before these)"] + lines.suffix(kept)).joined(separator: "\n")
    }

    /// The environment of uv: addresses with credentials are given here, where no list of processes shows them.
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
        if let index = settings.index { environment.variables["UV_DEFAULT_INDEX"] = index.revealed }
        if !settings.extraIndexes.isEmpty {
            environment.variables["UV_INDEX"] = settings.extraIndexes.map(\.revealed).joined(separator: " ")
        }
        var lists: [String] = []
        for case .address(let list) in settings.findLinks { lists.append(list.revealed) }
        if !lists.isEmpty { environment.variables["UV_FIND_LINKS"] = lists.joined(separator: ",") }
        if environment.nonEmpty("SSL_CERT_FILE") == nil {
            let names = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]
            let named = names.lazy.compactMap { environment.nonEmpty($0) }.first
            if let file = settings.certificates?.string ?? named { environment.variables["SSL_CERT_FILE"] = file }
        }
        if environment.nonEmpty("UV_PYTHON_DOWNLOADS") == nil,
            ["python3", "python"].contains(where: { host.environment.findProgram($0, files: host.files) != nil })
        {
            // Any interpreter will do, so none is fetched where there is one.
            environment.variables["UV_PYTHON_DOWNLOADS"] = "never"
        }
        return environment
    }
}
