import ConfigurationValues
import Diagnostics
import OrderedJSON
import ServerlessConfig

/// The architecture that each image to build must have: that of the functions that use it.
struct ImageArchitectures: Sendable {
    /// An architecture, and the function that requires it.
    struct Requirement: Sendable {
        let architecture: FunctionArchitecture
        let function: ServiceFunction
    }

    private var requirements: [String: Requirement] = [:]

    /// Collects the architectures of the functions.
    ///
    /// - Throws: `DiagnosticError` if functions of different architectures use the same image.
    init(_ users: [ImageUser], _ service: Service) throws(DiagnosticError) {
        for user in users {
            guard case .built(let build) = user.source else { continue }
            let architecture = service.architecture(of: user.function)
            guard let other = requirements[build.name] else {
                requirements[build.name] = Requirement(architecture: architecture, function: user.function)
                continue
            }
            guard other.architecture != architecture else { continue }
            throw DiagnosticError(
                .imageArchitectureMismatch,
                "the image '\(build.name)' is used by \(other.function.label) for \(other.architecture.name), and by "
                    + "\(user.function.label) for \(architecture.name)",
                at: user.function.image?.place,
                help: ["define the image twice in 'provider.ecr.images', with a name for each architecture"]
            )
        }
    }

    /// The requirement of the image with a name.
    subscript(name: String) -> Requirement? { requirements[name] }
}
