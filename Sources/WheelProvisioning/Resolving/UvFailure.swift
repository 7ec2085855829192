import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// A failed resolution of uv, reported as a diagnostic with uv's output at the requirement that it is about.
struct UvFailure {
    /// The requirements that were resolved.
    let list: RequirementList
    /// The error output of uv.
    let output: String
    /// The indexes that were queried.
    let indexes: [IndexAddress]
    /// The cache directory of uv.
    let cache: LocalPath
    /// The indexes that denied access, with the status of their responses.
    var refusals: [IndexAddress: Int] = [:]

    /// The requirements that are mentioned in uv's output, in their order.
    var named: [RequirementEntry] {
        let words = output.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        // Words that are not valid names are ignored.
        let names = Set(words.compactMap { try? PackageName(parsing: Self.withoutStop($0)).normalized })
        return list.requirements.filter { $0.name.map { names.contains($0.normalized) } ?? false }
    }

    /// Whether no index has one of the projects.
    var isMissing: Bool { output.contains("was not found in the package registry") }

    /// The error of a source for a target, with the queried indexes without their credentials.
    func error(of origin: String, for target: Target) -> TargetError {
        let named = named
        let causes = named.isEmpty && list.requirements.count == 1 ? list.requirements : named
        let others = causes.dropFirst()
            .compactMap { entry in
                entry.place.flatMap { place in entry.name.map { "'\($0)' is required at \(place)" } }
            }
        let queried = indexes.map { index in
            "queried \(index)" + (refusals[index].map { ", which responded with status \($0)" } ?? "")
        }
        let (code, help) = reason
        let diagnostic = Diagnostic(
            .error,
            code,
            "cannot resolve '\(origin)' for",
            at: causes.lazy.compactMap(\.place).first ?? SourcePlace(file: origin, line: 1, column: 1),
            notes: others + queried,
            help: help,
            toolOutput: output.isEmpty ? nil : output
        )
        return TargetError(for: target, diagnostic)
    }

    /// The code of the error and the help for it, as far as uv's output shows the reason.
    private var reason: (DiagnosticCode, [String]) {
        func says(_ words: String...) -> Bool { words.contains { output.contains($0) } }
        if isMissing {
            guard refusals.isEmpty else { return (.indexAccessDenied, [IndexError.login]) }
            let help =
                "check the spelling, or add the index that has it: --extra-index-url in the requirements, "
                + "PIP_EXTRA_INDEX_URL or UV_INDEX"
            return (.packageNotFound, [help])
        }
        if says("requirements are unsatisfiable") {
            let help = "require versions that are compatible with each other and with this runtime and architecture"
            return (.unsatisfiableRequirements, [help])
        }
        if says("No space left on device", "Disk quota exceeded", "Read-only file system", "Permission denied") {
            return (
                .resolutionFailed,
                [
                    "check that uv's cache '\(cache)' and the temporary directory are writable and have free space",
                    "set UV_CACHE_DIR and TMPDIR to other directories",
                ]
            )
        }
        if says("timed out") { return (.indexFailed, [IndexError.connection, IndexError.timeout]) }
        if says("Failed to extract archive"), says("Failed to download and build") {
            return (
                .resolutionFailed,
                [
                    "require a version that has a wheel: the source archive is corrupt, or in an unsupported format",
                    "build a wheel with 'pip wheel', and add its directory with --find-links in the requirements",
                ]
            )
        }
        if says("Failed to unzip", "Failed to extract archive", "Invalid zip file structure") {
            return (.resolutionFailed, ["download the wheel again, or require another version: the file is corrupt"])
        }
        if says("Received some unexpected JSON", "Received some unexpected HTML", "Unsupported `Content-Type`") {
            return (.invalidIndexResponse, [IndexError.verification])
        }
        if says("status server error") { return (.indexFailed, [IndexError.retry]) }
        if says("status client error (401", "status client error (403") {
            return (.indexAccessDenied, [IndexError.login])
        }
        if says("(Connect)", "error sending request") { return (.indexFailed, [IndexError.connection]) }
        return (.resolutionFailed, [])
    }

    /// A word without the full stop at the end of a sentence.
    private static func withoutStop(_ word: Substring) -> Substring { word.hasSuffix(".") ? word.dropLast() : word }
}
