package import Diagnostics

/// A program to run, completely described.
package struct ProcessRequest: Sendable {
    /// What the program reads.
    package enum Input: Hashable, Sendable {
        /// Nothing.
        case none
        /// These bytes.
        case bytes([UInt8])
        /// Nothing, but the end of input comes only when the program has ended or we have.
        case held
        /// What our own standard input gives.
        case inherited
    }

    /// What happens with what the program writes.
    package enum Output: Sendable {
        /// Kept, up to a number of bytes; what follows is dropped and `isTruncated` set.
        case captured(limitBytes: Int)
        /// Handed over piece by piece, on a thread of the runner's own.
        case streamed(@Sendable ([UInt8]) -> Void)
        /// Written to our own stream.
        case inherited
        /// Dropped.
        case discarded
    }

    /// The program: a path, or a name that is looked up in the `PATH` of `environment`.
    package var program: String
    /// The arguments, without the program's name.
    package var arguments: [String]
    /// All variables that the program gets.
    package var environment: Environment
    /// Where it runs; `nil` is our own working folder.
    package var workingDirectory: LocalPath?
    /// What it reads.
    package var input: Input
    /// What happens with its standard output.
    package var output: Output
    /// What happens with its standard error.
    package var errorOutput: Output
    /// Whether it leads a process group of its own, so that all its descendants can be ended together.
    ///
    /// A program that reads from the terminal must not.
    package var hasOwnGroup: Bool
    /// How long it has to end after an interrupt, before it is killed.
    package var gracePeriod: Duration

    /// Describes a program that reads nothing and whose output is kept, up to 64 MiB.
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

/// How a program ended, and what it wrote.
package struct ProcessResult: Hashable, Sendable {
    /// How a program ended.
    package enum Status: Hashable, Sendable {
        /// It ended itself.
        case exited(Int32)
        /// A signal ended it.
        case signalled(Int32)
    }

    /// How it ended; anything but `.exited(0)` is the caller's to judge.
    package var status: Status
    /// What was kept of its standard output.
    package var output: [UInt8]
    /// What was kept of its standard error.
    package var errorOutput: [UInt8]
    /// Whether something was dropped because of a limit.
    package var isTruncated: Bool

    /// Makes a result.
    package init(status: Status, output: [UInt8] = [], errorOutput: [UInt8] = [], isTruncated: Bool = false) {
        self.status = status
        self.output = output
        self.errorOutput = errorOutput
        self.isTruncated = isTruncated
    }

    /// Whether it ended itself with status 0.
    package var isSuccess: Bool { status == .exited(0) }
    /// Its standard output as text.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    /// Its standard error as text.
    package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}

/// A program that could not be started.
package struct ProcessStartError: Error, Hashable, Sendable {
    /// The program as it was asked for.
    package let program: String
    /// The system's `errno`.
    package let code: Int32

    /// Makes an error.
    package init(program: String, code: Int32) {
        self.program = program
        self.code = code
    }
}

extension ProcessStartError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { "cannot run '\(program)': \(systemMessage(code))" }
    package var diagnostics: [Diagnostic] { [Diagnostic(.error, description, category: .system)] }
}

/// Runs programs.
package protocol ProcessRunner: Sendable {
    /// Runs a program to its end. When the task is cancelled the program is interrupted, and killed after its grace
    /// period; then `CancellationError` is thrown.
    ///
    /// - Throws: `ProcessStartError` where it cannot be started, `CancellationError`.
    func run(_ request: ProcessRequest) async throws -> ProcessResult
}
