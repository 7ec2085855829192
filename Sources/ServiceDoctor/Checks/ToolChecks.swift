import ConfigurationValues
import Diagnostics
package import HostSystem
package import ServerlessConfig
import ServiceLifecycle

/// Checks which programs are on this machine that commands use.
package struct ToolChecks: Sendable {
    private let host: HostServices
    private let service: Service?

    /// Creates the checks.
    ///
    /// - Parameters:
    ///   - host: the machine.
    ///   - service: the service, which decides what is needed; `nil` if there is none.
    package init(on host: HostServices, for service: Service?) {
        self.host = host
        self.service = service
    }

    /// The programs that are checked at the same time.
    private static let concurrentPrograms = 4

    /// The findings, one for each program.
    ///
    /// - Throws: `CancellationError`.
    package func findings() async throws -> [DoctorReport.Finding] {
        let checks: [Check] =
            [.uv] + pythonRuntimes.map { .python($0) } + [
                .tool(
                    ["node"],
                    isNeeded: usesNode,
                    use: "Node.js functions in 'invoke local', and JavaScript in configurations"
                ),
                .tool(["docker", "podman"], isNeeded: false, use: "what needs a container"),
                .tool(["git"], isNeeded: false, use: "requirements in git repositories, and 'create --template-url'"),
            ]
        return try await checks.concurrentMap(limit: Self.concurrentPrograms) { try await finding($0) }
    }

    /// A program to check.
    private enum Check: Sendable {
        case uv
        /// The interpreter of a runtime.
        case python(String)
        /// The first program that there is of some, and what it is used for.
        case tool([String], isNeeded: Bool, use: String)
    }

    private func finding(_ check: Check) async throws -> DoctorReport.Finding {
        switch check {
        case .uv: try await uv()
        case .python(let name): try await python(name)
        case .tool(let names, let isNeeded, let use): try await tool(names, isNeeded: isNeeded, use: use)
        }
    }

    private var usesNode: Bool {
        guard let service else { return false }
        return service.functions.contains { runtime(of: $0)?.hasPrefix("nodejs") == true }
    }

    /// The Python runtimes of the service, or those that are not deprecated.
    private var pythonRuntimes: [String] {
        guard let service else { return ["python3.12", "python3.13", "python3.14"] }
        var names: [String] = []
        for function in service.functions {
            guard let name = runtime(of: function), name.hasPrefix("python"), !names.contains(name) else { continue }
            names.append(name)
        }
        return names
    }

    private func runtime(of function: ServiceFunction) -> String? {
        (function.node["runtime"] ?? service?.provider["runtime"])?.string
    }

    // MARK: Programs

    private func uv() async throws -> DoctorReport.Finding {
        let files = host.files
        if let named = host.environment.nonEmpty("FUROSHIKI_UV") {
            let path = named.contains("/") ? LocalPath(named) : host.environment.findProgram(named, files: files)
            guard let path, files.isFile(path) else {
                return DoctorReport.Finding(
                    .tools,
                    .error,
                    "cannot find '\(named)', which FUROSHIKI_UV is set to",
                    help: ["unset FUROSHIKI_UV, so that uv is found on PATH or downloaded"],
                    code: .uvNotAvailable
                )
            }
            return try await finding(path, "uv")
        }
        guard let path = host.environment.findProgram("uv", files: files) else {
            return DoctorReport.Finding(.tools, .ok, "uv is downloaded when requirements are resolved")
        }
        return try await finding(path, "uv")
    }

    private func python(_ name: String) async throws -> DoctorReport.Finding {
        guard let path = host.environment.findProgram(name, files: host.files) else {
            return DoctorReport.Finding(.tools, .note, "\(name) is not on PATH; 'invoke local' needs it")
        }
        return try await finding(path, name)
    }

    private func tool(_ names: [String], isNeeded: Bool, use: String) async throws -> DoctorReport.Finding {
        for name in names {
            if let path = host.environment.findProgram(name, files: host.files) { return try await finding(path, name) }
        }
        let listed = names.joined(separator: " or ")
        return DoctorReport.Finding(
            .tools,
            isNeeded ? .warning : .note,
            "\(listed) is not on PATH; it is needed for \(use)",
            help: isNeeded ? ["install \(names[0])"] : []
        )
    }

    /// What a program says about its version.
    private func finding(_ path: LocalPath, _ name: String) async throws -> DoctorReport.Finding {
        var output: String?
        do {
            let result = try await host.processes.run(
                ProcessRequest(path.string, ["--version"], environment: host.environment)
            )
            if result.isSuccess { output = result.outputText }
        } catch is ProcessStartError {}
        guard let line = output?.split(whereSeparator: \.isNewline).first else {
            return DoctorReport.Finding(
                .tools,
                .warning,
                "\(name) at \(path) does not start",
                help: ["install \(name) again, or remove it from PATH"]
            )
        }
        return DoctorReport.Finding(.tools, .ok, "\(name): \(line) (\(path))")
    }
}
