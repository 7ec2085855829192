import Diagnostics
import HostSystem
import PythonPackaging

/// Which groups of dependencies are installed, by the options `poetryWithGroups`, `poetryWithoutGroups` and
/// `poetryOnlyGroups`, which mean groups of any tool.
struct GroupSelection {
    /// The selected groups, normalized and sorted; `main` stands for the dependencies of the project itself.
    let names: [String]

    /// The name of the project's own dependencies.
    static let main = "main"

    /// Selects groups.
    ///
    /// - Parameters:
    ///   - options: The options.
    ///   - known: The groups that the project has, normalized.
    ///   - defaults: The groups that are installed beside `main` unless options say otherwise.
    ///   - source: The file of the project, as a user names it.
    /// - Throws: A `DiagnosticError` for a group that the project lacks.
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
        var faults: [Diagnostic] = []
        for (option, groups) in wanted {
            for group in groups where !known.union([Self.main]).contains(PackageName.normalize(group)) {
                var help = ["remove it from custom.pythonRequirements.\(option)"]
                if let near = NearestNames.nearest(to: group, among: known.sorted()) {
                    help.insert(NearestNames.question(near), at: 0)
                }
                faults.append(
                    Diagnostic(
                        .error,
                        "\(option) names group '\(group)', which \(source) does not have",
                        category: .resolution,
                        at: SourcePlace(file: source, line: 1, column: 1),
                        help: help
                    )
                )
            }
        }
        guard faults.isEmpty else { throw DiagnosticError(faults) }
        func normalized(_ groups: [String]) -> Set<String> { Set(groups.map { PackageName.normalize($0) }) }
        let only = normalized(options.onlyGroups)
        let others = normalized(defaults + [Self.main] + options.withGroups)
            .subtracting(normalized(options.withoutGroups))
        names = (only.isEmpty ? others : only).sorted()
    }

    /// Whether a group is selected, by its normalized name.
    func includes(_ name: String) -> Bool { names.contains(name) }
}
