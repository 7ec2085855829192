import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// The requirement sources of a service, which are located and read once while artifacts are planned.
final class RequirementCatalog {
    /// The requirements of each source that was read.
    private(set) var sets: [RequirementSource: RequirementSet] = [:]
    /// The warnings and notes about the sources that were read.
    private(set) var findings: [Diagnostic] = []
    /// The arguments in `pipCmdExtraArgs`.
    let pipArguments: PipArguments

    private let reader: RequirementSourceReader
    private let directory: LocalPath
    private var origins: [String: RequirementSource?] = [:]

    /// Creates a catalog, which reads sources when they are requested.
    ///
    /// - Throws: a `DiagnosticError` if `pipCmdExtraArgs` contains invalid arguments.
    init(
        _ options: RequirementOptions,
        directory: LocalPath,
        files: any FileSystem,
        environment: Environment
    ) throws(DiagnosticError) {
        var source = options.source
        source.environment = environment.variables
        self.directory = directory
        reader = RequirementSourceReader(files: files, serviceFolder: directory, options: source)
        var arguments = try PipArguments(
            parsing: options.pipArguments,
            at: options.pipArgumentsPlace,
            files: files,
            serviceFolder: directory,
            environment: environment.variables
        )
        let pip = PipConfiguration(environment: environment, files: files)
        if let names = pip.value("constraint", environment: environment) {
            try arguments.addConstraints(
                ofFiles: names,
                files: files,
                serviceFolder: directory,
                environment: environment.variables
            )
        }
        pipArguments = arguments
    }

    /// The source with the requirements of a module or the service, or `nil` if there are no requirements.
    ///
    /// A module has its own source of any kind; without one, only a Pipfile of the service applies to it.
    func requirements(of module: String?) throws(DiagnosticError) -> RequirementSource? {
        let key = module.map { LocalPath($0).string } ?? "."
        if let known = origins[key] { return known }
        let found = try find(key)
        origins[key] = .some(found)
        return found
    }

    /// The problem that neither the service nor a module has the file that the option `fileName` names.
    ///
    /// - Parameters:
    ///   - modules: the modules of functions.
    ///   - isError: whether functions have no requirements without it.
    /// - Returns: an error or a warning; `nil` if the file exists.
    func missingFile(modules: [String], isError: Bool) -> Diagnostic? {
        reader.missingFileName(modules: modules, isError: isError)
    }

    private func find(_ module: String) throws(DiagnosticError) -> RequirementSource? {
        guard let origin = try reader.locate(module: module) else { return nil }
        let folder = directory / module
        let isOwn = module == "." || origin.file.isWithin(folder) || origin.member == folder
        guard isOwn || origin.kind == .pipfile || origin.kind == .pipfileLock else { return nil }
        let set: RequirementSet
        if let known = sets[origin] {
            set = known
        } else {
            set = try reader.read(origin).adding(pipArguments)
            sets[origin] = set
            findings += set.diagnostics
        }
        return set.isEmpty ? nil : origin
    }
}
