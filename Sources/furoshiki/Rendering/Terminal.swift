import Diagnostics
import HostSystem
import OrderedJSON

/// The output of the program: results on standard output, everything else on standard error.
struct Terminal: Sendable {
    /// The importance of a message, most important first; the level of the program decides which ones are shown.
    enum Level: String, Sendable, CaseIterable, Comparable {
        case error, warning, notice, info, debug

        static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Whether results and errors are written as JSON.
    var isJSON = false
    /// The least important messages that are shown.
    var level = Level.notice
    /// The directory that relative places of diagnostics start from, which is the service's.
    var directory: LocalPath
    /// Whether standard error is a terminal that can rewrite its last line.
    let isLive: Bool
    /// The colors of standard output.
    let outputStyle: TextStyle
    /// The colors of standard error.
    let style: TextStyle
    /// The values that messages must not show.
    let secrets = SecretValues()
    private let streams: any StandardStreams
    private let progress: ProgressLine
    private let record = OutputRecord()
    private let files: any FileSystem
    private let buildServer: BuildServer

    /// Creates the output on streams.
    ///
    /// - Parameters:
    ///   - streams: the standard streams.
    ///   - environment: the variables that control colors and progress, and those of a build server.
    ///   - directory: the directory that relative places of diagnostics start from.
    ///   - files: the file system that excerpts are read from.
    ///   - clock: the clock that limits how often progress is shown.
    init(
        on streams: any StandardStreams,
        environment: Environment,
        directory: LocalPath,
        files: any FileSystem,
        clock: MonotonicClock
    ) {
        self.streams = streams
        self.directory = directory
        self.files = files
        buildServer = BuildServer(environment, directory: directory, files: files)
        let isTerminal = streams.isTerminal(.error) && environment["TERM"] != "dumb"
        isLive = isTerminal && environment.nonEmpty("CI") == nil
        style = TextStyle(isTerminal: streams.isTerminal(.error), environment)
        outputStyle = TextStyle(isTerminal: streams.isTerminal(.output), environment)
        progress = ProgressLine(on: streams, clock: clock, isLive: isLive)
    }

    /// Applies the options and environment variables that control the output.
    mutating func configure(_ invocation: Invocation, _ environment: Environment) {
        isJSON = invocation.has("json")
        if let name = environment.nonEmpty("SLS_LOG_LEVEL"), let named = Level(rawValue: name) { level = named }
        if invocation.has("verbose") { level = max(level, .info) }
        if invocation.text("debug") != nil || environment.nonEmpty("SLS_DEBUG") != nil { level = .debug }
    }

    /// The number of warnings that were reported, including those that the level hides.
    var warningCount: Int { record.warningCount }

    /// The columns of the terminal that shows results; `nil` if they are not shown on a terminal.
    var columns: Int? { streams.columns(of: .output) }

    /// Writes a result to standard output.
    func write(_ text: String) {
        progress.clear()
        if let code = streams.write(text, to: .output) { record.fail(code) }
    }

    /// Writes a result to standard output as JSON.
    func write(_ value: JSONValue) { write(JSONWriter(indentation: 2).text(of: value) + "\n") }

    /// Shows a message on standard error if its level is shown; with `--json` it is omitted.
    func log(_ text: String, at level: Level = .notice) {
        guard level <= self.level, !isJSON else { return }
        progress.clear()
        streams.write(secrets.hidden(in: text) + "\n", to: .error)
    }

    /// Shows a message for developers of Furoshiki.
    func debug(_ text: @autoclosure () -> String) {
        if level == .debug, !isJSON { log("debug: " + text(), at: .debug) }
    }

    /// Shows a message, followed by a part that a reader may skip.
    func log(_ text: String, secondary: String) { log(text + " " + style.text(secondary, .secondary)) }

    /// Shows a message with a list, which wraps between its items.
    func log(_ lead: String, list items: [String], at level: Level) {
        let words = [lead] + items.dropLast().map { $0 + "," } + items.suffix(1)
        let lines = TextLayout.wrapped(words, width: streams.columns(of: .error), indentation: 2)
        log(lines.joined(separator: "\n  "), at: level)
    }

    // MARK: Progress

    /// The current time of the clock that progress is shown with.
    var progressTime: Duration { progress.now }

    /// Runs a body while the last line of the terminal shows what the program is doing; omitted if there is no such
    /// terminal.
    ///
    /// - Parameters:
    ///   - activity: what the program is doing, until ``show(progress:)`` sets something else.
    ///   - body: the work.
    /// - Returns: the result of the body.
    /// - Throws: the error of the body.
    func whileShowing<Result>(_ activity: String, _ body: () async throws -> Result) async rethrows -> Result {
        guard isLive, !isJSON, level >= .notice else { return try await body() }
        let text = ProgressText(activity: activity)
        show(progress: { text.line(at: $0, columns: $1) })
        defer { progress.set(nil) }
        return try await progress.whileDrawing(body)
    }

