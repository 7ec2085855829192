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

    /// Writes a result.
    func write(_ text: String) {
        progress.clear()
        writeAll(text, to: 1)
    }

    /// Says something that is no result, where so much is to be told.
    func say(_ text: String, at importance: Level = .notice) {
        guard importance <= level, !isJSON || importance == .error else { return }
        if isJSON { return tell([Diagnostic(.note, text, category: .system)]) }
        progress.clear()
        writeAll(text + "\n", to: 2)
    }

    /// Says what only the program's makers want to know.
    func debug(_ text: @autoclosure () -> String) {
        if level == .debug, !isJSON { say("debug: " + text(), at: .debug) }
    }

    /// Shows how far a long work is: a line that is rewritten on a terminal, nothing elsewhere.
    func show(progress text: String) {
        if isLive, !isJSON, level >= .notice { progress.show(text) }
    }

    /// Tells diagnostics.
    func tell(_ diagnostics: [Diagnostic]) {
        let told = diagnostics.filter {
            $0.severity == .error || level >= ($0.severity == .warning ? .warning : .notice)
        }
        guard !told.isEmpty else { return }
        progress.clear()
        if isJSON {
            let value = JSONValue.object(["diagnostics": .array(told.map(DiagnosticRenderer.json(of:)))])
            return writeAll(JSONWriter().text(of: value) + "\n", to: 2)
        }
        var renderer = DiagnosticRenderer(usesColor: usesColor, directory: directory, reader: files)
        writeAll(told.map { renderer.text(of: $0) }.joined(), to: 2)
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

/// Writes a whole text; where nobody reads any more there is nobody to tell.
func writeAll(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
            if errno == EINTR || errno == EAGAIN { continue }
            return
        }
        bytes = bytes.dropFirst(count)
    }
}
