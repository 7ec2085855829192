package import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
import RequirementFormats
import WheelProvisioning

extension RequirementOptions {
    /// The names of all options, in the order of the plugin's documentation.
    package static let names = [
        "fileName", "usePipenv", "usePoetry", "requirePoetryLockFile", "poetryWithGroups", "poetryWithoutGroups",
        "poetryOnlyGroups", "noDeploy", "slim", "slimPatterns", "slimPatternsAppendDefaults", "strip", "zip",
        "cleanupZipHelper", "layer", "vendor", "dockerizePip", "dockerImage", "dockerFile",
        "dockerBuildCmdExtraArgs", "dockerRunCmdExtraArgs", "dockerSsh", "dockerPrivateKey", "dockerEnv",
        "dockerExtraFiles", "dockerRootless", "bundleSystemLibraries", "pythonBin", "pipCmdExtraArgs", "useStaticCache",
        "useDownloadCache",
        "cacheLocation", "staticCacheMaxVersions", "invalidateCaches", "compileBytecode", "installFolderAsPackage",
    ]

    /// Reads `custom.pythonRequirements`.
    ///
    /// - Parameters:
    ///   - settings: the value, or `nil` if it is not set.
    ///   - isLinux: whether the host runs Linux, for `dockerizePip: non-linux`.
    /// - Throws: a `DiagnosticError` with all values of the wrong type, conflicts and unknown options.
    package init(_ settings: ConfigurationValue?, isLinux: Bool = Self.runsOnLinux) throws(DiagnosticError) {
        self.init()
        var reader = SettingReader(settings, name: "custom.pythonRequirements")
        reader.warnOfUnknown(known: Self.names)
        readSource(&reader)
        readContent(&reader)
        containerOptions = ContainerOptions(&reader, isLinux: isLinux, findings: &findings)
        refuseCacheDirectory(&reader)
        readCaches(&reader)
        if !reader.errors.isEmpty { throw DiagnosticError(reader.inOrder) }
        findings += reader.warnings
    }

    private mutating func readSource(_ reader: inout SettingReader) {
        source.fileName = reader.string("fileName")
        source.fileNamePlace = reader.place("fileName")
        source.usesPipenv = reader.flag("usePipenv") ?? true
        source.usesPoetry = reader.flag("usePoetry") ?? true
        source.requiresPoetryLock = reader.flag("requirePoetryLockFile") ?? false
        source.withGroups = reader.strings("poetryWithGroups") ?? []
        source.withoutGroups = reader.strings("poetryWithoutGroups") ?? []
        source.onlyGroups = reader.strings("poetryOnlyGroups") ?? []
        interpreter = reader.string("pythonBin")
        pipArguments = reader.strings("pipCmdExtraArgs") ?? []
        pipArgumentsPlace = reader.place("pipCmdExtraArgs")
    }

    private mutating func readContent(_ reader: inout SettingReader) {
        noDeploy = reader.strings("noDeploy") ?? []
        isSlim = reader.flag("slim") ?? false
        slimPatterns = reader.strings("slimPatterns") ?? []
        appendsSlimPatterns = reader.flag("slimPatternsAppendDefaults") ?? true
        strips = reader.flag("strip") ?? true
        nestsArchive = reader.flag("zip") ?? false
        keepsZipHelper = !(reader.flag("cleanupZipHelper") ?? true)
        vendor = reader.string("vendor")
        vendorPlace = reader.place("vendor")
        compilesBytecode = reader.flag("compileBytecode") ?? false
        _ = reader.flag("installFolderAsPackage")
        layerPlace = reader.place("layer")
        guard let value = reader.present("layer"), value.flag != false else { return }
        if case .object(let members) = value.json {
            layer = members
        } else if value.flag == true {
            layer = [:]
        } else {
            reader.wrongType("layer", value, expected: "true, false or a mapping")
        }
    }

    private mutating func readCaches(_ reader: inout SettingReader) {
        usesStaticCache = reader.flag("useStaticCache") ?? true
        usesDownloadCache = reader.flag("useDownloadCache") ?? true
        cacheLocation = reader.string("cacheLocation")
        maximumCacheVersions = reader.count("staticCacheMaxVersions") ?? 0
        invalidatesCaches = reader.flag("invalidateCaches") ?? false
    }
}
