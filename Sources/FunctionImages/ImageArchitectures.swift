import ConfigurationValues
import Diagnostics
import OrderedJSON
import ServerlessConfig

/// The architecture that each image to build must have: that of the functions that use it.
struct ImageArchitectures: Sendable {
    /// An architecture, and the function that requires it.
    struct Requirement: Sendable {
        /// The name in the configuration, such as `arm64`.
        let name: String
        let function: ServiceFunction

        /// The name in the words of container engines, such as `amd64`.
        var engineName: String { name == "x86_64" ? "amd64" : name }
    }

    private var requirements: [String: Requirement] = [:]

    /// Collects the architectures of the functions.
    ///
    /// - Throws: `DiagnosticError` if functions of different architectures use the same image.
    init(_ users: [ImageUser], _ service: Service) throws(DiagnosticError) {
        for user in users {
            guard case .built(let build) = user.source else { continue }
            let name = Self.name(of: user.function, in: service)
            guard let other = requirements[build.name] else {
                requirements[build.name] = Requirement(name: name, function: user.function)
                continue
            }
            guard other.name != name else { continue }
            throw DiagnosticError(
                .imageArchitectureMismatch,
                "the image '\(build.name)' is used by \(other.function.label) for \(other.name), and by "
                    + "\(user.function.label) for \(name)",
                at: user.function.image?.place,
                help: ["define the image twice in 'provider.ecr.images', with a name for each architecture"]
            )
        }
    }

    /// The architecture of a function in the words of the configuration, such as `arm64`.
    static func name(of function: ServiceFunction, in service: Service) -> String {
        let settings = [function.node["architecture"], service.provider["architecture"]]
        return settings.compactMap(\.self).first(where: \.isTruthy)?.string ?? "x86_64"
    }

    /// The requirement of the image with a name.
    subscript(name: String) -> Requirement? { requirements[name] }
}
