import Diagnostics
package import HostSystem

extension RunningContainer {
    /// Unpacks a tar archive at the root of the container.
    ///
    /// The engine unpacks it, so the image needs no tar.
    ///
    /// - Throws: A `DiagnosticError` if the engine or the container failed, `CancellationError`.
    package func unpack(_ archive: LocalPath) async throws {
        let result = try await program.run(["cp", "-", "\(name):/"]) { $0.input = .file(archive) }
        guard !result.isSuccess else { return }
        throw EngineFailure(result.errorText)
            .error(
                of: program,
                "cannot copy files to a container of image '\(image)'",
                image: image,
                output: result.errorText
            )
    }

    /// Runs a script until it ends, with its output and error output as they come.
    ///
    /// - Parameters:
    ///   - script: The script for `sh`.
    ///   - arguments: The arguments `$1`, `$2` …
    ///   - receive: Gets the pieces of both outputs, on a thread of the runner.
    /// - Returns: The exit status, which is that of the engine's program if the container ended.
    /// - Throws: A `DiagnosticError` if the engine's program cannot be started, `CancellationError`.
    package func attend(
        _ script: String,
        _ arguments: [String],
        receive: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> ProcessResult.Status {
        try await program.run(["exec", name, "/bin/sh", "-c", script, "sh"] + arguments) { request in
            request.output = .streamed(receive)
            request.errorOutput = .streamed(receive)
            request.gracePeriod = .milliseconds(500)
        }
        .status
    }
}