    /// Sets what the progress line shows while ``whileShowing(_:_:)`` runs.
    func show(progress content: @escaping ProgressLine.Content) { progress.set(content) }

    /// Draws the progress line again, as what it shows has changed.
    func refreshProgress() { progress.refresh() }

    // MARK: Status

    /// Sets the status that the program ends with if the command succeeds.
    func end(with status: ExitStatus) { record.end(with: status) }

    // MARK: Diagnostics

    /// Shows diagnostics in the order of their places; with `--json` they are kept for ``finish(_:)``.
    func report(_ diagnostics: [Diagnostic]) {
        let shown = diagnostics.filter {
            $0.severity == .error || level >= ($0.severity == .warning ? .warning : .notice)
        }
        record.countWarnings(diagnostics.count { $0.severity == .warning })
        guard !shown.isEmpty else { return }
        progress.clear()
        if let (_, checkout) = buildServer.codeQuality {
            record.add(shown.map { (diagnostic: $0, place: place(of: $0, in: checkout)) })
        }
        if isJSON { return record.add(shown) }
        var renderer = DiagnosticRenderer(
            style: style,
            columns: streams.columns(of: .error),
            isVerbose: level >= .info,
            directory: directory,
            reader: files
        )
        var text = shown.inOrderOfPlaces.map { renderer.text(of: $0) }.joined()
        if let checkout = buildServer.annotatedCheckout {
            text += shown.map { GitHubAnnotation($0, at: place(of: $0, in: checkout)).text }.joined()
        }
        streams.write(secrets.hidden(in: text), to: .error)
    }

    /// The place of a diagnostic, with the file relative to a checkout that contains the service.
    private func place(of diagnostic: Diagnostic, in checkout: LocalPath) -> SourcePlace? {
        diagnostic.place.map { place in
            let file = (directory / place.file).relative(to: checkout).string
            return SourcePlace(file: file, line: place.line, column: place.column)
        }
    }

    /// Appends to the summary of the job if a build server shows one.
    ///
    /// - Parameter markdown: the text in Markdown, made only if it is shown.
    func summarize(_ markdown: @autoclosure () -> String) {
        guard let file = buildServer.summaryFile else { return }
        attempt { () throws(FileSystemError) in
            let existing = try files.readIfPresent(file) ?? []
            try files.write(existing + Array(markdown().utf8), to: file)
        }
    }

    /// Writes a file for a build server; an error is reported, but does not fail the command, which has done its work.
    private func attempt(_ write: () throws(FileSystemError) -> Void) {
        do throws(FileSystemError) {
            try write()
        } catch {
            var diagnostics = DiagnosticError(describing: error).diagnostics
            for index in diagnostics.indices { diagnostics[index].severity = .warning }
            report(diagnostics)
        }
    }

    /// Writes the messages of errors to standard output too, where Serverless v3 writes them and scripts look for them;
    /// omitted if a user would read them twice: on a terminal, or if both streams are the same file or pipe.
    func repeatOnOutput(_ diagnostics: [Diagnostic]) {
        let isRead = streams.isTerminal(.output) || streams.isTerminal(.error) || streams.outputIsError
        guard !isJSON, !isRead else { return }
        let errors = diagnostics.filter { $0.severity == .error }
        // The commands of other programs are in the notes.
        let messages = errors.flatMap { [$0.message] + (level >= .debug ? $0.notes : []) }
        write(secrets.hidden(in: "Error:\n" + messages.joined(separator: "\n") + "\n"))
    }

    /// Ends the output: writes the diagnostics that were kept for `--json`, and reports a result that was lost.
    ///
    /// - Parameter status: the exit status of the command.
    /// - Returns: the exit status of the program.
    func finish(_ status: ExitStatus) -> ExitStatus {
        progress.clear()
        var status = status == .success ? record.status ?? status : status
        if let code = record.failure {
            report([
                Diagnostic(.error, .outputNotWritten, "cannot write to standard output: \(systemMessage(code))")
            ])
            if status == .success || status == .difference { status = .failure }
        }
        if let (file, _) = buildServer.codeQuality {
            let report = CodeQualityReport(record.located)
            attempt { () throws(FileSystemError) in
                try files.write(secrets.hidden(in: JSONWriter(indentation: 2).text(of: report.json)) + "\n", to: file)
            }
        }
        let diagnostics = record.diagnostics
        if !diagnostics.isEmpty {
            let value: JSONValue = ["diagnostics": .array(diagnostics.map(DiagnosticRenderer.json(of:)))]
            streams.write(secrets.hidden(in: JSONWriter().text(of: value)) + "\n", to: .error)
        }
        return status
    }
}
