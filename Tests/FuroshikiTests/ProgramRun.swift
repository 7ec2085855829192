import FuroshikiTestSupport
import HostSystem
import Synchronization

@testable import furoshiki

/// A run of the program inside the test process, on a machine of doubles.
struct ProgramRun {
    /// The exit status of the program.
    let status: furoshiki.ExitStatus
    /// Everything that was written to standard output.
    let output: String
    /// Everything that was written to standard error.
    let errors: String

    /// Runs the program in the directory `/shop`.
    ///
    /// - Parameters:
    ///   - arguments: the arguments, separated by spaces.
    ///   - program: the name that the program is called by.
    ///   - files: the files of the service by their names.
    ///   - environment: the environment variables.
    ///   - streams: the standard streams.
    ///   - processes: runs programs; by default no program can be started.
    ///   - buildFacts: what is known about the build of the program.
    /// - Throws: `FileSystemError` if the files cannot be created.
    init(
        _ arguments: String,
        calledAs program: ProgramName = .furoshiki,
        files: [String: String] = [:],
        environment: Environment = Environment(),
        streams: MemoryStreams = MemoryStreams(),
        processes: any ProcessRunner = ScriptedProcessRunner { throw ProcessStartError(program: $0.program, code: 2) },
        buildFacts: String = "{}"
    ) async throws {
        let system = try InMemoryFileSystem()
        try system.createDirectory("/shop")
        for (name, text) in files {
            try system.createDirectory((LocalPath("/shop") / name).parent)
            try system.write(text, to: LocalPath("/shop") / name)
        }
        let machine = Machine(
            environment: environment,
            workingDirectory: "/shop",
            files: system,
            processes: processes,
            transport: { _ in StubTransport.unreachable },
            wallClock: .fixed(milliseconds: 1_700_000_000_000),
            clock: MonotonicClock(StoppedClock()),
            processorCount: 2,
            streams: streams,
            buildFacts: buildFacts
        )
        status = await Session(arguments.split(separator: " ").map(String.init), calledAs: program, on: machine).run()
        output = streams.text(of: .output)
        errors = streams.text(of: .error)
    }
}

/// Standard streams in memory.
final class MemoryStreams: StandardStreams {
    private let written = Mutex<[StandardStream: String]>([:])
    private let terminals: [StandardStream: Int]
    private let input: String
    private let failures: [StandardStream: Int32]
    private let answer: String?
    let outputIsError: Bool

    /// Creates empty streams.
    ///
    /// - Parameters:
    ///   - input: the content of standard input.
    ///   - terminals: the columns of the streams that are terminals.
    ///   - outputIsError: whether standard output and standard error are the same file.
    ///   - failures: the `errno` of streams that cannot be written.
    ///   - answer: what the user types when asked; `nil` if nobody can be asked.
    init(
        input: String = "",
        terminals: [StandardStream: Int] = [:],
        outputIsError: Bool = false,
        failures: [StandardStream: Int32] = [:],
        answer: String? = nil
    ) {
        self.input = input
        self.terminals = terminals
        self.outputIsError = outputIsError
        self.failures = failures
        self.answer = answer
    }

    /// Everything that was written to a stream.
    func text(of stream: StandardStream) -> String { written.withLock { $0[stream] ?? "" } }

    func isTerminal(_ stream: StandardStream) -> Bool { terminals[stream] != nil }

    func columns(of stream: StandardStream) -> Int? { terminals[stream] }

    func readInput() throws -> [UInt8] { Array(input.utf8) }

    func ask(_ question: String, isSecret: Bool) -> String? {
        if !isSecret { _ = write(question, to: .error) }
        return answer
    }

    func write(_ text: String, to stream: StandardStream) -> Int32? {
        if let code = failures[stream] { return code }
        written.withLock { $0[stream, default: ""] += text }
        return nil
    }
}
