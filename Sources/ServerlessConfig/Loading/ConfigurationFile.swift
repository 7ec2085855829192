import ConfigurationValues
import Diagnostics
import HostSystem

/// Finds the configuration file of a service.
enum ConfigurationFile {
    /// The endings that a configuration file may have, in the order in which they are looked for.
    static let extensions = ["yml", "yaml", "json", "js", "mjs", "cjs", "ts"]

    /// The configuration file: what `--config` names, else the first `serverless.*` in the folder.
    ///
    /// - Throws: ``DiagnosticError`` where there is none or `--config` names something else.
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
            let kind = files.statusIfPresent(of: folder) == nil ? "there is no folder" : "a file, and no folder, is"
            throw DiagnosticError("\(kind) '\(folder)'", help: ["name the folder of a service with '--service-dir'"])
        }
        throw DiagnosticError(
            "there is no service in '\(folder)'",
            notes: ["a service has a file serverless.yml, .yaml, .json, .js, .mjs, .cjs or .ts"],
            help: [
                service(above: folder, files).map { "run in '\($0)', where there is one" }
                    ?? "change into the folder of the service, or name its file with '--config'"
            ]
        )
    }

    /// The nearest folder above a folder that has a service, `nil` where none has.
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
                "'--config' names '\(name)', which is of no format that a configuration can have",
                help: ["a configuration ends in \(extensions.map { "." + $0 }.joined(separator: ", "))"]
            )
        }
        guard let status = files.statusIfPresent(of: path) else {
            throw DiagnosticError("'--config' names '\(name)', and there is no such file")
        }
        guard status.kind == .file else { throw DiagnosticError("'--config' names '\(name)', which is no file") }
        guard path.parent == options.serviceDirectory else {
            throw DiagnosticError(
                "'--config' names '\(name)', which is not in the folder of the service",
                notes: ["all paths of a configuration are relative to the folder of the service"],
                help: ["run in '\(path.parent)', or move the file"]
            )
        }
        return path
    }
}
