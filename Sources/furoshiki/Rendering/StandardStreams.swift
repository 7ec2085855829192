#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The streams that the program was started with.
enum StandardStreams {
    /// Opens those that the program was started without (`furoshiki package >&-`), and outlives those who read them.
    ///
    /// A file that is opened later would get the number of a missing stream, and what is meant for the stream would
    /// land in that file. A reader that goes away (`| head -1`) does not end the program in the middle of its work.
    static func complete() {
        signal(SIGPIPE, SIG_IGN)
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // Descriptors are given out lowest first. What is written to it fails, as it would to no stream.
            _ = open("/dev/null", O_RDONLY)
        }
    }

    /// The columns of the terminal that a stream goes to, `nil` where it goes elsewhere.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Writes a whole text.
    ///
    /// - Returns: the `errno` that says why it could not be written, `nil` where it was, or where nobody reads any
    ///   more: then there is nobody to tell.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
            if count < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN: waitUntilWritable(descriptor)
                case EPIPE: return nil
                default: return errno
                }
                continue
            }
            bytes = bytes.dropFirst(count)
        }
        return nil
    }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    /// Waits where another program made the stream one that does not wait by itself.
    private static func waitUntilWritable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
