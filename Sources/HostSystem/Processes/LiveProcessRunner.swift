import CHost
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs programs with `posix_spawn`.
package struct LiveProcessRunner: ProcessRunner {
    /// Creates a runner of real processes.
    package init() {}

    package func run(_ request: ProcessRequest) async throws -> ProcessResult {
        try Task.checkCancellation()
        let child = try SpawnedProcess(request)
        let result = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                onOwnThread("furoshiki.process") {
                    continuation.resume(with: Result { try child.attend() })
                }
            }
        } onCancel: {
            child.cancel()
        }
        try Task.checkCancellation()
        return result
    }
}

/// A running program, with our ends of its pipes.
private final class SpawnedProcess: Sendable {
    private let request: ProcessRequest
    private let identifier: pid_t
    /// Our ends of the pipes, until the thread of this program takes and closes them.
    private let pipes: Mutex<Spawn.Child?>
    private let isCancelled = Mutex(false)
    /// A pipe that wakes the thread of this program when a byte is written to it.
    private let wakeUp: (reader: FileDescriptor, writer: FileDescriptor)

    init(_ request: ProcessRequest) throws(ProcessStartError) {
        self.request = request
        wakeUp = try Spawn.pipe(for: request.program)
        let spawned = try Spawn.start(request)
        identifier = spawned.identifier
        pipes = Mutex(spawned)
    }

    /// Makes the thread of this program interrupt it.
    func cancel() {
        isCancelled.withLock { $0 = true }
        var byte: UInt8 = 1
        _ = systemWrite(wakeUp.writer.number, &byte, 1)
    }

    /// Writes the input and reads the output of the program until it ends; blocks.
    func attend() throws(ProcessStartError) -> ProcessResult {
        var pipes = self.pipes.withLock { $0.take() }
        var input = PipeFeeder(pipes?.input, request.input)
        var output = PipeDrain(pipes?.output, request.output)
        var errorOutput = PipeDrain(pipes?.errorOutput, request.errorOutput)
        pipes = nil
        var teardown = Teardown(gracePeriod: request.gracePeriod)
        var status: Int32?
        var idleRoundsAfterExit = 0
        while status == nil || output.isOpen || errorOutput.isOpen {
            if isCancelled.withLock({ $0 }), status == nil {
                teardown.advance(identifier: identifier, ownsGroup: request.hasOwnGroup)
            }
            let isSilent = !wait(for: &input, &output, &errorOutput, ended: status != nil)
            if status == nil { status = try reap() }
            // A child that outlives the program can keep the pipes open, but the output of the program is complete.
            idleRoundsAfterExit = status != nil && isSilent ? idleRoundsAfterExit + 1 : 0
            if idleRoundsAfterExit >= 5 { break }
        }
        // No child of an interrupted program may continue to run.
        if teardown.hasBegun || request.endsDescendants, request.hasOwnGroup { _ = kill(-identifier, SIGKILL) }
        return ProcessResult(
            status: ProcessResult.Status(waitStatus: status ?? 0),
            output: output.kept,
            errorOutput: errorOutput.kept,
            isTruncated: output.isTruncated || errorOutput.isTruncated
        )
    }

    /// Waits until a pipe is ready, then reads or writes it.
    ///
    /// - Returns: whether a pipe was ready.
    private func wait(
        for input: inout PipeFeeder,
        _ output: inout PipeDrain,
        _ errorOutput: inout PipeDrain,
        ended: Bool
    ) -> Bool {
        var polled = [
            pollfd(fd: wakeUp.reader.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errorOutput.number, events: Int16(POLLIN), revents: 0),
        ]
        // Pipes are closed when the program ends; without open pipes, the status has to be polled.
        let hasPipes = output.isOpen || errorOutput.isOpen
        let timeout: Int32 = ended ? 20 : hasPipes ? 100 : 2
        guard poll(&polled, nfds_t(polled.count), timeout) > 0 else { return false }
        if polled[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 16)
            _ = systemRead(wakeUp.reader.number, &bytes, bytes.count)
        }
        if polled[1].revents != 0 { input.feed() }
        if polled[2].revents != 0 { output.drain() }
        if polled[3].revents != 0 { errorOutput.drain() }
        return polled[2].revents != 0 || polled[3].revents != 0
    }

    /// The exit status of the program, or `nil` while it runs.
    private func reap() throws(ProcessStartError) -> Int32? {
        var status: Int32 = 0
        let outcome = retryingOnInterrupt { Int(waitpid(identifier, &status, WNOHANG)) }
        // If the system does not report the status, the program must not be treated as successful.
        if outcome < 0 { throw ProcessStartError(program: request.program, code: errno) }
        return outcome == 0 ? nil : status
    }
}

