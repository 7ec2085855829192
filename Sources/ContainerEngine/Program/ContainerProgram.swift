package import Diagnostics
package import HostSystem

/// The command-line program of a container engine: docker, podman, finch or nerdctl.
///
/// Only commands and options that all of them have are used. Which engine is contacted, local or remote, is the decision
/// of the program: `DOCKER_HOST`, contexts and connections work because no path of this system is given to the engine.
package struct ContainerProgram: Sendable {
    /// The path of the program.
    package let path: LocalPath
    let host: HostServices

    /// The programs that are looked for on `PATH`, the first one first.
    package static let names = ["docker", "podman", "finch", "nerdctl"]
    /// The environment variable with the name or the path of the program.
    package static let variable = "FUROSHIKI_CONTAINER_CLI"

    /// The name of the program, such as `docker`.
    package var name: String { path.lastComponent }

    /// Finds the program: the one in `FUROSHIKI_CONTAINER_CLI`, else the first one on `PATH`.
    ///
    /// - Throws: A `DiagnosticError` if there is none.
    package static func find(_ host: HostServices) throws(DiagnosticError) -> ContainerProgram {
        if let named = host.environment.nonEmpty("FUROSHIKI_CONTAINER_CLI") {
            let path =
                named.contains("/") ? LocalPath(named) : host.environment.findProgram(named, files: host.files)
            guard let path, host.files.isFile(path) else {
                throw DiagnosticError(
                    .containerProgramMissing,
                    "cannot find '\(named)', which \(variable) is set to",
                    help: ["set \(variable) to \(list(names)), or to the path of one of them"]
                )
            }
            return ContainerProgram(path: path, host: host)
        }
        for name in names {
            guard let path = host.environment.findProgram(name, files: host.files) else { continue }
            return ContainerProgram(path: path, host: host)
        }
        throw DiagnosticError(
            .containerProgramMissing,
            "cannot find a program that starts containers",
            notes: ["\(list(names)) are not on PATH"],
            help: ["install Docker, Podman, Finch or nerdctl, or set \(variable) to the path of its program"]
        )
    }

    /// Runs the program, and returns its output even if it fails.
    ///
    /// - Parameters:
    ///   - arguments: The arguments, which contain no secrets.
    ///   - variables: Environment variables in addition to those of this process; an argument refers to them by name.
    ///   - configure: Changes the request before it is run, for example its input.
    /// - Returns: The exit status and the output.
    /// - Throws: A `DiagnosticError` if the program cannot be started, `CancellationError`.
    package func run(
        _ arguments: [String],
        variables: [String: String] = [:],
        configure: (inout ProcessRequest) -> Void = { _ in }
    ) async throws -> ProcessResult {
        var environment = host.environment
        environment.variables.merge(variables) { $1 }
        // The digest of an image that was built is read from the output, which colors and progress would change.
        environment.variables["NO_COLOR"] = "1"
        var request = ProcessRequest(path.string, arguments, environment: environment)
        configure(&request)
        do {
            return try await host.processes.run(request)
        } catch let error as ProcessStartError {
            throw DiagnosticError(
                .containerProgramMissing,
                "\(error)",
                help: ["set \(Self.variable) to the path of \(Self.list(Self.names))"]
            )
        }
    }

    /// Runs the program like ``run(_:variables:configure:)``, but ends it when this process ends for any reason.
    ///
    /// A build that goes on after that would leave a container and an image, as nothing is attached to its input.
    func runAttached(
        _ arguments: [String],
        variables: [String: String] = [:],
        configure: (inout ProcessRequest) -> Void = { _ in }
    ) async throws -> ProcessResult {
        try await run(arguments, variables: variables) { request in
            configure(&request)
            request.arguments = ["-c", Self.attachment, "sh", request.program] + request.arguments
            request.program = "/bin/sh"
            request.input = .held
        }
    }

    /// Runs a program, and ends the group of processes when the standard input ends.
    private static let attachment = """
        exec 3<&0
        ( cat <&3; kill -TERM 0 ) >/dev/null 2>&1 &
        watch=$!
        "$@" </dev/null 3<&-
        status=$?
        kill "$watch"
        exit "$status"
        """

    /// A note with a command, as it would be typed in a shell, without the scripts in it.
    package func commandNote(_ arguments: [String]) -> String {
        let words = ([name] + arguments)
            .map { word in
                if word.contains("\n") { return "'…'" }
                let isPlain = word.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || "-_./:=,@+%".utf8.contains(byte)
                }
                return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
            }
        return "the command for the container is: " + words.joined(separator: " ")
    }

    private static func list(_ names: [String]) -> String {
        names.dropLast().joined(separator: ", ") + (names.last.map { " or \($0)" } ?? "")
    }
}
