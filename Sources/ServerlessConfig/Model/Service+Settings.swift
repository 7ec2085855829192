package import ConfigurationValues

/// The rest of what the configuration says of the service as a whole.
extension Service {
    /// The value of `provider.runtime`, `nil` where it is not set.
    package var runtime: ConfigurationValue? { provider["runtime"] }

    /// The value of `custom.pythonRequirements`, `nil` where it is not set.
    package var pythonRequirements: ConfigurationValue? { custom?["pythonRequirements"] }

    /// The plugins by their names, in order.
    package var plugins: [String] {
        let list = root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []
        return list.compactMap(\.string)
    }

    /// Whether `.env` files are read.
    package var usesDotenv: Bool { root["useDotenv"]?.isTruthy ?? false }
}
