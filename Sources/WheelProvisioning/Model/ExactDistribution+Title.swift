import PythonPackaging
import RequirementFormats

extension ExactDistribution {
    /// The name and version in messages, such as `requests 2.32.3`.
    var title: String { name.written + (version.map { " \($0)" } ?? "") }
}
