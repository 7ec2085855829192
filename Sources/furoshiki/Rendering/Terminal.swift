import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where results and talk go: results to the standard output, everything else to the standard error.
struct Terminal: Sendable {
    /// How much is told, from nothing but faults to what only the program's makers want to know.
    enum Level: String, Sendable, CaseIterable, Comparable {
        case error, warning, notice, info, debug

        static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Whether faults and results are written for machines.
    var isJSON = false
    /// How much is told.
    var level = Level.notice
    /// The folder that relative places of diagnostics start from, which is the service's.
    var directory: LocalPath
    /// Whether the standard error is a terminal that can rewrite its last line.
    let isLive: Bool
    /// Whether colours are used on the standard error.
    let usesColor: Bool
    private let progress: ProgressLine
    private let record = OutputRecord()
    private let files: any FileSystem

    /// Makes a terminal for an environment (<https://no-color.org>).
    init(environment: Environment, directory: LocalPath, files: any FileSystem) {
        self.directory = directory
        self.files = files
        let isTerminal = isatty(2) == 1 && environment["TERM"] != "dumb"
        isLive = isTerminal && environment.nonEmpty("CI") == nil
        usesColor = isTerminal && environment.nonEmpty("NO_COLOR") == nil
        progress = ProgressLine(isLive: isLive)
    }

    /// Takes over what options and environment say about output.
    mutating func adopt(_ invocation: Invocation, _ environment: Environment) {
        isJSON = invocation.has("json")
        if let name = environment.nonEmpty("SLS_LOG_LEVEL"), let asked = Level(rawValue: name) { level = asked }
        if invocation.has("verbose") { level = max(level, .info) }
        if invocation.text("debug") != nil || environment.nonEmpty("SLS_DEBUG") != nil { level = .debug }
    }

    /// The columns of the terminal that results go to, `nil` where they go elsewhere.
    var columns: Int? { StandardStreams.columns(of: 1) }

    /// Writes a result.
    func write(_ text: String) {
        progress.clear()
        if let code = StandardStreams.write(text, to: 1) { record.fail(code) }
    }

    /// Writes a result for machines.
    func write(_ value: JSONValue) { write(JSONWriter(indentation: 2).text(of: value) + "\n") }

    /// Says something that is no result, where so much is to be told.
    func say(_ text: String, at importance: Level = .notice) {
        guard importance <= level, !isJSON || importance == .error else { return }
        if isJSON { return tell([Diagnostic(.error, text, category: .system)]) }
        progress.clear()
        StandardStreams.write(text + "\n", to: 2)
    }

    /// Says what only the program's makers want to know.
    func debug(_ text: @autoclosure () -> String) {
        if level == .debug, !isJSON { say("debug: " + text(), at: .debug) }
    }

    /// Shows how far a long work is: a line that is rewritten on a terminal, nothing elsewhere.
    func show(progress text: String) {
        if isLive, !isJSON, level >= .notice { progress.show(text) }
    }

    /// Tells diagnostics, in the order of the files that they are about; for machines at the end, all in one object.
    func tell(_ diagnostics: [Diagnostic]) {
        let told = diagnostics.filter {
            $0.severity == .error || level >= ($0.severity == .warning ? .warning : .notice)
        }
        guard !told.isEmpty else { return }
        progress.clear()
        if isJSON { return record.add(told) }
        var renderer = DiagnosticRenderer(
            usesColor: usesColor,
            columns: StandardStreams.columns(of: 2),
            directory: directory,
            reader: files
        )
        StandardStreams.write(told.inOrderOfPlaces.map { renderer.text(of: $0) }.joined(), to: 2)
    }

    /// Ends the output: tells what was kept until now for machines, and whether the result was lost.
    ///
    /// - Parameter status: how the command ended.
    /// - Returns: how the program ends.
    func finish(_ status: ExitStatus) -> ExitStatus {
        progress.clear()
        var status = status
        if let code = record.failure {
            tell([Diagnostic(.error, "cannot write to the standard output: \(systemMessage(code))", category: .system)])
            if status == .success { status = .failure }
        }
        let diagnostics = record.diagnostics
        if !diagnostics.isEmpty {
            let value: JSONValue = ["diagnostics": .array(diagnostics.map(DiagnosticRenderer.json(of:)))]
            StandardStreams.write(JSONWriter().text(of: value) + "\n", to: 2)
        }
        return status
    }
}

extension Terminal {
    /// Writes the messages of errors to the standard output too, where Serverless writes them and scripts look for
    /// them; not where people would read them twice.
    func repeatOnOutput(_ diagnostics: [Diagnostic]) {
        var (output, errors) = (stat(), stat())
        guard !isJSON, isatty(1) == 0, fstat(1, &output) == 0, fstat(2, &errors) == 0,
            (output.st_dev, output.st_ino) != (errors.st_dev, errors.st_ino)
        else { return }
        let messages = diagnostics.filter { $0.severity == .error }.map(\.message)
        write("Error:\n" + messages.joined(separator: "\n") + "\n")
    }
}
