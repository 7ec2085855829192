import Diagnostics
import HostSystem
import PythonPackaging

/// The dependency groups to install, which `poetryWithGroups`, `poetryWithoutGroups` and `poetryOnlyGroups` select
/// in projects of any tool.
struct GroupSelection {
    /// The selected groups, normalized and sorted; `main` stands for the dependencies of the project itself.
    let names: [String]

    /// The name that stands for the project's own dependencies.
    static let main = "main"

    /// Selects groups.
    ///
    /// - Parameters:
    ///   - options: The options that select groups.
    ///   - known: The groups of the project, normalized.
    ///   - defaults: The groups that are installed in addition to `main` unless options say otherwise.
    ///   - source: The path of the project file in messages.
    /// - Throws: A `DiagnosticError` for each group that the project does not have.
    init(
        _ options: RequirementSourceOptions,
        known: Set<String>,
        defaults: [String] = [],
        source: String
    ) throws(DiagnosticError) {
        let wanted = [
            ("poetryWithGroups", options.withGroups), ("poetryWithoutGroups", options.withoutGroups),
            ("poetryOnlyGroups", options.onlyGroups),
        ]
        var errors: [Diagnostic] = []
        for (option, groups) in wanted {
            for group in groups where !known.union([Self.main]).contains(PackageName.normalize(group)) {
                var help = ["remove it from custom.pythonRequirements.\(option)"]
                if let near = NearestNames.nearest(to: group, among: known.sorted()) {
                    help.insert(NearestNames.question(near), at: 0)
                }
                errors.append(
                    Diagnostic(
                        .error,
                        .unknownDependencyGroup,
                        "'\(option)' contains group '\(group)', which '\(source)' does not have",
                        at: SourcePlace(file: source, line: 1, column: 1),
                        help: help
                    )
                )
            }
        }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
        func normalized(_ groups: [String]) -> Set<String> { Set(groups.map { PackageName.normalize($0) }) }
        let only = normalized(options.onlyGroups)
        let others = normalized(defaults + [Self.main] + options.withGroups)
            .subtracting(normalized(options.withoutGroups))
        names = (only.isEmpty ? others : only).sorted()
    }

    /// Whether a group is selected, by its normalized name.
    func includes(_ name: String) -> Bool { names.contains(name) }
}
