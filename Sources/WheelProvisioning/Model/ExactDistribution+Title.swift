import PythonPackaging
import RequirementFormats

extension ExactDistribution {
    /// Name and version as messages show them.
    var title: String { name.written + (version.map { " \($0)" } ?? "") }
}
