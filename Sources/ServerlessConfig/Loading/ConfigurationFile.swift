import ConfigurationValues
import Diagnostics
import HostSystem

/// The search for the configuration file of a service.
enum ConfigurationFile {
    /// The extensions that a configuration file may have, in the order in which they are tried.
    static let extensions = ["yml", "yaml", "json", "js", "mjs", "cjs", "ts"]

    /// Finds the configuration file: the one that `--config` names, else the first `serverless.*` in the directory.
    ///
    /// - Throws: ``DiagnosticError`` if there is none, or `--config` names something else.
    static func find(
        _ options: ConfigurationOptions,
        in files: any FileSystem
    ) throws(DiagnosticError) -> LocalPath {
        if let name = options.configurationFile { return try named(name, options, files) }
        for suffix in extensions {
            let path = options.serviceDirectory / "serverless.\(suffix)"
            if files.isFile(path) { return path }
        }
        let folder = options.serviceDirectory
        guard files.isDirectory(folder) else {
            let exists = files.statusIfPresent(of: folder) != nil
            throw DiagnosticError(
                .missingServiceDirectory,
                exists ? "'\(folder)' is not a directory" : "cannot find the directory '\(folder)'",
                help: ["set '--service-dir' to the directory of a service"]
            )
        }
        throw DiagnosticError(
            .missingConfigurationFile,
            "cannot find the configuration of a service in '\(folder)'",
            notes: ["the file is serverless.yml, .yaml, .json, .js, .mjs, .cjs or .ts"],
            help: [
                service(above: folder, files).map { "run the command in '\($0)', which has one" }
                    ?? "change to the directory of the service, or name the file with '--config'"
            ]
        )
    }

    /// The nearest directory above another one that has a service; `nil` if none has.
    private static func service(above folder: LocalPath, _ files: any FileSystem) -> LocalPath? {
        var folder = folder
        while folder.isAbsolute, folder.parent != folder {
            folder = folder.parent
            if extensions.contains(where: { files.isFile(folder / "serverless.\($0)") }) { return folder }
        }
        return nil
    }

    private static func named(
        _ name: String,
        _ options: ConfigurationOptions,
        _ files: any FileSystem
    ) throws(DiagnosticError) -> LocalPath {
        let path = options.serviceDirectory.appending(name)
        guard extensions.contains(path.fileExtension) else {
            throw DiagnosticError(
                .unsupportedConfigurationFormat,
                "the file '\(name)' of '--config' does not have a supported format",
                help: ["use a file that ends with \(extensions.map { "." + $0 }.joined(separator: ", "))"]
            )
        }
        guard let status = files.statusIfPresent(of: path) else {
            throw DiagnosticError(.missingConfigurationFile, "cannot find the file '\(name)' of '--config'")
        }
        guard status.kind == .file else {
            throw DiagnosticError(.missingConfigurationFile, "'\(name)' of '--config' is not a file")
        }
        guard path.parent == options.serviceDirectory else {
            throw DiagnosticError(
                .configurationOutsideService,
                "the file '\(name)' of '--config' is not in the directory of the service",
                notes: ["all paths in a configuration are relative to the directory of the service"],
                help: ["run the command in '\(path.parent)', or move the file"]
            )
        }
        return path
    }
}
