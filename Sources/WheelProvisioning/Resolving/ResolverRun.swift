import HostSystem
import RequirementFormats

/// The runs of uv for one resolution, which share their input.
struct ResolverRun: Sendable {
    /// The outcome of a run.
    enum Outcome: Sendable {
        /// The text of a `pylock.toml`, without credentials.
        case lock(String)
        /// The exit status and the error output of uv.
        case failed(code: Int32, String)
    }

    /// The temporary directory of this resolution, with the input files.
    let folder: LocalPath
    let files: any FileSystem
    /// The directory that the lock is written to, to which the paths in it are relative.
    let output: LocalPath
    let program: LocalPath
    let command: UvCommand
    let arguments: [String]
    let report: @Sendable (ProvisioningEvent) -> Void

    /// Writes the input files, which only the user may read, since their addresses may contain credentials.
    func prepare(_ list: RequirementList) throws {
        let options = FileWriteOptions(mode: 0o600)
        func text(_ list: [RequirementEntry]) -> [UInt8] {
            Array(list.map { $0.line() + "\n" }.joined().utf8)
        }
        try files.write(text(list.requirements), to: folder / "requirements.in", options: options)
        if !list.constraints.isEmpty {
            try files.write(text(list.constraints), to: folder / "constraints.in", options: options)
        }
        try files.createDirectory(output)
        // Otherwise setuptools would write its metadata to the local project.
        try files.createDirectory(folder / "metadata")
        let configuration = "[egg_info]\negg_base = \((folder / "metadata").string)\n"
        try files.write(Array(configuration.utf8), to: folder / "build.cfg", options: options)
    }

    /// Runs uv with further arguments, and reads the lock that it writes.
    func attempt(_ further: [String]) async throws -> Outcome {
        // uv requires a name of this form, and writes paths relative to the directory of the file.
        let lock = output / "pylock.\(String(UInt64.random(in: .min ... .max), radix: 36)).toml"
        // A file that remains does no harm: the next run uses another name.
        defer { try? files.remove(lock) }
        let result = try await command.runWithIndexes(
            program,
            ["pip", "compile", "--quiet", "--format", "pylock.toml", "--no-header", "--no-annotate"]
                + (files.isFile(folder / "constraints.in") ? ["--constraints", "constraints.in"] : [])
                + ["--output-file", lock.string]
                + arguments + further + ["requirements.in"],
            in: folder,
            variables: ["DIST_EXTRA_CONFIG": (folder / "build.cfg").string],
            report: report
        )
        switch result.status {
        case .exited(0): return .lock(Redaction.removingCredentials(in: try files.readText(lock)))
        case .exited(let code): return .failed(code: code, UvCommand.errorOutput(result))
        case .signalled(let signal):
            return .failed(
                code: 128 + signal,
                "uv was terminated by signal \(signal)\n\(UvCommand.errorOutput(result))"
            )
        }
    }
}
