import HostSystem
import RequirementFormats

/// The runs of uv for one resolution, which share their input.
struct ResolverRun: Sendable {
    /// What a run brings.
    enum Outcome: Sendable {
        /// The text of a `pylock.toml`, without credentials.
        case lock(String)
        /// uv's exit status and what it said.
        case failed(code: Int32, String)
    }

    /// A folder of this resolution's own.
    let folder: LocalPath
    let files: any FileSystem
    /// The folder where the lock will lie, to which paths in it are relative.
    let output: LocalPath
    let program: LocalPath
    let command: UvCommand
    let arguments: [String]
    let report: @Sendable (ProvisioningEvent) -> Void

    /// Writes the input, which only the user may read: addresses in it may have credentials.
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
        // setuptools would note in a local project what it found there; so it does that here.
        try files.createDirectory(folder / "metadata")
        let configuration = "[egg_info]\negg_base = \((folder / "metadata").string)\n"
        try files.write(Array(configuration.utf8), to: folder / "build.cfg", options: options)
    }

    /// Runs uv.
    func attempt(_ further: [String]) async throws -> Outcome {
        // uv wants this form of name, and writes paths relative to the file's folder.
        let lock = output / "pylock.\(String(UInt64.random(in: .min ... .max), radix: 36)).toml"
        // What stays is in nobody's way: the next run has another name.
        defer { try? files.remove(lock) }
        let result = try await command.runAsking(
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
        case .exited(let code): return .failed(code: code, UvCommand.complaint(result))
        case .signalled(let signal):
            return .failed(code: 128 + signal, "uv was ended by signal \(signal)\n\(UvCommand.complaint(result))")
        }
    }
}
