import CHost

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Starts programs with `posix_spawn`.
enum Spawn {
    /// A program that has been started, and our ends of its pipes.
    struct Child {
        let identifier: pid_t
        let input: FileDescriptor?
        let output: FileDescriptor?
        let errorOutput: FileDescriptor?
    }

    #if canImport(Glibc)
    private typealias Actions = posix_spawn_file_actions_t
    private typealias Attributes = posix_spawnattr_t
    #else
    private typealias Actions = posix_spawn_file_actions_t?
    private typealias Attributes = posix_spawnattr_t?
    #endif

    /// Starts the program of a request.
    static func start(_ request: ProcessRequest) throws(ProcessStartError) -> Child {
        let program = try find(request)
        _ = keepsStatusOfChildren
        #if canImport(Glibc)
        var actions = Actions()
        var attributes = Attributes()
        #else
        var actions: Actions
        var attributes: Attributes
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setAttributes(&attributes, hasOwnGroup: request.hasOwnGroup)

        let input = try connectInput(request, &actions)
        let output = try connect(request.output, to: STDOUT_FILENO, of: request, &actions)
        let errorOutput = try connect(request.errorOutput, to: STDERR_FILENO, of: request, &actions)
        if let folder = request.workingDirectory {
            posix_spawn_file_actions_addchdir_np(&actions, folder.string)
        }
        var identifier: pid_t = 0
        let code = withCStrings([request.program] + request.arguments) { arguments in
            withCStrings(request.environment.variables.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&identifier, program.string, &actions, &attributes, arguments, variables)
            }
        }
        // The child's ends of the pipes must stay open until it has been started.
        withExtendedLifetime((input, output, errorOutput)) {}
        guard code == 0 else { throw ProcessStartError(program: request.program, code: code) }
        return Child(identifier: identifier, input: input.ours, output: output.ours, errorOutput: errorOutput.ours)
    }

    /// Set-up that is done once, before the first program is started.
    private static let keepsStatusOfChildren: Void = host_keep_status_of_children()

    /// Creates a pipe that other programs do not inherit.
    static func pipe(
        for program: String
    ) throws(ProcessStartError) -> (reader: FileDescriptor, writer: FileDescriptor) {
        var ends: [Int32] = [0, 0]
        #if canImport(Glibc)
        let outcome = pipe2(&ends, O_CLOEXEC)
        #else
        let outcome = Darwin.pipe(&ends)
        #endif
        guard outcome == 0 else { throw ProcessStartError(program: program, code: errno) }
        #if !canImport(Glibc)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #endif
        return (
            FileDescriptor(owning: ends[0], path: LocalPath("pipe")),
            FileDescriptor(owning: ends[1], path: LocalPath("pipe"))
        )
    }

    /// Both ends of a pipe; the child's end is closed after the program has been started.
    private struct Connection {
        let ours: FileDescriptor?
        let theirs: FileDescriptor?
    }

    private static func connectInput(
        _ request: ProcessRequest,
        _ actions: inout Actions
    ) throws(ProcessStartError) -> Connection {
        switch request.input {
        case .inherited: return Connection(ours: nil, theirs: nil)
        case .none:
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            return Connection(ours: nil, theirs: nil)
        case .file(let path):
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path.string, O_RDONLY, 0)
            return Connection(ours: nil, theirs: nil)
        case .bytes, .held:
            let ends = try pipe(for: request.program)
            _ = fcntl(ends.writer.number, F_SETFL, O_NONBLOCK)
            posix_spawn_file_actions_adddup2(&actions, ends.reader.number, STDIN_FILENO)
            return Connection(ours: ends.writer, theirs: ends.reader)
        }
    }

    private static func connect(
        _ output: ProcessRequest.Output,
        to number: Int32,
        of request: ProcessRequest,
        _ actions: inout Actions
    ) throws(ProcessStartError) -> Connection {
        switch output {
        case .inherited: return Connection(ours: nil, theirs: nil)
        case .discarded:
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
            return Connection(ours: nil, theirs: nil)
        case .file(let path):
            posix_spawn_file_actions_addopen(&actions, number, path.string, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            return Connection(ours: nil, theirs: nil)
        case .captured, .streamed:
            let ends = try pipe(for: request.program)
            posix_spawn_file_actions_adddup2(&actions, ends.writer.number, number)
            return Connection(ours: ends.reader, theirs: ends.writer)
        }
    }

    /// The attributes of the process: default signals, and its own process group if requested.
    private static func setAttributes(_ attributes: inout Attributes, hasOwnGroup: Bool) {
        var defaults = host_no_signals()
        for signal in [SIGINT, SIGTERM, SIGQUIT, SIGPIPE, SIGHUP] { sigaddset(&defaults, signal) }
        var none = host_no_signals()
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &none)
        var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        if hasOwnGroup {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= Int32(POSIX_SPAWN_SETPGROUP)
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    private static func find(_ request: ProcessRequest) throws(ProcessStartError) -> LocalPath {
        if request.program.utf8.contains(UInt8(ascii: "/")) {
            let path = LocalPath(request.program)
            // The working directory is changed before the program is looked up, so the path has to be absolute.
            if !path.isAbsolute, request.workingDirectory != nil, let own = try? LiveFileSystem().realPath(of: path) {
                return own
            }
            return path
        }
        guard let path = request.environment.findProgram(request.program, files: LiveFileSystem()) else {
            throw ProcessStartError(program: request.program, code: ENOENT)
        }
        return path
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        // The list is terminated by nil, so it is never empty and has an address.
        return copies.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
    }
}
