import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// A failed resolution of uv, reported as a diagnostic at the requirement that it is about.
struct UvFailure {
    /// The requirements that were resolved.
    let list: RequirementList
    /// The error output of uv.
    let output: String
    /// The indexes that were queried.
    let indexes: [IndexAddress]
    /// The credentials of the indexes.
    let access: IndexCredentials
    /// The cache directory of uv.
    let cache: LocalPath
    /// What the indexes have of the projects in uv's output.
    var surveys: [ProjectSurvey] = []

    /// The requirements that are mentioned in uv's output, in their order.
    var named: [RequirementEntry] {
        let words = output.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        // Words that are not valid names are ignored.
        let names = Set(words.compactMap { try? PackageName(parsing: Self.withoutStop($0)).normalized })
        return list.requirements.filter { $0.name.map { names.contains($0.normalized) } ?? false }
    }

    /// Whether uv has found that no versions satisfy the requirements, and not failed in another way.
    var isWithoutSolution: Bool { output.contains("requirements are unsatisfiable") || isMissing }

    /// Whether no index has one of the projects.
    private var isMissing: Bool { output.contains("was not found in the package registry") }

    /// The projects in uv's explanation, at most ten, in the order of the explanation.
    var projects: [PackageName] {
        let words = output.split(whereSeparator: \.isWhitespace).map { $0.filter { $0 != "`" } }
        var found: [PackageName] = []
        for (index, word) in words.enumerated() {
            let name = word.prefix { !"[<>=!~,:;".contains($0) }
            let isCompared = name.count < word.count && "[<>=!~".contains(word[name.endIndex])
            let previous = index > 0 ? words[index - 1] : ""
            let next = index + 1 < words.count ? words[index + 1] : ""
            guard isCompared || ["of", "on", "require"].contains(previous) || ["was", "has"].contains(next),
                let project = try? PackageName(parsing: Self.withoutStop(name)),
                !Self.plainWords.contains(project.normalized), !found.contains(project)
            else { continue }
            found.append(project)
        }
        return Array(found.prefix(10))
    }

    /// Words of uv's sentences that are in the place of a project.
    private static let plainWords: Set<String> = [
        "a", "all", "an", "any", "each", "it", "no", "one", "only", "other", "python", "that", "the", "these", "your",
    ]

    /// The error of a source for a target, with the queried indexes without their credentials.
    func error(of origin: String, for target: Target) -> TargetError {
        let start = SourcePlace(file: origin, line: 1, column: 1)
        let message = "cannot resolve '\(origin)' for"
        if let cause = FailureCause.find(in: surveys, list: list, access: access, for: target) {
            let notes = cause.notes + (cause.code == .indexAccessDenied ? [] : queried)
            let place = cause.place ?? named.lazy.compactMap(\.place).first ?? start
            return TargetError(
                for: target,
                Diagnostic(.error, cause.code, message, at: place, notes: notes, help: cause.help),
                ending: ": \(cause.fact)"
            )
        }
        if let build = BuildOutput(output) { return error(of: origin, for: target, build) }
        let named = named
        let causes = named.isEmpty && list.requirements.count == 1 ? list.requirements : named
        let others = causes.dropFirst()
            .compactMap { entry in
                entry.place.flatMap { place in entry.name.map { "'\($0)' is required at \(place)" } }
            }
        let (code, help) = reason
        let diagnostic = Diagnostic(
            .error,
            code,
            message,
            at: causes.lazy.compactMap(\.place).first ?? start,
            notes: others + queried,
            help: help,
            toolOutput: output.isEmpty ? nil : output
        )
        return TargetError(for: target, diagnostic)
    }

    /// The error of a build that uv needs to find the dependencies of a distribution without a wheel.
    private func error(of origin: String, for target: Target, _ build: BuildOutput) -> TargetError {
        let name = String(build.distribution.prefix { $0 != "=" && $0 != "@" && $0 != " " })
        let project = try? PackageName(parsing: name)
        let entry = project == nil ? nil : list.requirements.first { $0.name == project }
        let title = build.distribution.replacing("==", with: " ")
        let diagnostic = Diagnostic(
            .error,
            .buildFailed,
            "cannot build '\(title)' for",
            at: entry?.place ?? named.lazy.compactMap(\.place).first ?? SourcePlace(file: origin, line: 1, column: 1),
            notes: ["it is built to find its dependencies, because it has no wheel for the target"],
            help: BuildAdvice.help(name, isProject: name.contains("/"), target, missingHeader: build.missingHeader),
            toolOutput: output
        )
        return TargetError(for: target, diagnostic, ending: build.cause.map { ": \($0)" } ?? "")
    }

    private var queried: [String] {
        indexes.map { index in
            let status = surveys.lazy.compactMap { $0.refusals[index] }.first
            return "queried \(index)" + (status.map { ", which responded with status \($0)" } ?? "")
        }
    }

    /// The code of the error and the help for it, as far as uv's output shows the reason.
    private var reason: (DiagnosticCode, [String]) {
        func says(_ words: String...) -> Bool { words.contains { output.contains($0) } }
        if isMissing {
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
        if says("status server error", "status client error (429") { return (.indexFailed, [IndexError.retry]) }
        if says("status client error (401", "status client error (403") { return (.indexAccessDenied, loginHelp) }
        if says("(Connect)", "error sending request") { return (.indexFailed, [IndexError.connection]) }
        return (.resolutionFailed, [])
    }

    /// The help for the index whose address is in uv's output, or else for any index.
    private var loginHelp: [String] {
        let index = indexes.first { output.contains($0.location) }
        return index.flatMap { WebAddress($0.location) }.map(access.help) ?? [IndexError.login, IndexError.namedLogin]
    }

    /// A word without the full stop at the end of a sentence.
    private static func withoutStop(_ word: Substring) -> Substring { word.hasSuffix(".") ? word.dropLast() : word }
}
