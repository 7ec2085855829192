package import Diagnostics

/// A program to run, with its arguments, environment, input and output.
package struct ProcessRequest: Sendable {
    /// The source of standard input.
    package enum Input: Hashable, Sendable {
        /// No input: the end of file is reached immediately.
        case none
        /// The given bytes in memory.
        case bytes([UInt8])
        /// An empty pipe that stays open until the program or this process ends.
        case held
        /// The content of a file, such as an archive that is too large for memory.
        case file(LocalPath)
        /// The standard input of this process.
        case inherited
    }

    /// The destination of standard output or standard error.
    package enum Output: Sendable {
        /// Collected up to a number of bytes; the rest is discarded, and `isTruncated` is set.
        case captured(limitBytes: Int)
        /// Passed to a closure in chunks, on a thread of the runner.
        case streamed(@Sendable ([UInt8]) -> Void)
        /// Written to a new file that only the user can read, without passing through this process.
        case file(LocalPath)
        /// Written to the same stream of this process.
        case inherited
        /// Discarded without being read.
        case discarded
    }

    /// The path of the program, or a name to look up in the `PATH` of `environment`.
    package var program: String
    /// The arguments, without the name of the program.
    package var arguments: [String]
    /// The complete environment of the program.
    package var environment: Environment
    /// The working directory, or `nil` for that of this process.
    package var workingDirectory: LocalPath?
    /// The source of its standard input.
    package var input: Input
    /// The destination of its standard output.
    package var output: Output
    /// The destination of its standard error.
    package var errorOutput: Output
    /// Whether it leads its own process group, so that all its descendants can be ended together.
    ///
    /// This must be false for programs that read from the terminal.
    package var hasOwnGroup: Bool
    /// Whether programs that it has started, and that still run when it ends, are ended with it.
    ///
    /// This needs a process group of its own.
    package var endsDescendants = false
    /// The time between the interrupt and SIGKILL when the program is ended early.
    package var gracePeriod: Duration

    /// Creates a request for a program with empty input and collected output, up to 64 MiB.
    package init(
        _ program: String,
        _ arguments: [String] = [],
        environment: Environment,
        workingDirectory: LocalPath? = nil,
        input: Input = .none,
        output: Output = .captured(limitBytes: 64 << 20),
        errorOutput: Output = .captured(limitBytes: 64 << 20)
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.input = input
        self.output = output
        self.errorOutput = errorOutput
        hasOwnGroup = true
        gracePeriod = .seconds(3)
    }
}

/// The exit status and the output of a program.
package struct ProcessResult: Hashable, Sendable {
    /// The ways a program can end.
    package enum Status: Hashable, Sendable {
        /// The program exited with a status.
        case exited(Int32)
        /// The program was ended by a signal.
        case signalled(Int32)
    }

    /// The exit status; the caller decides if it is an error.
    package var status: Status
    /// The collected standard output.
    package var output: [UInt8]
    /// The collected standard error.
    package var errorOutput: [UInt8]
    /// Whether output was discarded because of a limit.
    package var isTruncated: Bool

    /// Creates a result from its parts.
    package init(status: Status, output: [UInt8] = [], errorOutput: [UInt8] = [], isTruncated: Bool = false) {
        self.status = status
        self.output = output
        self.errorOutput = errorOutput
        self.isTruncated = isTruncated
    }

    /// Whether the program exited with status 0.
    package var isSuccess: Bool { status == .exited(0) }
    /// The collected standard output as UTF-8 text.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    /// The collected standard error as UTF-8 text.
    package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}

/// A program that could not be started.
package struct ProcessStartError: Error, Hashable, Sendable {
    /// The program, as in the request.
    package let program: String
    /// The `errno` of the system call.
    package let code: Int32

    /// Creates an error from a program and an `errno`.
    package init(program: String, code: Int32) {
        self.program = program
        self.code = code
    }
}

extension ProcessStartError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { "cannot run '\(program)': \(systemMessage(code))" }
    package var diagnostics: [Diagnostic] { [Diagnostic(.error, .programNotStarted, description)] }
}

/// Runs other programs as child processes.
package protocol ProcessRunner: Sendable {
    /// Runs a program and waits until it ends.
    ///
    /// If the task is cancelled, the program is interrupted, and killed after its grace period.
    ///
    /// - Throws: `ProcessStartError` if it cannot be started, or `CancellationError`.
    func run(_ request: ProcessRequest) async throws -> ProcessResult
}
