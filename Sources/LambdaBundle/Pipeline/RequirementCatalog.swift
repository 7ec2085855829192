import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// The requirement sources of a service, each found and read once, while artifacts are planned.
final class RequirementCatalog {
    /// What sources ask for, by where they are.
    private(set) var sets: [RequirementSource: RequirementSet] = [:]
    /// Warnings and notes of the sources that were read.
    private(set) var findings: [Diagnostic] = []
    /// What `pipCmdExtraArgs` asks for.
    let pipArguments: PipArguments

    private let reader: RequirementSourceReader
    private let directory: LocalPath
    private var origins: [String: RequirementSource?] = [:]

    /// Begins a catalog.
    ///
    /// - Throws: a `DiagnosticError` where `pipCmdExtraArgs` cannot be honoured.
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

    /// Where the requirements of a module are, or of the service; `nil` where nothing is required.
    ///
    /// A module has its own, of whatever kind; only a Pipfile of the service is for modules without their own too.
    func requirements(of module: String?) throws(DiagnosticError) -> RequirementSource? {
        let key = module.map { LocalPath($0).string } ?? "."
        if let known = origins[key] { return known }
        let found = try find(key)
        origins[key] = .some(found)
        return found
    }

    /// A warning for a `fileName` that no source has, `nil` where all is well.
    func missingFileWarning(modules: [String]) -> Diagnostic? { reader.missingFileNameWarning(modules: modules) }

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
