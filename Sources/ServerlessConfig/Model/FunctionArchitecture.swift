import ConfigurationValues

/// The instruction set of a function.
package struct FunctionArchitecture: Hashable, Sendable {
    /// The name in the configuration, such as `arm64`.
    package let name: String

    /// The name in the words of container images, such as `amd64`.
    package var imageName: String { name == "x86_64" ? "amd64" : name }
    /// The platform of container images (OCI image specification), such as `linux/amd64`.
    package var imagePlatform: String { "linux/\(imageName)" }
}

extension Service {
    /// The architecture of a function: its own, else that of the provider, else the default of Lambda.
    package func architecture(of function: ServiceFunction) -> FunctionArchitecture {
        let settings = [function.node["architecture"], provider["architecture"]]
        let name = settings.compactMap(\.self).first(where: \.isTruthy)?.string
        return FunctionArchitecture(name: name ?? "x86_64")
    }
}
