import HostSystem
import PythonPackaging

/// What to tell of demands that uv cannot resolve: its own words, below the requirement that they are about.
struct ResolutionFailure {
    /// The demands.
    let demands: Demands
    /// What uv said.
    let complaint: String

    /// The demands that uv names, in their order.
    var named: [DemandedRequirement] {
        let words = complaint.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        let names = Set(words.compactMap { try? PackageName(parsing: Self.withoutStop($0)).normalized })
        return demands.requirements.filter { $0.name.map { names.contains($0.normalized) } ?? false }
    }

    /// The error of a source that cannot be resolved for a target, with the indexes that were asked, as they may be
    /// shown.
    func error(of origin: String, for target: Target, asked indexes: [String]) -> DiagnosticError {
        let named = named
        let culprits = named.isEmpty && demands.requirements.count == 1 ? demands.requirements : named
        let others = culprits.dropFirst()
            .compactMap { demand in
                demand.place.flatMap { place in demand.name.map { "'\($0)' is required at \(place)" } }
            }
        return DiagnosticError(
            "cannot resolve \(origin) for '\(target)'",
            category: .resolution,
            at: culprits.lazy.compactMap(\.place).first ?? SourcePlace(file: origin, line: 1, column: 1),
            notes: others + indexes.map { "asked \($0)" },
            help: remedy.map { [$0] } ?? [],
            toolOutput: complaint
        )
    }

    /// What to do, where uv's words tell what is wrong.
    private var remedy: String? {
        if complaint.contains("was not found in the package registry") {
            return "check the spelling, or name the index that has it: --extra-index-url in the requirements, "
                + "PIP_EXTRA_INDEX_URL or UV_INDEX"
        }
        if complaint.contains("requirements are unsatisfiable") {
            return "choose versions that agree with each other and have files for this runtime and architecture"
        }
        return nil
    }

    /// A word without the full stop that ends its sentence.
    private static func withoutStop(_ word: Substring) -> Substring { word.hasSuffix(".") ? word.dropLast() : word }
}
