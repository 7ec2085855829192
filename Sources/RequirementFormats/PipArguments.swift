package import Diagnostics
package import HostSystem
import PythonPackaging

/// The pip options in `custom.pythonRequirements.pipCmdExtraArgs`.
package struct PipArguments: Hashable, Sendable {
    /// The indexes to query, and the files to accept from them.
    package private(set) var indexes = IndexOptions()
    /// The constraints in the files of `-c`.
    package private(set) var constraints: [RequirementEntry] = []
    /// The constraints files that were read, absolute.
    package private(set) var files: [LocalPath] = []

    private var targetOptions: [ParsedPipOption] = []
    private let place: SourcePlace?

    /// Makes arguments without options.
    package init() { place = nil }

    /// Parses a list of arguments.
    ///
    /// - Parameters:
    ///   - items: The items of the list; each may contain several words, which are split as in a shell.
    ///   - place: The place of the list.
    ///   - files: The file system that constraints files are read from.
    ///   - serviceFolder: The directory of the service, to which paths are relative.
    ///   - environment: The environment variables, for constraints files.
    /// - Throws: A `DiagnosticError` with the option that is invalid or not supported.
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
                throw Self.invalid("unterminated quote in pipCmdExtraArgs: \(item)", at: place)
            }
        }
        for use in try Self.uses(words, at: place) { try apply(use, context) }
    }

    /// Adds the constraints in the files of pip's configuration: `PIP_CONSTRAINT`, or `constraint` in `pip.conf`.
    ///
    /// - Parameters:
    ///   - names: The paths of the files, separated by spaces and relative to the service's directory, where pip runs.
    ///   - files: The file system that constraints files are read from.
    ///   - serviceFolder: The directory of the service.
    ///   - environment: The environment variables that replace `${NAME}`.
    /// - Throws: A `DiagnosticError` if a file is missing or invalid.
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
                    .missingRequirementsFile,
                    "constraints file '\(Redaction.redactingCredentials(in: String(name)))' not found",
                    notes: ["it is set in PIP_CONSTRAINT or in pip's configuration file"],
                    help: ["set PIP_CONSTRAINT to a local file, or unset it"]
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
        if case .requirements(let list) = set.content { constraints += list.requirements + list.constraints }
    }

    /// Checks that the options about the platform and the Python version agree with a target.
    ///
    /// - Parameter target: The target of a function.
    /// - Throws: A `DiagnosticError` with the target, for each option that contradicts it.
    package func check(for target: Target) throws(DiagnosticError) {
        let errors = targetOptions.filter { !Self.fits($0, target) }
            .map { use in
                Diagnostic(
                    .error,
                    .conflictingTargetOption,
                    "'\(use.name) \(use.value)' in pipCmdExtraArgs contradicts the target '\(target)'",
                    at: place,
                    notes: [
                        "the target has Python \(target.runtime.version) on \(target.architecture.machine), "
                            + "and supports wheels up to \(target.manylinuxPlatform)",
                        "wheels are selected for the runtime and architecture of each function",
                    ],
                    help: ["remove '\(use.name)' from pipCmdExtraArgs"]
                )
            }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
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
                case .unknown(let option, _): "unsupported option '\(option)' in pipCmdExtraArgs"
                case .missingValue(let option, _): "option '\(option)' in pipCmdExtraArgs needs a value"
                case .unwantedValue(let option, _): "option '\(option)' in pipCmdExtraArgs does not accept a value"
                case .stray(let word, _): "'\(word)' in pipCmdExtraArgs is neither an option nor the value of one"
                }
            guard case .unknown(let option, _) = error else {
                throw invalid(Redaction.redactingCredentials(in: message), at: place)
            }
            let near = NearestNames.help(for: option, among: PipOption.namesForCommandLine)
            throw DiagnosticError(.unknownPipOption, message, at: place, help: near + [removal])
        }
    }

    private mutating func apply(_ use: ParsedPipOption, _ context: ReadingContext) throws(DiagnosticError) {
        switch use.option {
        case .platform, .pythonVersion, .implementation, .abi: targetOptions.append(use)
        case .cacheDirectory, .buildSetting: break
        case .constraint: try addConstraints(ofFile: use.value, context)
        default:
            do throws(IndexOptionError) {
                try indexes.apply(use, folders: [context.serviceFolder], exists: context.files.exists)
            } catch {
                throw Self.invalid("option '\(use.name)' in pipCmdExtraArgs: \(error)", at: place)
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

    private static let removal = "remove it from pipCmdExtraArgs"

    private static func invalid(_ message: String, at place: SourcePlace?) -> DiagnosticError {
        DiagnosticError(.invalidPipOption, message, at: place, help: [removal])
    }
}

extension RequirementSet {
    /// The set with the options of `pipCmdExtraArgs`; constraints do not apply to the exact versions of a lock.
    package func adding(_ arguments: PipArguments) -> RequirementSet {
        var result = self
        result.indexes.merge(arguments.indexes)
        if case .requirements(var list) = content {
            list.constraints += arguments.constraints
            result.content = .requirements(list)
            result.files += arguments.files.filter { !files.contains($0) }
        }
        return result
    }
}
