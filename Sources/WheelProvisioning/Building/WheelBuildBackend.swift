import HostSystem
import RequirementFormats

/// The second step of a build: builds a wheel of a prepared project, on this system or in a container.
///
/// A backend does not know where the source comes from, and does not decide whether the wheel can be used.
protocol WheelBuildBackend: Sendable {
    /// Whether wheels are built in containers, and not on this system.
    var usesContainer: Bool { get }

    /// The properties of the backend that affect wheels for a target, for the keys of built wheels.
    ///
    /// - Returns: The properties; `nil` if they are not known before ``prepare(for:)``.
    /// - Throws: `FileSystemError`, `CancellationError`.
    func properties(for target: Target) async throws -> [String: String]?

    /// Prepares builds for a target, for example by pulling an image.
    ///
    /// - Throws: `DiagnosticError` if the backend cannot be used, `CancellationError`.
    func prepare(for target: Target) async throws

    /// Builds a wheel.
    ///
    /// - Parameters:
    ///   - project: the directory of the project, or an archive of it.
    ///   - target: the target that the wheel should work on.
    ///   - folder: a directory for this build, in which a directory `wheels` does not exist yet.
    /// - Returns: the wheel, or the output of a build that failed.
    /// - Throws: `DiagnosticError` if the build cannot be started, `FileSystemError`, `CancellationError`.
    func build(_ project: LocalPath, for target: Target, in folder: LocalPath) async throws -> WheelBuildOutcome
}

/// The outcome of a build that was started.
enum WheelBuildOutcome: Sendable {
    /// The build wrote a wheel to this file.
    case built(LocalPath)
    /// The build failed; the associated value is its output, without credentials.
    case failed(output: String)
}
