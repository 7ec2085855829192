import HostSystem
import RequirementFormats

/// Builds wheels on this system with `uv build`.
struct UvBuildBackend: WheelBuildBackend {
    let host: HostServices
    let uv: UvProgram
    let command: UvCommand
    /// The interpreter of `pythonBin`; `nil` for one of the target's version.
    let interpreter: String?

    var usesContainer: Bool { false }

    func properties(for target: Target) -> [String: String]? { ["interpreter": interpreter ?? ""] }

    func prepare(for target: Target) {}

    func build(_ project: LocalPath, for target: Target, in folder: LocalPath) async throws -> WheelBuildOutcome {
        let program = try await uv.locate()
        let output = folder / "wheels"
        var arguments = ["build", "--wheel", "--out-dir", output.string] + command.indexArguments
        let interpreter = BuildInterpreter(host: host, command: command, named: self.interpreter)
        if let python = try await interpreter.argument(for: target, program, in: folder) {
            arguments += ["--python", python]
        }
        let result = try await command.run(program, arguments + [project.string], in: folder)
        let wheels = try host.files.entriesIfPresent(of: output).filter { $0.name.hasSuffix(".whl") }
        guard result.isSuccess, let wheel = wheels.first else {
            return .failed(output: UvCommand.errorOutput(result))
        }
        return .built(output / wheel.name)
    }
}
