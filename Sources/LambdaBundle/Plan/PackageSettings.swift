import ConfigurationValues
import Diagnostics
import HostSystem

/// What `package` says, of a service, a function or a layer.
struct PackageSettings: Sendable {
    /// `patterns`.
    var patterns: [String] = []
    /// `include`, the older form of patterns that take files in.
    var include: [String] = []
    /// `exclude`, the older form of patterns that leave files out.
    var exclude: [String] = []
    /// `individually`.
    var isIndividual = false
    /// `artifact`: a zip that the user made, relative to the service, or an address in S3.
    var artifact: String?
    /// Where `artifact` is set.
    var artifactPlace: SourcePlace?
    /// `excludeDevDependencies`, which only a service has.
    var excludesDevelopmentDependencies = true
    /// `disable`, which only a function has.
    var isDisabled = false

    /// Reads `package`; what is of another type was told of by validation, and is passed over.
    init(_ setting: ConfigurationValue?) {
        func texts(_ key: String) -> [String] {
            if let text = setting?[key]?.string { return [text] }
            return (setting?[key]?.list ?? []).compactMap(\.scalarText)
        }
        patterns = texts("patterns")
        include = texts("include")
        exclude = texts("exclude")
        isIndividual = Self.isSet(setting?["individually"])
        artifact = setting?["artifact"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        artifactPlace = setting?["artifact"]?.place
        excludesDevelopmentDependencies = setting?["excludeDevDependencies"].map(Self.isSet) ?? true
        isDisabled = Self.isSet(setting?["disable"])
    }

    private static func isSet(_ setting: ConfigurationValue?) -> Bool {
        setting.map { $0.flag ?? $0.isTruthy } ?? false
    }

    /// Whether an artifact lies in S3: `s3://bucket/key`, or an address of S3 over HTTP.
    static func isRemote(_ artifact: String) -> Bool {
        if artifact.hasPrefix("s3://") {
            let parts = artifact.dropFirst("s3://".count).split(separator: "/", maxSplits: 1)
            return parts.count == 2
        }
        guard let host = artifact.firstRange(of: ".amazonaws.com/") else { return false }
        let before = artifact[..<host.lowerBound]
        return host.upperBound < artifact.endIndex
            && (before.contains(".s3") || before.contains("/s3") || before.hasPrefix("s3"))
    }
}
