import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The third step of a build: stores a built wheel if it works on the target.
struct BuildAcceptance: Sendable {
    let fetcher: WheelFetcher

    /// Checks a wheel and moves it to the store.
    ///
    /// - Throws: A `DiagnosticError` if the wheel does not work on the target; `ZipError`, `FileSystemError`.
    func accept(
        _ file: LocalPath,
        of distribution: ExactDistribution,
        for target: Target,
        _ origin: StoredWheel.Origin
    ) async throws -> StoredWheel {
        let name = try WheelName(parsing: file.lastComponent)
        if let reason = try await offPool({ try LoadCheck.problem(of: file, named: name, on: target) }) {
            throw DiagnosticError(
                .incompatibleBuild,
                "the built wheel of '\(distribution.title)' does not work on '\(target)': \(reason)",
                at: distribution.place,
                notes: [BuildAdvice.reason(distribution)]
                    + (origin == .container ? ["it was built in a container"] : []),
                help: origin == .thisSystem
                    ? BuildAdvice.help(distribution, target) : BuildAdvice.helpInContainer(distribution, target)
            )
        }
        let request = WheelFetcher.FileRequest(
            name: distribution.name,
            file: LockedFile(name: name.fileName, path: file),
            index: nil,
            place: distribution.place
        )
        var wheel = try await fetcher.adopt(file, named: name, request)
        wheel.origin = origin
        return wheel
    }
}
