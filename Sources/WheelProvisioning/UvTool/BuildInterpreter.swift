import HostSystem
import RequirementFormats

/// Finds the Python that builds source distributions: one of the target's version, where there is one.
struct BuildInterpreter: Sendable {
    let host: HostServices
    let command: UvCommand
    /// What the user asked for (`pythonBin`).
    let named: String?

    /// What uv is told after `--python` where a lock is sought, `nil` to let it take any interpreter.
    ///
    /// Most locks need nothing built, so that an interpreter that was asked for need not be on this machine.
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

    /// What uv is told after `--python` where it builds, `nil` to let it take any interpreter.
    ///
    /// - Parameters:
    ///   - target: what the wheel is for.
    ///   - program: uv.
    ///   - folder: where uv is run.
    /// - Returns: a version that uv finds by itself, or the path of an interpreter.
    /// - Throws: what running uv throws.
    func argument(
        for target: Target,
        _ program: LocalPath,
        in folder: LocalPath
    ) async throws -> String? {
        // uv does not run with Python 2, and resolves for it with any Python 3.
        if target.runtime.major < 3 { return "3" }
        if let named { return named }
        let version = target.runtime.version
        let found = try await command.run(program, ["python", "find", "--quiet", version], in: folder)
        return found.isSuccess ? version : try installed(version)?.string
    }

    /// An interpreter that pyenv installed but has not switched on, where its shim on `PATH` only complains.
    private func installed(_ version: String) throws(FileSystemError) -> LocalPath? {
        let home = host.environment.home.map { $0 / ".pyenv" }
        guard let root = host.environment.nonEmpty("PYENV_ROOT").map({ LocalPath($0) }) ?? home else { return nil }
        let versions = root / "versions"
        let folders = try host.files.entriesIfPresent(of: versions).map(\.name)
            .filter {
                $0.hasPrefix(version + ".") && $0.dropFirst(version.count + 1).allSatisfy(\.isNumber)
            }
        // Patch releases of one version do as well as each other; the last by name makes the choice a fixed one.
        return folders.last.map { versions / $0 / "bin" / "python\(version)" }
            .flatMap {
                host.files.isFile($0) ? $0 : nil
            }
    }
}
