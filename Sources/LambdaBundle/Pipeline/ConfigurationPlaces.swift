import ConfigurationValues
import Diagnostics
import PythonPackaging
import RequirementFormats

/// The places of values in the configuration that findings refer to, by a name of the value.
///
/// A finding about an unchanged artifact is recorded with the name, and reported at the current place: lines may have
/// moved since.
struct ConfigurationPlaces: Sendable {
    private var places: [String: SourcePlace] = [:]
    private var names: [SourcePlace: String] = [:]

    /// Collects the places in a request and in its requirements.
    init(_ request: BundleRequest, _ sets: some Collection<RequirementSet>) {
        for function in request.functions {
            add("functions.\(function.key).handler", function.handler?.place)
        }
        let options = request.pythonRequirements
        for name in RequirementOptions.names {
            add("custom.pythonRequirements.\(name)", options?[name]?.place)
        }
        for set in sets { add(set) }
        add("package", request.package?.keyPlace ?? request.package?.place)
    }

    /// Adds the places that require distributions by name.
    private mutating func add(_ set: RequirementSet) {
        switch set.content {
        case .requirements(let list):
            for entry in list.requirements {
                if let name = entry.name { add("requirement.\(name.normalized)", entry.place) }
            }
        case .lock(let lock):
            for package in lock.packages { add("requirement.\(package.name.normalized)", package.place) }
        }
    }

    /// The current place of the value with a name; `nil` if the configuration no longer has it.
    subscript(name: String) -> SourcePlace? { places[name] }

    /// The name of the value at a place; `nil` if findings do not refer to it.
    func name(of place: SourcePlace) -> String? { names[place] }

    private mutating func add(_ name: String, _ place: SourcePlace?) {
        guard let place else { return }
        places[name] = place
        names[place] = name
    }
}
