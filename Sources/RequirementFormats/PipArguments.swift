package import Diagnostics
package import HostSystem
import PythonPackaging

/// What `custom.pythonRequirements.pipCmdExtraArgs` asks for.
package struct PipArguments: Hashable, Sendable {
    /// Where distributions are looked for, and which may be taken.
    package private(set) var indexes = IndexOptions()
    /// The constraints of `-c`.
    package private(set) var constraints: [RequirementEntry] = []
    /// The files that were read, absolute.
    package private(set) var files: [LocalPath] = []

    private var demandedTargets: [ParsedPipOption] = []
    private let place: SourcePlace?

    /// Makes arguments that ask for nothing.
    package init() { place = nil }

    /// Reads arguments.
    ///
    /// - Parameters:
    ///   - items: The items of the list; each may hold several words, split as a shell does.
    ///   - place: Where the list stands.
    ///   - files: The files of the machine.
    ///   - serviceFolder: The folder of the service, to which paths relate.
    ///   - environment: The environment variables, for constraint files.
    /// - Throws: A `DiagnosticError` that names an option which cannot be honoured.
    package init(
        parsing items: [String],
        at place: SourcePlace?,
        files: any FileSystem,
        serviceFolder: LocalPath,
        environment: [String: String] = [:]
    ) throws(DiagnosticError) {
        self.place = place
        var options = RequirementSourceOptions()
        options.environment = environment
        let context = ReadingContext(files: files, serviceFolder: serviceFolder, options: options)
        var words: [ShellWords.Word] = []
        for item in items {
            do {
                words += try ShellWords.split(Array(item.utf8))
            } catch {
                throw Self.fault("'\(item)' in pipCmdExtraArgs has a quote that is not closed", at: place)
            }
        }
        for use in try Self.uses(words, at: place) { try apply(use, context) }
    }

    /// Adds the constraints of files that pip's configuration names: `PIP_CONSTRAINT`, or `constraint` in `pip.conf`.
    ///
    /// - Parameters:
    ///   - names: The files between blanks, relative to the service's folder, where pip is started.
    ///   - files: The files of the machine.
    ///   - serviceFolder: The folder of the service.
    ///   - environment: The environment variables that `${NAME}` stands for.
    /// - Throws: A `DiagnosticError` where a file is not on this machine or has a fault.
    package mutating func addConstraints(
        ofFiles names: String,
        files: any FileSystem,
        serviceFolder: LocalPath,
        environment: [String: String] = [:]
    ) throws(DiagnosticError) {
        var options = RequirementSourceOptions()
        options.environment = environment
        let context = ReadingContext(files: files, serviceFolder: serviceFolder, options: options)
        for name in names.split(whereSeparator: \.isWhitespace) {
            guard files.isFile(serviceFolder / String(name)) else {
                throw DiagnosticError(
                    "constraints file '\(Redaction.redactingCredentials(in: String(name)))' is not on this machine",
                    category: .resolution,
                    notes: ["PIP_CONSTRAINT or pip's configuration file names it"],
                    help: ["copy it into the service and name the copy, or unset PIP_CONSTRAINT"]
                )
            }
            try addConstraints(ofFile: String(name), context)
        }
    }

    private mutating func addConstraints(ofFile name: String, _ context: ReadingContext) throws(DiagnosticError) {
        let file = context.serviceFolder / name
        let origin = RequirementSource(kind: .requirementsFile, file: file, displayName: context.displayName(of: file))
        let set = try RequirementsFileReader.read(origin, context: context)
        files += set.files
        if case .requirements(let demands) = set.content { constraints += demands.requirements + demands.constraints }
    }

    /// Checks that what the arguments say of the platform is what the target says.
    ///
    /// - Parameter target: The target of a function.
    /// - Throws: A `DiagnosticError` that names both, for each option that says something else.
    package func check(for target: Target) throws(DiagnosticError) {
        let faults = demandedTargets.filter { !Self.fits($0, target) }
            .map { use in
                Diagnostic(
                    .error,
                    "'\(use.name) \(use.value)' in pipCmdExtraArgs is not what '\(target)' runs on",
                    category: .resolution,
                    at: place,
                    notes: [
                        "the target is Python \(target.runtime.version) on \(target.architecture.machine), "
                            + "\(target.manylinuxPlatform) at most"
                    ],
                    help: ["remove '\(use.name)': wheels are chosen for the runtime and architecture of each function"]
                )
            }
        guard faults.isEmpty else { throw DiagnosticError(faults) }
    }

    private static func uses(
        _ words: [ShellWords.Word],
        at place: SourcePlace?
    ) throws(DiagnosticError) -> [ParsedPipOption] {
        do throws(ParsedPipOption.ParseError) {
            return try ParsedPipOption.parse(words) { $0.isForCommandLine }
        } catch {
            let message =
                switch error {
                case .unknown(let option, _): "option '\(option)' in pipCmdExtraArgs cannot be honoured"
                case .missingValue(let option, _): "option '\(option)' in pipCmdExtraArgs has no value"
                case .unwantedValue(let option, _): "option '\(option)' in pipCmdExtraArgs takes no value"
                case .stray(let word, _): "'\(word)' in pipCmdExtraArgs belongs to no option"
                }
            var help = ["remove it from pipCmdExtraArgs"]
            if case .unknown(let option, _) = error,
                let near = NearestNames.nearest(to: option, among: PipOption.namesForCommandLine)
            {
                help.insert(NearestNames.question(near), at: 0)
            }
            throw fault(Redaction.redactingCredentials(in: message), at: place, help: help)
        }
    }

    private mutating func apply(_ use: ParsedPipOption, _ context: ReadingContext) throws(DiagnosticError) {
        switch use.option {
        case .platform, .pythonVersion, .implementation, .abi: demandedTargets.append(use)
        case .cacheDirectory, .buildSetting: break
        case .constraint: try addConstraints(ofFile: use.value, context)
        default:
            do throws(IndexOptionError) {
                try indexes.apply(use, folders: [context.serviceFolder], exists: context.files.exists)
            } catch {
                throw Self.fault("option '\(use.name)' in pipCmdExtraArgs: \(error)", at: place)
            }
        }
    }

    private static func fits(_ use: ParsedPipOption, _ target: Target) -> Bool {
        let runtime = target.runtime
        switch use.option {
        case .platform:
            return use.value == "any" || target.supportedTags.tags.contains { $0.platform == use.value }
        case .pythonVersion:
            // `3`, `3.11`, `3.11.4`, and `311` for `3.11`
            let numbers = use.value.split(separator: ".").map(String.init)
            guard numbers.count < 2 else {
                return numbers.prefix(2).elementsEqual(["\(runtime.major)", "\(runtime.minor)"])
            }
            return ["\(runtime.major)", "\(runtime.major)\(runtime.minor)"].contains(use.value)
        case .implementation: return ["cp", "py"].contains(use.value)
        case .abi:
            return use.value == "none" || use.value == "abi3" || target.supportedTags.tags.first?.abi == use.value
        default: return true
        }
    }

    private static func fault(
        _ message: String,
        at place: SourcePlace?,
        help: [String] = ["remove it from pipCmdExtraArgs"]
    ) -> DiagnosticError {
        DiagnosticError(message, category: .resolution, at: place, help: help)
    }
}

extension RequirementSet {
    /// The set under what `pipCmdExtraArgs` asks for besides; the versions of a lock are settled without constraints.
    package func adding(_ arguments: PipArguments) -> RequirementSet {
        var result = self
        result.indexes.merge(arguments.indexes)
        if case .requirements(var demands) = content {
            demands.constraints += arguments.constraints
            result.content = .requirements(demands)
            result.files += arguments.files.filter { !files.contains($0) }
        }
        return result
    }
}
