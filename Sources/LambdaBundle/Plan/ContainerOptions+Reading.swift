import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import WheelProvisioning

extension RequirementOptions {
    #if os(Linux)
    /// Whether this program runs on Linux, for `dockerizePip: non-linux`.
    package static let runsOnLinux = true
    #else
    /// Whether this program runs on Linux, for `dockerizePip: non-linux`.
    package static let runsOnLinux = false
    #endif

    /// Rejects a directory of pip's cache that a container does not have.
    func refuseCacheDirectory(_ reader: inout SettingReader) {
        guard containerOptions.use == .always else { return }
        let words = pipArguments.flatMap { $0.split(separator: " ") }
        if words.contains(where: { $0 == "--cache-dir" || $0.hasPrefix("--cache-dir=") }) {
            reader.refuse(
                "pipCmdExtraArgs",
                "'--cache-dir' in 'pipCmdExtraArgs' conflicts with 'dockerizePip': the directory is not in the container",
                help: ["use the option 'cacheLocation' instead"]
            )
        }
    }
}

extension ContainerOptions {
    /// The options that say something about containers, which have no effect without them.
    private static let names = [
        "dockerSsh", "dockerImage", "dockerFile", "dockerPrivateKey", "dockerExtraFiles", "dockerEnv",
        "dockerRunCmdExtraArgs", "dockerBuildCmdExtraArgs", "bundleSystemLibraries",
    ]

    /// Reads `dockerizePip` and the options for containers.
    ///
    /// - Parameters:
    ///   - reader: The options, which collects errors.
    ///   - isLinux: Whether this program runs on Linux.
    ///   - findings: Receives a warning about options without effect.
    init(_ reader: inout SettingReader, isLinux: Bool, findings: inout [Diagnostic]) {
        self.init()
        if let value = reader.present("dockerizePip") {
            if let flag = value.flag {
                use = flag ? .always : .never
            } else if value.string == "non-linux" {
                use = isLinux ? .ifNeeded : .always
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
        for name in Self.names + ["dockerizePip"] { places[name] = reader.place(name) }
        guard use == .always else {
            // Without containers, these options have no effect, and their types are not checked.
            if reader.present("dockerizePip")?.string != "non-linux" { warnOfIdle(reader, &findings) }
            return
        }
        file = reader.string("dockerFile").map { LocalPath($0) }
        extraFiles = reader.strings("dockerExtraFiles") ?? []
        buildArguments = reader.strings("dockerBuildCmdExtraArgs") ?? []
        runArguments = reader.strings("dockerRunCmdExtraArgs") ?? []
        sharesSSH = reader.flag("dockerSsh") ?? false
        privateKey = reader.string("dockerPrivateKey")
        bundlesSystemLibraries = reader.flag("bundleSystemLibraries") ?? false
        // No file of a container gets another owner, so that engines without root need nothing else.
        _ = reader.flag("dockerRootless")
        readImage(&reader)
        readVariables(&reader)
    }

    /// Warns of options that have no effect because containers are off.
    private func warnOfIdle(_ reader: SettingReader, _ findings: inout [Diagnostic]) {
        let idle = Self.names.filter { name in
            guard let value = reader.present(name), value.flag != false, value.isTruthy else { return false }
            return value.list?.isEmpty != true
        }
        guard let option = idle.first else { return }
        findings.append(
            Diagnostic(
                .warning,
                .ineffectiveProperty,
                "'\(idle.joined(separator: "', '"))' has no effect if 'dockerizePip' is not set",
                at: reader.place(option)
            )
        )
    }

    private mutating func readImage(_ reader: inout SettingReader) {
        guard let value = reader.present("dockerImage"), value.flag != false else { return }
        if let image = value.string {
            self.image = image
        } else if let images = value.map {
            for (runtime, image) in images {
                if let text = image.string {
                    self.images[runtime] = text
                } else {
                    reader.wrongType("dockerImage.\(runtime)", image, expected: "a string")
                }
            }
        } else {
            reader.wrongType("dockerImage", value, expected: "a string or a mapping from runtime to image")
        }
    }

    /// Reads `dockerEnv`: a list of `NAME` and `NAME=value`, or a mapping.
    private mutating func readVariables(_ reader: inout SettingReader) {
        guard let value = reader.present("dockerEnv"), value.flag != false else { return }
        if let members = value.map {
            for (name, member) in members { variables[name] = .some(member.scalarText ?? "") }
            return
        }
        for item in reader.strings("dockerEnv") ?? [] {
            guard let equals = item.firstIndex(of: "=") else {
                variables[item] = .some(nil)
                continue
            }
            variables[String(item[..<equals])] = String(item[item.index(after: equals)...])
        }
    }
}
