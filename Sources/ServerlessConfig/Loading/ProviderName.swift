import ConfigurationValues
import Diagnostics

/// The check that a service is for AWS, which comes before everything else.
enum ProviderName {
    /// The only provider that Furoshiki has.
    private static let aws = "aws"

    /// Other clouds that Serverless v3 or its plugins have providers for, by the value of `provider.name`.
    private static let others: [String: String] = [
        "aliyun": "Alibaba Cloud", "azure": "Microsoft Azure", "binaris": "Binaris", "cloudflare": "Cloudflare",
        "fn": "Fn", "google": "Google Cloud", "knative": "Knative", "kubeless": "Kubeless",
        "openwhisk": "Apache OpenWhisk", "scaleway": "Scaleway", "spotinst": "Spotinst", "tencent": "Tencent Cloud",
    ]

    /// Checks the name in a configuration, if it can be read without resolving variables.
    ///
    /// A provider without a name, and one whose name is a variable, is checked later.
    ///
    /// - Parameter root: the configuration, perhaps with variables.
    /// - Throws: ``DiagnosticError`` for every other name than `aws`, in any validation mode.
    static func check(_ root: ConfigurationValue) throws(DiagnosticError) {
        if let provider = root["provider"] { try check(provider: provider) }
    }

    /// Checks the name of a provider, which is the provider itself if it is a string.
    static func check(provider: ConfigurationValue) throws(DiagnosticError) {
        let node = provider.map == nil ? provider : provider["name"]
        guard let node, let name = node.string, !name.isEmpty, !ConfigurationProperty.holdsVariables(node) else {
            return
        }
        let place = node.place
        guard name != aws else { return }
        if let cloud = others[name] {
            throw DiagnosticError(
                .unsupportedProvider,
                "the service is for \(cloud), but Furoshiki packages services only for AWS",
                at: place,
                help: ["use Serverless v3 with the plugin for \(cloud)"]
            )
        }
        throw DiagnosticError(
            .unsupportedProvider,
            "the provider '\(name)' does not exist: Furoshiki packages services only for AWS",
            at: place,
            help: NearestNames.help(for: name, among: [aws], else: ["set 'provider.name' to 'aws'"])
        )
    }
}
