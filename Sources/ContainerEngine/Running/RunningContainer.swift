import Diagnostics
package import HostSystem

/// A container that runs until the scope that started it ends.
package struct RunningContainer: Sendable {
    /// The program that started it.
    package let program: ContainerProgram
    /// The name of the container, which no other one has.
    package let name: String
    /// The image, as the user wrote it.
    package let image: String
    /// The lines that the script in ``ContainerStart/greeting`` printed.
    package let greeting: [String]

    /// The exit status of a script whose own work failed, which no engine uses.
    package static let failureStatus: Int32 = 97

    /// Runs a shell script in the container.
    ///
    /// - Parameters:
    ///   - script: The script for `sh`. If what it is for fails, it exits with ``failureStatus``.
    ///   - arguments: The arguments `$1`, `$2` …
    ///   - variables: Environment variables of the script, which may be secret.
    ///   - input: The file that is its standard input, or `nil` for none.
    ///   - output: The file that its standard output is written to.
    /// - Returns: The error output if it failed with ``failureStatus``, or `nil` if it succeeded.
    /// - Throws: A `DiagnosticError` if the engine or the container failed, `CancellationError`.
    package func run(
        _ script: String,
        _ arguments: [String] = [],
        variables: [String: String] = [:],
        input: LocalPath? = nil,
        output: LocalPath? = nil
    ) async throws -> ContainerScriptOutcome {
        let names = variables.keys.sorted()
        let result = try await program.run(
            ["exec"] + (input == nil ? [] : ["--interactive"]) + names.flatMap { ["--env", $0] }
                + [name, "/bin/sh", "-c", script, "sh"] + arguments,
            variables: variables
        ) { request in
            if let input { request.input = .file(input) }
            if let output { request.output = .file(output) }
            // The container is removed in any case, so nothing waits for the program in it.
            request.gracePeriod = .milliseconds(500)
        }
        switch result.status {
        case .exited(0): return .succeeded(output: result.outputText, errorOutput: result.errorText)
        case .exited(Self.failureStatus): return .failed(output: result.errorText)
        default:
            throw EngineFailure(result.errorText)
                .error(
                    of: program,
                    "the container of image '\(image)' failed",
                    image: image,
                    output: result.errorText
                )
        }
    }
}

/// The outcome of a script that a container ran.
package enum ContainerScriptOutcome: Hashable, Sendable {
    /// The script succeeded, with its output.
    case succeeded(output: String, errorOutput: String)
    /// The work of the script failed; the associated value is its error output.
    case failed(output: String)
}
