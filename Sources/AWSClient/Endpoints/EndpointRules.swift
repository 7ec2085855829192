import HostSystem

/// The endpoints of the services that this target calls, in all regions and partitions.
///
/// The exceptions are facts from the endpoint rules that AWS publishes for its SDKs; a test compares all results with
/// those of botocore.
package enum EndpointRules {
    /// The endpoint of a service in a region.
    ///
    /// - Returns: `nil` if there is none, such as one with validated cryptography in China.
    package static func endpoint(
        of service: AWSService,
        region: String,
        settings: EndpointSettings
    ) -> AWSEndpoint? {
        if let address = settings.address(of: service) {
            let signing = service == .iam ? globalIAMRegion(AWSPartition.containing(region: region)) : region
            return AWSEndpoint(address: address, signingRegion: signing, isConfigured: true)
        }
        let partition = AWSPartition.containing(region: region)
        let (host, signingRegion): (String?, String) =
            switch service {
            case .iam: (iamHost(partition, settings), globalIAMRegion(partition))
            case .s3: (s3Host(region, partition, settings), region)
            case .sts where settings.usesLegacySTS && legacySTSRegions.contains(region) && isPlain(settings):
                ("sts.amazonaws.com", "us-east-1")
            default: (host(of: service, region, partition, settings), region)
            }
        guard let host, let address = WebAddress("https://\(host)") else { return nil }
        return AWSEndpoint(address: address, signingRegion: signingRegion, isConfigured: false)
    }

    private static func isPlain(_ settings: EndpointSettings) -> Bool { !settings.usesFIPS && !settings.usesDualStack }

    private static func host(
        of service: AWSService,
        _ region: String,
        _ partition: AWSPartition,
        _ settings: EndpointSettings
    ) -> String {
        var prefix = service.endpointPrefix
        // Images have a shorter name in the newer domain.
        if settings.usesDualStack, service == .ecr { prefix = "ecr" }
        if settings.usesFIPS, !isValidatedWithoutSuffix(service, partition, settings) { prefix += "-fips" }
        return "\(prefix).\(region).\(domain(of: service, partition, settings))"
    }

    /// Whether the plain endpoint in the partition for the government of the United States is the validated one.
    private static func isValidatedWithoutSuffix(
        _ service: AWSService,
        _ partition: AWSPartition,
        _ settings: EndpointSettings
    ) -> Bool {
        guard partition.identifier == "aws-us-gov" else { return false }
        return switch service {
        case .cloudWatch, .events: true
        case .cloudFormation, .sts, .logs, .ssm, .sso, .ssoTokens: !settings.usesDualStack
        default: false
        }
    }

    private static func domain(
        of service: AWSService,
        _ partition: AWSPartition,
        _ settings: EndpointSettings
    ) -> String {
        guard settings.usesDualStack else { return partition.domain }
        if service == .secretsManager {
            // Its older domain has IPv6 addresses.
            switch partition.identifier {
            case "aws", "aws-us-gov": return partition.domain
            case "aws-cn" where !settings.usesFIPS: return partition.domain
            default: break
            }
        }
        return partition.dualStackDomain
    }

    // MARK: IAM

    private static func globalIAMRegion(_ partition: AWSPartition) -> String {
        partition.identifier == "aws-cn" ? "cn-north-1" : partition.globalRegion
    }

    private static func iamHost(_ partition: AWSPartition, _ settings: EndpointSettings) -> String {
        let region = globalIAMRegion(partition)
        let prefix = settings.usesFIPS && partition.identifier != "aws-us-gov" ? "iam-fips" : "iam"
        let domain = settings.usesDualStack ? partition.dualStackDomain : partition.domain
        let middle: String? =
            switch (partition.identifier, settings.usesFIPS, settings.usesDualStack) {
            case ("aws-us-gov", _, _): "us-gov"
            case ("aws", _, false): nil
            case ("aws", _, true): "global"
            case ("aws-cn", false, true), ("aws-eusc", false, true): "global"
            case ("aws-iso", _, false), ("aws-iso-b", _, false): region
            case (_, false, false): region
            default: nil
            }
        return [prefix, middle, domain].compactMap { $0 }.joined(separator: ".")
    }

    // MARK: STS

    /// The regions whose requests the global endpoint of STS once received.
    private static let legacySTSRegions: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1",
        "eu-north-1",
        "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ]

    // MARK: S3

    private static func s3Host(
        _ region: String,
        _ partition: AWSPartition,
        _ settings: EndpointSettings
    ) -> String? {
        if settings.usesFIPS, partition.identifier == "aws-cn" { return nil }
        let prefix = settings.usesFIPS ? "s3-fips" : "s3"
        if settings.usesDualStack { return "\(prefix).dualstack.\(region).\(partition.domain)" }
        let isGlobal = region == "us-east-1" && !settings.usesFIPS && !settings.usesRegionalS3
        return isGlobal ? "s3.\(partition.domain)" : "\(prefix).\(region).\(partition.domain)"
    }

    /// The endpoint of a bucket, and the path that names it there.
    ///
    /// - Returns: `nil` if S3 has no endpoint with these settings.
    package static func bucketEndpoint(
        _ bucket: String,
        region: String,
        settings: EndpointSettings
    ) -> (endpoint: AWSEndpoint, path: String)? {
        guard var endpoint = endpoint(of: .s3, region: region, settings: settings) else { return nil }
        let path = "/" + PercentCoding.encode(bucket)
        if settings.usesS3Acceleration, !endpoint.isConfigured, isHostLabel(bucket) {
            let middle = settings.usesDualStack ? "s3-accelerate.dualstack" : "s3-accelerate"
            endpoint.address.host = "\(bucket).\(middle).\(AWSPartition.containing(region: region).domain)"
            return (endpoint, "")
        }
        // Another server seldom has a name for each bucket. A certificate covers only one level of names.
        let usesPath =
            endpoint.isConfigured
            ? settings.s3AddressingStyle != "virtual" || endpoint.address.isNumeric
            : settings.s3AddressingStyle == "path"
        // Without TLS there is no certificate, so that names with dots are possible.
        let isName = bucket.split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { isHostLabel($0, minimum: 1) }
        let canBeName = endpoint.isConfigured && endpoint.address.scheme == "http" && isName && bucket.count >= 3
        if usesPath || !(isHostLabel(bucket) || canBeName) { return (endpoint, path) }
        endpoint.address.host = "\(bucket).\(endpoint.address.host)"
        return (endpoint, "")
    }

    /// Whether a bucket's name, or a part of it, can be a part of a host's name.
    private static func isHostLabel(_ bucket: some StringProtocol, minimum: Int = 3) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }
        let bytes = Array(bucket.utf8)
        guard (minimum...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
}

extension WebAddress {
    /// Whether the host is an IP address.
    fileprivate var isNumeric: Bool {
        host.hasPrefix("[") || host.split(separator: ".").allSatisfy { UInt8($0) != nil }
    }
}