/// The steps to end a program: an interrupt, a grace period, then SIGKILL.
private struct Teardown {
    let gracePeriod: Duration
    private var began: ContinuousClock.Instant?
    private var isKilled = false

    init(gracePeriod: Duration) { self.gracePeriod = gracePeriod }

    var hasBegun: Bool { began != nil }

    /// Takes the next step if it is due.
    mutating func advance(identifier: pid_t, ownsGroup: Bool) {
        let receiver = ownsGroup ? -identifier : identifier
        guard let began else {
            self.began = .now
            _ = kill(receiver, SIGINT)
            return
        }
        if !isKilled, ContinuousClock.now - began >= gracePeriod {
            isKilled = true
            _ = kill(receiver, SIGKILL)
        }
    }
}

/// Our end of the standard input of a program.
private struct PipeFeeder {
    private var pipe: FileDescriptor?
    private let bytes: [UInt8]
    private var sent = 0

    init(_ pipe: FileDescriptor?, _ input: ProcessRequest.Input) {
        if case .bytes(let bytes) = input { self.bytes = bytes } else { bytes = [] }
        self.pipe = input == .bytes([]) ? nil : pipe
    }

    /// The descriptor to poll, or -1 for none.
    var number: Int32 { bytes.isEmpty ? -1 : pipe?.number ?? -1 }

    mutating func feed() {
        guard let pipe else { return }
        let count = withoutPipeSignal {
            bytes.withUnsafeBytes { buffer in
                systemWrite(pipe.number, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
            }
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        // It is not an error if the program closes its input early.
        sent += max(count, 0)
        if count < 0 || sent == bytes.count { self.pipe = nil }
    }
}

/// Writes to a pipe without causing SIGPIPE: a closed pipe is an error.
private func withoutPipeSignal(_ write: () -> Int) -> Int {
    var pipeSignal = host_no_signals()
    sigaddset(&pipeSignal, SIGPIPE)
    var before = host_no_signals()
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
    let result = write()
    let code = errno
    if result < 0, code == EPIPE {
        // The signal is pending on this thread, and has to be consumed before it is unblocked.
        var pending = host_no_signals()
        var signal: Int32 = 0
        if sigpending(&pending) == 0, sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipeSignal, &signal) }
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = code
    return result
}

/// Our end of the standard output or standard error of a program.
private struct PipeDrain {
    private var pipe: FileDescriptor?
    private let destination: ProcessRequest.Output
    private(set) var kept: [UInt8] = []
    private(set) var isTruncated = false

    init(_ pipe: FileDescriptor?, _ destination: ProcessRequest.Output) {
        self.pipe = pipe
        self.destination = destination
    }

    var isOpen: Bool { pipe != nil }
    /// The descriptor to poll, or -1 for none.
    var number: Int32 { pipe?.number ?? -1 }

    mutating func drain() {
        guard let pipe else { return }
        // The system has initialized this number of bytes.
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = max(0, retryingOnInterrupt { systemRead(pipe.number, buffer.baseAddress, buffer.count) })
        }
        if piece.isEmpty {
            self.pipe = nil
            return
        }
        switch destination {
        case .captured(let limit):
            let room = limit - kept.count
            kept += piece.prefix(room)
            isTruncated = isTruncated || piece.count > room
        case .streamed(let receive): receive(piece)
        case .inherited, .discarded, .file: break
        }
    }
}

extension ProcessResult.Status {
    /// Decodes the status from `waitpid`.
    fileprivate init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
    }
}
