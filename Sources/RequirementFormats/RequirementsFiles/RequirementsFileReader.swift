import Diagnostics
import HostSystem
import PythonPackaging

/// Reads a requirements file and the files that it includes.
struct RequirementsFileReader {
    /// The file system, service directory and options to read with.
    let context: ReadingContext

    private var list = RequirementList()
    private var indexes = IndexOptions()
    private var diagnostics: [Diagnostic] = []
    private var files: [LocalPath] = []
    private var errors: [Diagnostic] = []
    private var open: [LocalPath] = []

    /// Makes a reader that has read nothing yet.
    init(context: ReadingContext) { self.context = context }

    /// Reads a requirements file.
    ///
    /// - Parameters:
    ///   - origin: The file to read.
    ///   - context: The file system, service directory and options to read with.
    /// - Returns: The requirements of the file and of the files that it includes.
    /// - Throws: A `DiagnosticError` with all errors in the files, each at its place.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        var reader = RequirementsFileReader(context: context)
        reader.read(origin.file, isConstraints: false, includedAt: nil)
        guard reader.errors.isEmpty else { throw DiagnosticError(reader.errors + reader.diagnostics) }
        if reader.list.requirements.contains(where: { !$0.hashes.isEmpty }) { reader.indexes.requiresHashes = true }
        return RequirementSet(
            origin: origin,
            content: .requirements(reader.list),
            indexes: reader.indexes,
            diagnostics: reader.diagnostics,
            files: reader.files
        )
    }

    private mutating func read(_ file: LocalPath, isConstraints: Bool, includedAt place: SourcePlace?) {
        let name = context.displayName(of: file)
        guard !open.contains(file) else {
            let chain = (open + [file]).map { context.displayName(of: $0) }.joined(separator: " → ")
            report(.circularInclude, "'\(name)' includes itself: \(chain)", at: place)
            return
        }
        let bytes: [UInt8]
        do {
            bytes = try context.files.read(file)
        } catch {
            guard error.isMissing else {
                report(.unreadableRequirements, "\(error)", at: place)
                return
            }
            let notes = place == nil ? [] : ["paths are relative to the directory of the file that includes them"]
            let help = ["create the file, or correct its path"]
            report(
                .missingRequirementsFile,
                "requirements file '\(name)' not found",
                at: place,
                notes: notes,
                help: help
            )
            return
        }
        if !files.contains(file) { files.append(file) }
        guard let text = RequirementsText.decode(bytes) else {
            report(
                .requirementsNotUTF8,
                "cannot read '\(name)': the file is not encoded in UTF-8",
                at: SourcePlace(file: name, line: 1, column: 1),
                help: ["save the file as UTF-8"]
            )
            return
        }
        open.append(file)
        defer { open.removeLast() }
        if let linked = checkedOutLink(text, in: file) {
            diagnostics.append(
                Diagnostic(
                    .note,
                    .symlinkAsText,
                    "'\(name)' is a symbolic link that git checked out as a text file; "
                        + "reading '\(context.displayName(of: linked))' instead",
                    at: SourcePlace(file: name, line: 1, column: 1)
                )
            )
            read(linked, isConstraints: isConstraints, includedAt: SourcePlace(file: name, line: 1, column: 1))
            return
        }
        for line in RequirementsText.logicalLines(of: text, environment: context.environment) {
            guard line.missingVariables.isEmpty else {
                errors += line.missingVariables.map { missing in
                    let place = line.place(of: missing.index, in: name)
                    return RequirementsText.missingVariable(missing.name, at: place, context.environment)
                }
                continue
            }
            read(line, in: file, name: name, isConstraints: isConstraints)
        }
    }

    /// The target of a symbolic link that git, on a system without links, wrote as a text file with a relative path
    /// and no line break.
    private func checkedOutLink(_ text: String, in file: LocalPath) -> LocalPath? {
        guard text.hasSuffix(".txt") || text.hasSuffix(".in"), text.contains("/"), text.utf8.count < 4096,
            !text.contains(where: { $0.isWhitespace })
        else { return nil }
        let linked = file.parent / text
        return context.files.isFile(linked) ? linked : nil
    }

    private mutating func read(_ line: LogicalLine, in file: LocalPath, name: String, isConstraints: Bool) {
        let optionsStart = Self.startOfOptions(line.bytes)
        let requirement = line.text(0..<optionsStart).trimmingBlanks
        let uses: [ParsedPipOption]
        do {
            let words = try ShellWords.split(line.bytes, from: optionsStart)
            uses = try ParsedPipOption.parse(words) { $0.isForFiles }
        } catch let error as ParsedPipOption.ParseError {
            report(error, at: line.place(of: error.start, in: name))
            return
        } catch {
            report(.invalidPipOption, "unterminated quote", at: line.place(of: optionsStart, in: name))
            return
        }
        guard requirement.isEmpty else {
            readRequirement(requirement, uses, line, file, name, isConstraints)
            return
        }
        for use in uses { apply(use, line, file, name, isConstraints) }
    }

    /// The index where the options of a line begin, which is at its first word that starts with `-`.
    private static func startOfOptions(_ bytes: [UInt8]) -> Int {
        var isAtWord = true
        for (index, byte) in bytes.enumerated() {
            if isAtWord, byte == UInt8(ascii: "-") { return index }
            isAtWord = byte == 0x20 || (0x09...0x0D).contains(byte)
        }
        return bytes.count
    }

    private mutating func readRequirement(
        _ text: String,
        _ uses: [ParsedPipOption],
        _ line: LogicalLine,
        _ file: LocalPath,
        _ name: String,
        _ isConstraints: Bool
    ) {
        var hashes: [FileHash] = []
        for use in uses {
            switch use.option {
            case .hash:
                guard let hash = FileHash(use.value) else {
                    report(
                        .invalidHash,
                        "'\(use.value)' is not a valid hash; expected 'sha256:' and 64 hexadecimal digits",
                        at: line.place(of: use.start, in: name)
                    )
                    continue
                }
                hashes.append(hash)
            case .buildSetting: buildSetting(use, at: line.place(of: use.start, in: name))
            default:
                report(
                    .misplacedPipOption,
                    "option '\(use.name)' is not allowed on the line of a requirement",
                    at: line.place(of: use.start, in: name),
                    help: ["move the option to its own line"]
                )
            }
        }
        add(text, hashes: hashes, isEditable: false, at: { line.place(of: $0, in: name) }, file, isConstraints)
    }

    private mutating func add(
        _ text: String,
        hashes: [FileHash],
        isEditable: Bool,
        at place: (Int) -> SourcePlace,
        _ file: LocalPath,
        _ isConstraints: Bool
    ) {
        do throws(RequirementParser.ParseError) {
            let subject = try context.requirementParser(for: file).subject(of: text, isEditable: isEditable)
            let entry = RequirementEntry(subject, hashes: hashes, place: place(0), isEditable: isEditable)
            if isConstraints { list.constraints.append(entry) } else { list.requirements.append(entry) }
        } catch {
            let message = Redaction.redactingCredentials(in: error.description)
            report(error.code, message, at: place(error.offset), notes: error.notes, help: error.help)
        }
    }

    private mutating func apply(
        _ use: ParsedPipOption,
        _ line: LogicalLine,
        _ file: LocalPath,
        _ name: String,
        _ isConstraints: Bool
    ) {
        let place = line.place(of: use.start, in: name)
        switch use.option {
        case .requirement, .constraint:
            guard use.value.firstRange(of: "://") == nil else {
                report(
                    .remoteRequirementsFile,
                    "cannot include '\(Redaction.redactingCredentials(in: use.value))': the file is not local",
                    at: place,
                    help: ["copy the file into the service, and include the copy"]
                )
                return
            }
            read(
                file.parent / use.value,
                isConstraints: isConstraints || use.option == .constraint,
                includedAt: place
            )
        case .editable:
            add(use.value, hashes: [], isEditable: true, at: { _ in place }, file, isConstraints)
        case .buildSetting: buildSetting(use, at: place)
        case .hash: report(.misplacedPipOption, "option '--hash' must be on the line of a requirement", at: place)
        default:
            do throws(IndexOptionError) {
                try indexes.apply(use, folders: [file.parent, context.serviceFolder], exists: context.files.exists)
            } catch {
                report(.invalidPipOption, "option '\(use.name)': \(error)", at: place)
            }
        }
    }

    private mutating func buildSetting(_ use: ParsedPipOption, at place: SourcePlace) {
        diagnostics.append(
            Diagnostic(
                .warning,
                .ignoredBuildOption,
                "ignoring option '\(use.name)': it is not passed to builds",
                at: place
            )
        )
    }

    private mutating func report(_ error: ParsedPipOption.ParseError, at place: SourcePlace) {
        switch error {
        case .unknown(let option, _):
            report(
                .unknownPipOption,
                "unknown option '\(option)' in a requirements file",
                at: place,
                help: NearestNames.help(for: option, among: PipOption.namesForFiles)
            )
        case .missingValue(let option, _): report(.invalidPipOption, "option '\(option)' needs a value", at: place)
        case .unwantedValue(let option, _):
            report(.invalidPipOption, "option '\(option)' does not accept a value", at: place)
        case .stray(let word, _):
            report(.invalidPipOption, "'\(word)' is neither an option nor the value of one", at: place)
        }
    }

    private mutating func report(
        _ code: DiagnosticCode,
        _ message: String,
        at place: SourcePlace?,
        notes: [String] = [],
        help: [String] = []
    ) {
        errors.append(Diagnostic(.error, code, message, at: place, notes: notes, help: help))
    }
}
