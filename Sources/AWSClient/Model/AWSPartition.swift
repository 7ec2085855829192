/// A part of AWS with its own accounts and domain names, such as China.
///
/// The names are those of `partitions.json`, which the AWS SDKs share.
package struct AWSPartition: Hashable, Sendable {
    /// The name in ARNs, such as `aws-cn`.
    package let identifier: String
    /// The domain of endpoints.
    package let domain: String
    /// The domain of endpoints with IPv6 addresses.
    package let dualStackDomain: String
    /// The beginnings of the names of its regions, before `-<direction>-<number>`.
    let regionPrefixes: [String]
    /// The region of services that have one endpoint in the partition, such as IAM.
    package let globalRegion: String

    private init(
        _ identifier: String,
        _ domain: String,
        _ dualStackDomain: String,
        _ regionPrefixes: [String],
        _ globalRegion: String
    ) {
        self.identifier = identifier
        self.domain = domain
        self.dualStackDomain = dualStackDomain
        self.regionPrefixes = regionPrefixes
        self.globalRegion = globalRegion
    }

    /// The partition with most regions, which regions that no partition knows belong to.
    package static let standard = AWSPartition(
        "aws",
        "amazonaws.com",
        "api.aws",
        ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        "us-east-1"
    )

    /// All partitions of AWS.
    package static let all: [AWSPartition] = [
        standard,
        AWSPartition("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", ["cn"], "cn-northwest-1"),
        AWSPartition("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", ["eusc-de"], "eusc-de-east-1"),
        AWSPartition("aws-iso", "c2s.ic.gov", "api.aws.ic.gov", ["us-iso"], "us-iso-east-1"),
        AWSPartition("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", ["us-isob"], "us-isob-east-1"),
        AWSPartition("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", ["eu-isoe"], "eu-isoe-west-1"),
        AWSPartition("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", ["us-isof"], "us-isof-south-1"),
        AWSPartition("aws-us-gov", "amazonaws.com", "api.aws", ["us-gov"], "us-gov-west-1"),
    ]

    /// The partition of a region, by the form of its name.
    package static func containing(region: String) -> AWSPartition {
        let parts = region.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let number = parts.last, !number.isEmpty, number.allSatisfy(\.isNumber) else {
            return all.first { region.hasPrefix("\($0.identifier)-") && region.hasSuffix("-global") } ?? standard
        }
        let prefix = parts.dropLast(2).joined(separator: "-")
        return all.first { $0.regionPrefixes.contains(prefix) } ?? standard
    }
}
