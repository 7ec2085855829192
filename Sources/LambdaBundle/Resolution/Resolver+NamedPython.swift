import HostSystem
import PythonPackaging

extension Resolver {
    /// Resolves for the Python that the user named (`pythonBin`), where that is later than the target's.
    ///
    /// pip asks the interpreter that runs it which distributions will do, so that services rely on a later one than
    /// their runtime's.
    ///
    /// - Returns: the lock, or `nil` where there is no such Python, no solution for it, or one that does not load on
    ///   the target.
    func resolveForNamedPython(
        _ set: RequirementSet,
        _ demands: Demands,
        _ target: Target
    ) async throws -> String? {
        guard let named = options.interpreter else { return nil }
        let program = try await uv.locate()
        return try await TemporaryDirectory.with(in: host.environment.temporaryDirectory) { folder in
            let words = ["python", "find", "--show-version", named]
            let found = try await command.run(program, words, in: folder)
            let newest = Version(release: [target.runtime.major, target.runtime.minor, 99])
            guard found.isSuccess, let version = try? Version(parsing: found.outputText.trimmingBlanks),
                version > newest
            else { return nil }
            let run = ResolverRun(
                folder: folder,
                files: wheelhouse.files,
                output: wheelhouse.root / "resolutions",
                program: program,
                command: command,
                arguments: formatArguments + arguments(set.indexes, target, version: version) + ["--python", named],
                report: report
            )
            try run.prepare(demands)
            guard case .lock(let text) = try await run.attempt([]), try Self.loads(text, on: target) else { return nil }
            return text
        }
    }

    /// Whether each distribution of a resolution that comes of an index has a wheel for a target.
    private static func loads(_ text: String, on target: Target) throws -> Bool {
        let tags = target.supportedTags
        return try Pylock(parsing: Array(text.utf8)).packages
            .allSatisfy { package in
                let isOfIndex = !package.wheels.isEmpty || package.sourceDistribution != nil
                let wheels = package.wheels.compactMap { try? WheelName(parsing: $0.name) }
                return !isOfIndex || WheelName.best(of: wheels, for: tags) != nil
            }
    }

    /// What to tell of a resolution that was made for other versions of Python than the target's.
    static func otherPython(
        _ versions: VersionSpecifierSet,
        _ set: RequirementSet,
        _ target: Target
    ) -> Diagnostic {
        Diagnostic(
            .warning,
            "\(set.origin.displayName) has no solution for '\(target)'; it was resolved for Python \(versions)",
            category: .resolution,
            at: SourcePlace(file: set.origin.displayName, line: 1, column: 1),
            notes: [
                "custom.pythonRequirements.pythonBin names such a Python, and pip goes by the Python that runs it",
                "the wheels load on '\(target)', but may use what \(target.runtime.name) does not have",
            ],
            help: ["choose versions for \(target.runtime.name), or a later runtime"]
        )
    }
}
