import Diagnostics
import HostSystem
import PythonPackaging

/// Reads a requirements file with all that it includes.
struct RequirementsFileReader {
    /// What reading needs of the machine.
    let context: ReadingContext

    private var demands = RequirementList()
    private var indexes = IndexOptions()
    private var diagnostics: [Diagnostic] = []
    private var files: [LocalPath] = []
    private var faults: [Diagnostic] = []
    private var open: [LocalPath] = []

    /// Makes a reader.
    init(context: ReadingContext) { self.context = context }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - origin: The file.
    ///   - context: What reading needs of the machine.
    /// - Returns: What it and the files that it includes ask for.
    /// - Throws: A `DiagnosticError` that tells every fault in them at its place.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        var reader = RequirementsFileReader(context: context)
        reader.read(origin.file, isConstraints: false, includedAt: nil)
        guard reader.faults.isEmpty else { throw DiagnosticError(reader.faults + reader.diagnostics) }
        if reader.demands.requirements.contains(where: { !$0.hashes.isEmpty }) { reader.indexes.requiresHashes = true }
        return RequirementSet(
            origin: origin,
            content: .requirements(reader.demands),
            indexes: reader.indexes,
            diagnostics: reader.diagnostics,
            files: reader.files
        )
    }

    private mutating func read(_ file: LocalPath, isConstraints: Bool, includedAt place: SourcePlace?) {
        let name = context.displayName(of: file)
        guard !open.contains(file) else {
            fault("'\(name)' includes itself", at: place, notes: (open + [file]).map { context.displayName(of: $0) })
            return
        }
        let bytes: [UInt8]
        do {
            bytes = try context.files.read(file)
        } catch {
            let notes =
                error.isMissing && place != nil ? ["included files are looked up beside the file that has them"] : []
            fault(error.isMissing ? "there is no file '\(name)'" : "\(error)", at: place, notes: notes)
            return
        }
        if !files.contains(file) { files.append(file) }
        guard let text = RequirementsText.decode(bytes) else {
            fault(
                "'\(name)' is no text in UTF-8",
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
                    "'\(name)' is a link that was checked out as a text; '\(context.displayName(of: linked))' is read in its place",
                    at: SourcePlace(file: name, line: 1, column: 1)
                )
            )
            read(linked, isConstraints: isConstraints, includedAt: SourcePlace(file: name, line: 1, column: 1))
            return
        }
        for line in RequirementsText.logicalLines(of: text, environment: context.environment) {
            read(line, in: file, name: name, isConstraints: isConstraints)
        }
    }

    /// The file that a symbolic link names which git, on a system without links, wrote as a text of one relative path
    /// without an end of line.
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
            optionFault(error, at: line.place(of: error.start, in: name))
            return
        } catch {
            fault("a quote is not closed", at: line.place(of: optionsStart, in: name))
            return
        }
        guard requirement.isEmpty else {
            readRequirement(requirement, uses, line, file, name, isConstraints)
            return
        }
        for use in uses { apply(use, line, file, name, isConstraints) }
    }

    /// The index where the options of a line begin: at its first word that begins with `-`.
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
                    fault("'\(use.value)' is no hash such as 'sha256:…'", at: line.place(of: use.start, in: name))
                    continue
                }
                hashes.append(hash)
            case .buildSetting: buildSetting(use, at: line.place(of: use.start, in: name))
            default:
                fault(
                    "option '\(use.name)' stands on a line with a requirement",
                    at: line.place(of: use.start, in: name),
                    help: ["give it a line of its own"]
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
            let demanded = RequirementEntry(subject, hashes: hashes, place: place(0), isEditable: isEditable)
            if isConstraints { demands.constraints.append(demanded) } else { demands.requirements.append(demanded) }
        } catch {
            fault(Redaction.redactingCredentials(in: error.description), at: place(error.offset), help: error.help)
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
                fault(
                    "'\(Redaction.redactingCredentials(in: use.value))' is not on this machine",
                    at: place,
                    help: ["copy the file into the service and include the copy"]
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
        case .hash: fault("option '--hash' belongs on the line of a requirement", at: place)
        default:
            do throws(IndexOptionError) {
                try indexes.apply(use, folders: [file.parent, context.serviceFolder], exists: context.files.exists)
            } catch {
                fault("option '\(use.name)': \(error)", at: place)
            }
        }
    }

    private mutating func buildSetting(_ use: ParsedPipOption, at place: SourcePlace) {
        diagnostics.append(Diagnostic(.warning, "option '\(use.name)' is not passed to builds", at: place))
    }

    private mutating func optionFault(_ error: ParsedPipOption.ParseError, at place: SourcePlace) {
        switch error {
        case .unknown(let option, _):
            fault(
                "unknown option '\(option)' in a requirements file",
                at: place,
                help: NearestNames.help(for: option, among: PipOption.namesForFiles)
            )
        case .missingValue(let option, _): fault("option '\(option)' has no value", at: place)
        case .unwantedValue(let option, _): fault("option '\(option)' takes no value", at: place)
        case .stray(let word, _): fault("'\(word)' belongs to no option", at: place)
        }
    }

    private mutating func fault(
        _ message: String,
        at place: SourcePlace?,
        notes: [String] = [],
        help: [String] = []
    ) {
        faults.append(Diagnostic(.error, message, category: .resolution, at: place, notes: notes, help: help))
    }
}
