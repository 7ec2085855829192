package import Diagnostics
package import PythonPackaging

extension RequirementSet {
    /// The location that requires a distribution by name, or `nil` if only other distributions require it.
    package func place(of name: PackageName) -> SourcePlace? {
        switch content {
        case .requirements(let list): list.requirements.first { $0.name == name }?.place
        case .lock(let lock): lock.packages.first { $0.name == name }?.place
        }
    }
}
