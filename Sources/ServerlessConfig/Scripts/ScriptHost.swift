import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// A host that runs the JavaScript of a service with the user's `node`.
///
/// One process runs all files of a service, so that each module is loaded once; it is started for the first file.
/// Messages to it are files in a temporary directory, and its answers are lines of its standard output.
final class ScriptHost {
    /// What the process sent, or how it ended.
    private enum Event: Sendable {
        case output([UInt8])
        case ended(DiagnosticError)
    }

    /// A result, an error or a question of running code.
    enum Message {
        case result(request: Int, value: JSONValue)
        case failure(request: Int, message: String, stack: String?, question: Int?)
        case question(request: Int, number: Int, content: JSONValue)
    }

    /// The environment variables that were added after the process started.
    var addedEnvironment: [String: String] = [:]

    private let directory: LocalPath
    /// The arguments of the command line, for `process.argv`.
    private let arguments: [String]
    private let environment: Environment
    private let fileSystem: any FileSystem
    private let processRunner: any ProcessRunner
    private let starts = AsyncStream<ProcessRequest>.makeStream()
    private let events = AsyncStream<Event>.makeStream()
    private var folder: TemporaryDirectory?
    private var mark = ""
    private var sent = 0
    private var received: [UInt8] = []
    /// The number of received bytes that were searched for a line end without success.
    private var searched = 0
    private var eventIterator: AsyncStream<Event>.Iterator

    /// Makes a host without starting a process.
    init(
        directory: LocalPath,
        arguments: [String],
        environment: Environment,
        fileSystem: any FileSystem,
        processRunner: any ProcessRunner
    ) {
        self.directory = directory
        self.arguments = arguments
        self.environment = environment
        self.fileSystem = fileSystem
        self.processRunner = processRunner
        eventIterator = events.stream.makeAsyncIterator()
    }

    /// Runs a body that can load files, and ends the process after it.
    func whileOpen<Result>(_ body: () async throws -> Result) async throws -> Result {
        let starts = starts.stream
        let events = events.continuation
        let runner = processRunner
        defer { try? folder?.remove() }  // a remaining directory does no harm
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await request in starts {
                    events.yield(.ended(try await Self.run(request, runner)))
                }
            }
            do {
                let result = try await body()
                close()
                try await group.waitForAll()
                return result
            } catch {
                close()
                group.cancelAll()
                throw error
            }
        }
    }

    private func close() {
        starts.continuation.finish()
        guard folder != nil else { return }
        do { try post(["kind": "end"]) } catch { /* it ends by itself once its folder is gone */  }
    }

    /// Runs `node`, and returns how it ended as an error.
    private static func run(_ request: ProcessRequest, _ runner: any ProcessRunner) async throws -> DiagnosticError {
        do {
            switch try await runner.run(request).status {
            case .exited(let status):
                return DiagnosticError(.scriptProcessEnded, "'node' exited with status \(status)")
            case .signalled(let signal):
                return DiagnosticError(.scriptProcessEnded, "'node' was terminated by signal \(signal)")
            }
        } catch let error as ProcessStartError {
            return DiagnosticError(
                .missingNode,
                "cannot start 'node', which JavaScript and TypeScript need",
                notes: ["\(error)"],
                help: ["install Node.js, so that 'node' is on the PATH"]
            )
        }
    }

    // MARK: Messages

    /// The number of the next request.
    func nextRequest() -> Int { sent + 1 }

    /// Sends a message, whose number is ``nextRequest()``.
    func post(_ message: JSONValue) throws {
        var message = message
        let folder = try start()
        sent += 1
        if message["number"] == nil { message["number"] = .number(Double(sent)) }
        message["environment"] = .object(
            OrderedMap(addedEnvironment.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        )
        try fileSystem.write(JSONWriter().bytes(of: message), to: folder / "\(sent).json", options: FileWriteOptions())
    }

    /// Waits for the next message.
    ///
    /// - Throws: ``DiagnosticError`` if the process ended instead.
    func receive() async throws -> Message {
        while true {
            if let message = try takeMessage() { return message }
            switch await eventIterator.next(isolation: #isolation) {
            case .output(let bytes): received += bytes
            case .ended(let how): throw how
            case nil: throw CancellationError()
            }
        }
    }

    /// Starts the process unless it is running.
    private func start() throws -> LocalPath {
        if let folder { return folder.path }
        let temporary = try TemporaryDirectory.create(in: environment.temporaryDirectory, files: fileSystem)
        folder = temporary
        let folder = temporary.path
        let program = folder / "host.cjs"
        try fileSystem.write(ScriptProgram.text, to: program)
        mark = "\u{1}\(folder.lastComponent) "
        let events = events.continuation
        starts.continuation.yield(
            ProcessRequest(
                "node",
                [program.string, folder.string, mark] + arguments,
                environment: environment,
                workingDirectory: directory,
                output: .streamed { events.yield(.output($0)) },
                errorOutput: .inherited
            )
        )
        return folder
    }

    /// The first complete message in the received lines; other lines are output of the service's code.
    private func takeMessage() throws -> Message? {
        while let end = received[searched...].firstIndex(of: 0x0A) {
            let line = Array(received[..<end])
            received.removeSubrange(...end)
            searched = 0
            guard line.starts(with: mark.utf8) else { continue }
            return try Self.message(JSONValue(parsing: Array(line.dropFirst(mark.utf8.count))))
        }
        searched = received.count
        return nil
    }

    private static func message(_ json: JSONValue) throws -> Message {
        func number(_ key: String) -> Int? { json[key]?.numberValue.flatMap { Int(exactly: $0) } }
        guard let own = number("number") else {
            throw DiagnosticError(.scriptProcessEnded, "'node' sent an unknown message")
        }
        if let request = number("request") { return .question(request: request, number: own, content: json) }
        if let failure = json["error"]?.stringValue {
            return .failure(
                request: own,
                message: failure,
                stack: json["stack"]?.stringValue,
                question: number("question")
            )
        }
        return .result(request: own, value: json["value"] ?? .null)
    }

    /// The failure of code, in words of ours.
    func failure(of name: String, _ message: String, stack: String?) -> ScriptFailure {
        ScriptFailure(of: name, message, stack: stack, in: directory, fileSystem)
    }

    // MARK: Configurations

    /// The value that a configuration in JavaScript or TypeScript exports.
    func configuration(_ file: LocalPath) async throws -> ConfigurationValue {
        let name = file.lastComponent
        let place = SourcePlace(file: name)
        try post(["kind": "configuration", "file": .string(file.string)])
        switch try await receive() {
        case .result(_, let value): return ConfigurationValue(value, at: place)
        case .failure(_, let message, let stack, _):
            let failure = self.failure(of: name, message, stack: stack)
            throw DiagnosticError(
                .scriptFailed,
                failure.message,
                at: place,
                notes: failure.notes,
                help: failure.help,
                toolOutput: failure.output
            )
        case .question:
            throw DiagnosticError(.scriptFailed, "'\(name)' uses variables before they are available", at: place)
        }
    }
}
