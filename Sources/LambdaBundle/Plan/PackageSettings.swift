import ConfigurationValues
import Diagnostics
import HostSystem

/// The `package` section of a service, a function or a layer.
struct PackageSettings: Sendable {
    /// `patterns`: globs that include files, or exclude them if they start with `!`.
    var patterns: [String] = []
    /// `include`: the deprecated form of patterns that include files.
    var include: [String] = []
    /// `exclude`: the deprecated form of patterns that exclude files.
    var exclude: [String] = []
    /// `individually`: whether each function has its own artifact.
    var isIndividual = false
    /// `artifact`: the path of a zip file that the user has built, relative to the service, or a URL in S3.
    var artifact: String?
    /// The location of `artifact` in the configuration.
    var artifactPlace: SourcePlace?
    /// `excludeDevDependencies`: only for a service.
    var excludesDevelopmentDependencies = true
    /// `disable`: only for a function.
    var isDisabled = false

    /// Reads `package`; values of the wrong type are ignored, as validation reports them.
    init(_ setting: ConfigurationValue?) {
        func strings(_ key: String) -> [String] {
            if let text = setting?[key]?.string { return [text] }
            return (setting?[key]?.list ?? []).compactMap(\.scalarText)
        }
        patterns = strings("patterns")
        include = strings("include")
        exclude = strings("exclude")
        isIndividual = Self.isSet(setting?["individually"])
        artifact = setting?["artifact"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        artifactPlace = setting?["artifact"]?.place
        excludesDevelopmentDependencies = setting?["excludeDevDependencies"].map(Self.isSet) ?? true
        isDisabled = Self.isSet(setting?["disable"])
    }

    private static func isSet(_ setting: ConfigurationValue?) -> Bool {
        setting.map { $0.flag ?? $0.isTruthy } ?? false
    }

    /// Whether an artifact is in S3: `s3://bucket/key`, or an HTTP URL of S3.
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
