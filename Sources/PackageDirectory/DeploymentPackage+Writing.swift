package import Diagnostics
package import HostSystem
import OrderedJSON

extension DeploymentPackage {
    /// Whether there already is a directory for a package.
    ///
    /// - Throws: ``DiagnosticError`` if the path is not that of a directory.
    package static func exists(at directory: LocalPath, in files: any FileSystem) throws(DiagnosticError) -> Bool {
        guard files.exists(directory) else { return false }
        guard files.isDirectory(directory) else {
            throw DiagnosticError(
                .packagePathNotDirectory,
                "cannot write the package to '\(directory)': it is not a directory",
                help: ["move it, or use another directory with '--package'"]
            )
        }
        return true
    }

    /// Writes templates and state; the zip files are written by those who make them.
    ///
    /// - Parameters:
    ///   - files: the file system.
    ///   - isMinified: whether the template of the stack is written without white space.
    /// - Throws: ``FileSystemError`` if a file cannot be written.
    package func write(to files: any FileSystem, isMinified: Bool = false) async throws(FileSystemError) {
        let writer = JSONWriter(indentation: 2)
        // The state contains the templates once more, and takes as long to write as they do.
        async let stateText = writer.bytes(of: state)
        try files.createDirectory(directory)
        let createPath = FileName.createTemplate.path(in: directory)
        if let createTemplate {
            try files.write(writer.bytes(of: createTemplate), to: createPath)
        } else {
            try files.remove(createPath)
        }
        let update = JSONWriter(indentation: isMinified ? nil : 2).bytes(of: updateTemplate)
        try files.write(update, to: FileName.updateTemplate.path(in: directory))
        try files.write(await stateText, to: FileName.state.path(in: directory))
    }

    /// Removes what is left of a package after a failure.
    ///
    /// - Parameters:
    ///   - directory: the directory of the package.
    ///   - files: the file system.
    ///   - entirely: whether to remove the directory with its zip files, as nothing in it is older than the failure.
    /// - Throws: ``FileSystemError`` if something cannot be removed.
    package static func discard(
        at directory: LocalPath,
        in files: any FileSystem,
        entirely: Bool
    ) throws(FileSystemError) {
        if entirely { return try files.remove(directory) }
        for name in FileName.allCases { try files.remove(name.path(in: directory)) }
    }
}
