import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// A resolution that uv could not make, as a diagnostic: uv's own output, at the requirement that it is about.
struct UvFailure {
    /// The requirements that uv was given.
    let list: RequirementList
    /// What uv said.
    let complaint: String
    /// The indexes that were asked.
    let indexes: [IndexAddress]
    /// Where uv keeps what it fetched.
    let cache: LocalPath
    /// The indexes that want to know who asks, with the status of their answer.
    var refusals: [IndexAddress: Int] = [:]

    /// The requirements that uv's output names, in their order.
    var named: [RequirementEntry] {
        let words = complaint.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        // A word that is no name is just a word.
        let names = Set(words.compactMap { try? PackageName(parsing: Self.withoutStop($0)).normalized })
        return list.requirements.filter { $0.name.map { names.contains($0.normalized) } ?? false }
    }

    /// Whether uv found no index that has a project.
    var isMissing: Bool { complaint.contains("was not found in the package registry") }

    /// The error of a source that cannot be resolved for a target, with the indexes that were asked, as they may be
    /// shown.
    func error(of origin: String, for target: Target) -> TargetError {
        let named = named
        let culprits = named.isEmpty && list.requirements.count == 1 ? list.requirements : named
        let others = culprits.dropFirst()
            .compactMap { entry in
                entry.place.flatMap { place in entry.name.map { "'\($0)' is required at \(place)" } }
            }
        let asked = indexes.map { index in
            "asked \(index)" + (refusals[index].map { ", which answers with status \($0)" } ?? "")
        }
        let diagnostic = Diagnostic(
            .error,
            "cannot resolve \(origin) for",
            category: .resolution,
            at: culprits.lazy.compactMap(\.place).first ?? SourcePlace(file: origin, line: 1, column: 1),
            notes: others + asked,
            help: remedies,
            toolOutput: complaint.isEmpty ? nil : complaint
        )
        return TargetError(for: target, diagnostic)
    }

    /// What to do, where uv's words tell what is wrong.
    private var remedies: [String] {
        func says(_ words: String...) -> Bool { words.contains { complaint.contains($0) } }
        if isMissing {
            return refusals.isEmpty
                ? [
                    "check the spelling, or name the index that has it: --extra-index-url in the requirements, "
                        + "PIP_EXTRA_INDEX_URL or UV_INDEX"
                ] : [IndexError.login]
        }
        if says("requirements are unsatisfiable") {
            return ["choose versions that agree with each other and have files for this runtime and architecture"]
        }
        if says("No space left on device", "Disk quota exceeded", "Read-only file system", "Permission denied") {
            return [
                "make '\(cache)', where the resolver keeps what it fetched, and the folder for temporary files "
                    + "writable, with room on their disks",
                "or set UV_CACHE_DIR and TMPDIR to other folders",
            ]
        }
        if says("timed out") {
            return [
                "see whether the index can be reached from here, through proxies where there are any (HTTPS_PROXY)",
                "wait for it longer: UV_HTTP_TIMEOUT, in seconds",
            ]
        }
        if says("Failed to extract archive"), says("Failed to download and build") {
            return [
                "the archive of its source is broken, or of a kind that the resolver does not read: take a version "
                    + "that has a wheel",
                "or build its wheel with 'pip wheel', and name the wheel's folder with --find-links in the requirements",
            ]
        }
        if says("Failed to unzip", "Failed to extract archive", "Invalid zip file structure") {
            return ["the file is no whole wheel: get it anew, or take another version"]
        }
        if says("Received some unexpected JSON", "Received some unexpected HTML", "Unsupported `Content-Type`") {
            return ["see whether it is the address of a package index, and whether a proxy answers in its place"]
        }
        if says("status server error") { return ["the index is at fault: run again later, or name another one"] }
        if says("status client error (401", "status client error (403") { return [IndexError.login] }
        if says("(Connect)", "error sending request") {
            return ["see whether the index can be reached from here: its address, the network, proxies (HTTPS_PROXY)"]
        }
        return []
    }

    /// A word without the full stop that ends its sentence.
    private static func withoutStop(_ word: Substring) -> Substring { word.hasSuffix(".") ? word.dropLast() : word }
}
