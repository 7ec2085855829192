package import ContainerEngine
import Diagnostics
package import HostSystem

/// A function that runs in a container of its runtime's image, or of its own.
package struct ContainerFunction: Sendable {
    /// The image, as the user knows it.
    package let image: String
    /// The digest or the name of the image that the engine gets.
    package let identity: String
    /// The files that are copied to the container.
    package var files = FunctionFiles()
    /// The program that the container runs, with its arguments.
    package var command: [String] = []
    /// The directory that it runs in; `nil` for that of the image.
    package var workingDirectory: String?
    /// The environment variables of the function.
    package var variables: [String: String] = [:]
    /// Further arguments of `run`.
    package var arguments: [String] = []

    /// Makes a function of an image.
    package init(image: String, identity: String) {
        self.image = image
        self.identity = identity
    }

    /// Starts the program, which waits for an event at the runtime interface, and passes its process on for its end.
    ///
    /// Programs that are not entry points of an image of AWS are run by its emulator, if the image has it.
    private static let start = """
        if [ -n "$1" ]; then cd "$1" || exit 1; fi
        shift
        echo $$ >/tmp/.furoshiki-runtime
        case $1 in
            */lambda-entrypoint.sh) ;;
            *) if [ -x /usr/local/bin/aws-lambda-rie ]; then set -- /usr/local/bin/aws-lambda-rie "$@"; fi ;;
        esac
        exec "$@"
        """

    /// Sends the event on the input to the runtime interface, and prints the response with its header.
    ///
    /// The container sends it itself, so that the engine may be anywhere and no port is published.
    private static let invoke = #"""
        command -v bash >/dev/null 2>&1 || { echo 'it has no bash, which sends the event' >&2; exit 97; }
        exec bash -c '
        n=0
        until { exec 3<>/dev/tcp/127.0.0.1/8080; } 2>/dev/null; do
            n=$((n + 1))
            [ $n -lt 1200 ] || { echo "nothing answers at port 8080" >&2; exit 97; }
            sleep 0.05
        done
        {
            printf "POST /2015-03-31/functions/function/invocations HTTP/1.0\r\n"
            printf "Content-Type: application/json\r\nContent-Length: %s\r\n" "$1"
            [ -z "$2" ] || printf "X-Amz-Client-Context: %s\r\n" "$2"
            printf "\r\n"
            cat
        } >&3
        cat <&3
        ' bash "$@"
        """#

    /// The end of one of the two programs in the container.
    private enum Ended: Sendable {
        case runtime(ProcessResult.Status)
        case invocation(ContainerScriptOutcome)
    }

    /// Invokes the function once; the container is removed in any case.
    ///
    /// - Parameters:
    ///   - event: the event as JSON.
    ///   - clientContext: the client context as JSON; `nil` if there is none.
    ///   - program: the program of the engine.
    ///   - host: the services of the system.
    ///   - log: gets what the function and its runtime print, on any thread.
    /// - Returns: the body of the response, which is the result of the function or its error.
    /// - Throws: `DiagnosticError` if the container or the runtime fails, `CancellationError`.
    package func invoke(
        _ event: [UInt8],
        clientContext: [UInt8]?,
        with program: ContainerProgram,
        on host: HostServices,
        log: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> [UInt8] {
        try await ContainerScope.with(host) { scope in
            try await TemporaryDirectory.with(in: host.environment.temporaryDirectory, files: host.files) { folder in
                var start = ContainerStart(image: image, identity: identity)
                start.variables = variables
                start.arguments = arguments
                let container = try await scope.start(start, with: program)
                if !files.isEmpty {
                    let archive = folder / "files.tar"
                    try await offPool { try files.write(to: archive, files: host.files) }
                    try await container.unpack(archive)
                }
                let input = folder / "event.json"
                try host.files.write(event, to: input, options: FileWriteOptions(mode: 0o600))
                let context = clientContext.map { Base64.encode($0) } ?? ""
                return try await exchange(container, input, [String(event.count), context], log)
            }
        }
    }

    private func exchange(
        _ container: RunningContainer,
        _ event: LocalPath,
        _ arguments: [String],
        _ log: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> [UInt8] {
        let words = [workingDirectory ?? ""] + command
        return try await withThrowingTaskGroup(of: Ended.self) { group in
            group.addTask { .runtime(try await container.attend(Self.start, words, receive: log)) }
            group.addTask { .invocation(try await container.run(Self.invoke, arguments, input: event)) }
            defer { group.cancelAll() }
            var response: String?
            while let ended = try await group.next() {
                switch ended {
                case .invocation(.succeeded(let output, _)):
                    response = output
                    // Its end passes on what the runtime has printed last.
                    _ = try await container.run("kill -KILL $(cat /tmp/.furoshiki-runtime) || true")
                case .invocation(.failed(let output)):
                    throw error("cannot invoke a function in image '\(image)'", output)
                case .runtime(let status):
                    guard let response else {
                        throw error("the runtime in image '\(image)' ended before it had a result", "\(status)")
                    }
                    return Array(Self.body(of: response).utf8)
                }
            }
            throw error("the runtime in image '\(image)' has no result", "")
        }
    }

    private func error(_ message: String, _ output: String) -> DiagnosticError {
        DiagnosticError(
            .containerFailed,
            message,
            help: [
                "use an image that is based on one of AWS for Lambda, or that contains 'bash' and the emulator "
                    + "'/usr/local/bin/aws-lambda-rie'"
            ],
            toolOutput: output.isEmpty ? nil : output
        )
    }

    /// The part of an HTTP response after its header.
    static func body(of response: String) -> Substring {
        guard let end = response.firstRange(of: "\r\n\r\n") else { return response[...] }
        return response[end.upperBound...]
    }
}
