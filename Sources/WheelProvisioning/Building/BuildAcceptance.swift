import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The third step of a build: stores a built wheel if it loads on the target.
struct BuildAcceptance: Sendable {
    let fetcher: WheelFetcher

    /// Checks a wheel and moves it to the store.
    ///
    /// - Throws: `DiagnosticError` if the wheel does not load on the target; `ZipError`, `FileSystemError`.
    func accept(
        _ file: LocalPath,
        of distribution: ExactDistribution,
        for target: Target
    ) async throws -> StoredWheel {
        let name = try WheelName(parsing: file.lastComponent)
        if let reason = try await offPool({ try LoadCheck.problem(of: file, named: name, on: target) }) {
            throw DiagnosticError(
                "the wheel of '\(distribution.title)' that was built here does not load on '\(target)': \(reason)",
                category: .build,
                at: distribution.place,
                notes: [BuildAdvice.reason(distribution)],
                help: BuildAdvice.remedies(distribution, target)
            )
        }
        let asked = WheelFetcher.Asked(
            name: distribution.name,
            file: LockedFile(name: name.fileName, path: file),
            index: nil,
            place: distribution.place
        )
        return try await fetcher.adopt(file, named: name, asked)
    }
}
