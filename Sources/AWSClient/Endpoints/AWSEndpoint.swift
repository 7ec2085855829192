package import HostSystem

/// The server of a service in a region, and the scope of signatures for it.
package struct AWSEndpoint: Hashable, Sendable {
    /// The origin, with a path that precedes those of requests if it is not `/`.
    package var address: WebAddress
    /// The region in signatures.
    package var signingRegion: String
    /// Whether the address was configured and is not the one of AWS.
    package var isConfigured: Bool

    /// The address of a resource.
    ///
    /// - Parameters:
    ///   - path: the encoded path, starting with `/`.
    ///   - query: the encoded query.
    /// - Returns: the address below the endpoint's own path.
    func address(path: String, query: String?) -> WebAddress {
        var result = address
        result.path = (address.path.hasSuffix("/") ? String(address.path.dropLast()) : address.path) + path
        result.query = query
        return result
    }
}

/// The settings that decide which server a request is sent to.
package struct EndpointSettings: Hashable, Sendable {
    /// An address in a setting that is not an `http` or `https` URL.
    package struct InvalidAddress: Error, Hashable, Sendable {
        /// Where it was found.
        package let origin: String
        /// The address as it is written.
        package let text: String
    }

    /// Whether endpoints with validated cryptography are used (`AWS_USE_FIPS_ENDPOINT`).
    package var usesFIPS = false
    /// Whether endpoints with IPv6 addresses are used (`AWS_USE_DUALSTACK_ENDPOINT`).
    package var usesDualStack = false
    /// Whether regional endpoints of S3 are used in `us-east-1` too (`AWS_S3_US_EAST_1_REGIONAL_ENDPOINT`).
    package var usesRegionalS3 = false
    /// Whether the global endpoint of STS is used in the regions that had it first (`AWS_STS_REGIONAL_ENDPOINTS`).
    package var usesLegacySTS = false
    /// Where buckets are in addresses: `path`, `virtual`, or `nil` for the default.
    package var s3AddressingStyle: String?
    /// Whether buckets are reached through the accelerated endpoint.
    package var usesS3Acceleration = false
    /// The configured addresses by the names of services in settings; `*` for all others.
    package var addresses: [String: WebAddress] = [:]

    /// Creates the default settings.
    package init() {}

    /// Reads the settings of the environment and of a profile.
    ///
    /// - Throws: ``InvalidAddress``.
    package init(
        environment: Environment,
        configuration: SharedConfiguration,
        profile name: String
    ) throws(InvalidAddress) {
        let profile = configuration.profiles[name] ?? .init()
        func isTrue(_ text: String?) -> Bool { text?.lowercased() == "true" }
        func value(_ variable: String, _ setting: String) -> String? {
            environment[variable] ?? profile.values[setting]
        }
        let s3 = profile.groups["s3"] ?? [:]
        usesFIPS = isTrue(value("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"))
        usesDualStack = isTrue(value("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"))
        usesRegionalS3 =
            (environment["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"] ?? s3["us_east_1_regional_endpoint"]) == "regional"
        usesLegacySTS = value("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints") == "legacy"
        s3AddressingStyle = s3["addressing_style"]
        usesS3Acceleration = isTrue(s3["use_accelerate_endpoint"])
        if isTrue(value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")) { return }

        // All variables take precedence over all settings of the profile, as in the AWS SDKs.
        let all = environment.nonEmpty("AWS_ENDPOINT_URL")
        let section = all == nil ? profile.values["services"].flatMap { configuration.services[$0] } : nil
        for service in AWSService.all {
            let name = service.settingName
            let variable = "AWS_ENDPOINT_URL_\(name.uppercased())"
            if let text = environment.nonEmpty(variable) {
                addresses[name] = try Self.address(text, variable)
            } else if let text = section?.groups[name]?["endpoint_url"], !text.isEmpty {
                addresses[name] = try Self.address(text, "the section 'services' of \(name)")
            }
        }
        if let all {
            addresses["*"] = try Self.address(all, "AWS_ENDPOINT_URL")
        } else if let text = profile.values["endpoint_url"], !text.isEmpty {
            addresses["*"] = try Self.address(text, "the setting 'endpoint_url'")
        }
    }

    private static func address(_ text: String, _ origin: String) throws(InvalidAddress) -> WebAddress {
        guard let address = WebAddress(text), address.query == nil else {
            throw InvalidAddress(origin: origin, text: text)
        }
        return address
    }

    /// The configured address of a service; `nil` if it has none.
    package func address(of service: AWSService) -> WebAddress? { addresses[service.settingName] ?? addresses["*"] }
}
