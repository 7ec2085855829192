package import Diagnostics
package import HostSystem
import OrderedJSON

extension DeploymentPackage {
    /// Reads a package that Furoshiki or Serverless v3 wrote.
    ///
    /// - Parameters:
    ///   - directory: the directory of the package, absolute.
    ///   - files: the file system.
    /// - Throws: ``DiagnosticError`` if it is not a package, or a file of it cannot be read.
    package init(readingFrom directory: LocalPath, in files: any FileSystem) throws(DiagnosticError) {
        let create = try Self.document(.createTemplate, in: directory, files)
        guard let update = try Self.document(.updateTemplate, in: directory, files) else {
            throw Self.missing(.updateTemplate, in: directory)
        }
        guard let state = try Self.document(.state, in: directory, files) else {
            throw Self.missing(.state, in: directory)
        }
        self.init(directory: directory, createTemplate: create, updateTemplate: update, state: state)
        if service == nil { throw Self.lacks("service.service", .state, in: directory) }
        if artifactDirectory == nil { throw Self.lacks("package.artifactDirectoryName", .state, in: directory) }
        if update["Resources"]?.objectValue == nil { throw Self.lacks("Resources", .updateTemplate, in: directory) }
    }

    private static func document(
        _ name: FileName,
        in directory: LocalPath,
        _ files: any FileSystem
    ) throws(DiagnosticError) -> JSONValue? {
        let path = name.path(in: directory)
        let bytes: [UInt8]?
        do throws(FileSystemError) { bytes = try files.readIfPresent(path) } catch {
            throw DiagnosticError(describing: error)
        }
        guard let bytes else { return nil }
        do throws(JSONParseError) { return try JSONValue(parsing: bytes) } catch {
            throw DiagnosticError(
                .invalidDeploymentPackage,
                "cannot parse '\(path)' as JSON: \(error.reason.rawValue)",
                at: SourcePlace(file: path.string, line: error.line, column: error.column),
                help: ["package the service again"]
            )
        }
    }

    private static func missing(_ name: FileName, in directory: LocalPath) -> DiagnosticError {
        DiagnosticError(
            .missingDeploymentPackage,
            "there is no package in '\(directory)': no such file '\(name.rawValue)'",
            help: ["package the service with 'furoshiki package', or use another directory with '--package'"]
        )
    }

    private static func lacks(_ member: String, _ name: FileName, in directory: LocalPath) -> DiagnosticError {
        DiagnosticError(
            .invalidDeploymentPackage,
            "'\(name.rawValue)' of the package in '\(directory)' has no valid '\(member)'",
            help: ["package the service again"]
        )
    }
}
