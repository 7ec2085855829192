import HostSystem
import RequirementFormats

/// Finds the Python that builds source distributions, of the target's version if possible.
struct BuildInterpreter: Sendable {
    let host: HostServices
    let command: UvCommand
    /// The interpreter of `pythonBin`; `nil` if it is not set.
    let named: String?

    /// The argument of `--python` for resolutions; `nil` to let uv use any interpreter.
    ///
    /// Most resolutions do not build anything, so that the interpreter of `pythonBin` need not be installed.
    func resolvingArgument(
        for target: Target,
        _ program: LocalPath,
        in folder: LocalPath
    ) async throws -> String? {
        guard let named else { return try await argument(for: target, program, in: folder) }
        let found = try await command.run(program, ["python", "find", "--quiet", named], in: folder)
        let other = BuildInterpreter(host: host, command: command, named: nil)
        return try await (found.isSuccess ? self : other).argument(for: target, program, in: folder)
    }

    /// The argument of `--python` for builds; `nil` to let uv use any interpreter.
    ///
    /// - Parameters:
    ///   - target: The target of the wheel.
    ///   - program: The path of uv.
    ///   - folder: The working directory of uv.
    /// - Returns: A version that uv finds itself, or the path of an interpreter.
    /// - Throws: The errors of running uv.
    func argument(
        for target: Target,
        _ program: LocalPath,
        in folder: LocalPath
    ) async throws -> String? {
        // uv cannot run Python 2, but resolves for it with any Python 3.
        if target.runtime.major < 3 { return "3" }
        if let named { return named }
        let version = target.runtime.version
        let found = try await command.run(program, ["python", "find", "--quiet", version], in: folder)
        return found.isSuccess ? version : try installed(version)?.string
    }

    /// An interpreter that pyenv has installed but not activated, so that its shim on `PATH` only prints an error.
    private func installed(_ version: String) throws(FileSystemError) -> LocalPath? {
        let home = host.environment.home.map { $0 / ".pyenv" }
        guard let root = host.environment.nonEmpty("PYENV_ROOT").map({ LocalPath($0) }) ?? home else { return nil }
        let versions = root / "versions"
        let folders = try host.files.entriesIfPresent(of: versions).map(\.name)
            .filter {
                $0.hasPrefix(version + ".") && $0.dropFirst(version.count + 1).allSatisfy(\.isNumber)
            }
        // All patch releases of a version work; the last by name makes the choice deterministic.
        return folders.last.map { versions / $0 / "bin" / "python\(version)" }
            .flatMap {
                host.files.isFile($0) ? $0 : nil
            }
    }
}
