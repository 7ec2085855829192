package import ConfigurationValues

/// Settings of the service as a whole.
extension Service {
    /// The value of `provider.runtime`; `nil` if it is not set.
    package var runtime: ConfigurationValue? { provider["runtime"] }

    /// The value of `custom.pythonRequirements`; `nil` if it is not set.
    package var pythonRequirements: ConfigurationValue? { custom?["pythonRequirements"] }

    /// The names of the plugins, in the order of the file.
    package var plugins: [String] {
        let list = root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []
        return list.compactMap(\.string)
    }

    /// Whether `.env` files are read.
    package var usesDotenv: Bool { root["useDotenv"]?.isTruthy ?? false }
}
