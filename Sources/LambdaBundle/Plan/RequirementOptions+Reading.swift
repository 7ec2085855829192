package import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON
import RequirementFormats

extension RequirementOptions {
    /// The names of all options, in the order of the plugin's documentation.
    package static let names = [
        "fileName", "usePipenv", "usePoetry", "requirePoetryLockFile", "poetryWithGroups", "poetryWithoutGroups",
        "poetryOnlyGroups", "noDeploy", "slim", "slimPatterns", "slimPatternsAppendDefaults", "strip", "zip",
        "cleanupZipHelper", "layer", "vendor", "dockerizePip", "dockerImage", "dockerFile",
        "dockerBuildCmdExtraArgs", "dockerRunCmdExtraArgs", "dockerSsh", "dockerPrivateKey", "dockerEnv",
        "dockerExtraFiles", "dockerRootless", "pythonBin", "pipCmdExtraArgs", "useStaticCache", "useDownloadCache",
        "cacheLocation", "staticCacheMaxVersions", "invalidateCaches", "compileBytecode", "installFolderAsPackage",
    ]

    /// Reads `custom.pythonRequirements`.
    ///
    /// - Parameters:
    ///   - settings: the value, or `nil` if it is not set.
    ///   - isLinux: whether the host runs Linux, for `dockerizePip: non-linux`.
    /// - Throws: a `DiagnosticError` with all values of the wrong type, conflicts and unknown options.
    package init(_ settings: ConfigurationValue?, isLinux: Bool = true) throws(DiagnosticError) {
        self.init()
        var reader = SettingReader(settings, name: "custom.pythonRequirements")
        reader.warnOfUnknown(known: Self.names)
        readSource(&reader)
        readContent(&reader)
        readContainers(&reader, isLinux: isLinux)
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

    // MARK: Containers

    private mutating func readContainers(_ reader: inout SettingReader, isLinux: Bool) {
        if let value = reader.present("dockerizePip") {
            if let flag = value.flag {
                containers = flag ? .always : .ifNeeded
            } else if value.string == "non-linux" {
                containers = isLinux ? .ifNeeded : .always
            } else {
                reader.wrongType("dockerizePip", value, expected: "true, false or 'non-linux'")
            }
        }
        if reader.present("dockerImage")?.isTruthy == true, reader.present("dockerFile")?.isTruthy == true {
            reader.refuse(
                "dockerFile",
                "'dockerFile' conflicts with 'dockerImage'",
                help: ["remove one of them"]
            )
        }
        guard containers == .always else {
            // Without containers, these options have no effect, and their types are not checked.
            let idle = ["dockerSsh", "dockerImage", "dockerFile", "dockerPrivateKey"]
                .filter {
                    reader.present($0)?.isTruthy == true && reader.present($0)?.flag != false
                }
            if let option = idle.first {
                findings.append(
                    Diagnostic(
                        .warning,
                        .ineffectiveProperty,
                        "'\(idle.joined(separator: "', '"))' has no effect if 'dockerizePip' is not set",
                        at: reader.place(option)
                    )
                )
            }
            return
        }
        containerOptions.file = reader.string("dockerFile")
        containerOptions.extraFiles = reader.strings("dockerExtraFiles") ?? []
        readImage(&reader)
        Self.checkIdleOptions(&reader)
        let words = pipArguments.flatMap { $0.split(separator: " ") }
        if words.contains(where: { $0 == "--cache-dir" || $0.hasPrefix("--cache-dir=") }) {
            reader.refuse(
                "pipCmdExtraArgs",
                "'--cache-dir' in 'pipCmdExtraArgs' conflicts with 'dockerizePip': the directory is not in the container",
                help: ["use the option 'cacheLocation' instead"]
            )
        }
    }

    private mutating func readImage(_ reader: inout SettingReader) {
        guard let value = reader.present("dockerImage"), value.flag != false else { return }
        if let image = value.string {
            containerOptions.image = image
        } else if let images = value.map {
            for (runtime, image) in images {
                if let text = image.string {
                    containerOptions.images[runtime] = text
                } else {
                    reader.wrongType("dockerImage.\(runtime)", image, expected: "a string")
                }
            }
        } else {
            reader.wrongType("dockerImage", value, expected: "a string or a mapping from runtime to image")
        }
    }

    /// Reports wrong types of options for starting containers, which are otherwise ignored.
    private static func checkIdleOptions(_ reader: inout SettingReader) {
        for option in ["dockerBuildCmdExtraArgs", "dockerRunCmdExtraArgs"] { _ = reader.strings(option) }
        for option in ["dockerSsh", "dockerRootless"] { _ = reader.flag(option) }
        _ = reader.string("dockerPrivateKey")
        if let variables = reader.present("dockerEnv"), variables.flag != false, variables.map == nil {
            _ = reader.strings("dockerEnv")
        }
    }
}
