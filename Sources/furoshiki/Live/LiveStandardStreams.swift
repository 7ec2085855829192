import HostSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The streams that the program was started with.
struct LiveStandardStreams: StandardStreams {
    /// Opens the streams that the program was started without (`furoshiki package >&-`), and ignores `SIGPIPE`.
    ///
    /// Otherwise a file that is opened later would get the number of the missing stream, and messages would be written
    /// to that file. A reader that stops reading (`| head -1`) must not end the program in the middle of its work.
    init() {
        signal(SIGPIPE, SIG_IGN)
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is used first. Writing to it fails, as it would without a stream.
            _ = open("/dev/null", O_RDONLY)
        }
    }

    func isTerminal(_ stream: StandardStream) -> Bool { isatty(stream.rawValue) == 1 }

    func columns(of stream: StandardStream) -> Int? {
        var size = winsize()
        guard isTerminal(stream), ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    var outputIsError: Bool {
        var (output, errors) = (stat(), stat())
        guard fstat(StandardStream.output.rawValue, &output) == 0, fstat(StandardStream.error.rawValue, &errors) == 0
        else { return true }
        return (output.st_dev, output.st_ino) == (errors.st_dev, errors.st_ino)
    }

    func readInput() throws -> [UInt8] { try LiveFileSystem().read("/dev/stdin") }

    func ask(_ question: String, isSecret: Bool) -> String? {
        // The terminal itself, because standard input may be a file with an event.
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var settings = termios()
        let hasSettings = isSecret && tcgetattr(terminal, &settings) == 0
        if hasSettings {
            var silent = settings
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(terminal, TCSAFLUSH, &silent)
        }
        defer {
            if hasSettings { tcsetattr(terminal, TCSAFLUSH, &settings) }
            if isSecret { _ = systemWrite(terminal, Array("\n".utf8)) }
        }
        _ = systemWrite(terminal, Array(question.utf8))
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    private func systemWrite(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
    }

    func write(_ text: String, to stream: StandardStream) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(stream.rawValue, $0) }
            if count < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN: waitUntilWritable(stream.rawValue)
                case EPIPE: return nil
                default: return errno
                }
                continue
            }
            bytes = bytes.dropFirst(count)
        }
        return nil
    }

    private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    /// Waits for a stream that another program has made non-blocking.
    private func waitUntilWritable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
