/// One of the three streams that a program is started with.
enum StandardStream: Int32, Sendable {
    case input = 0
    case output = 1
    case error = 2
}

/// The standard streams of the program; tests use ones in memory.
protocol StandardStreams: Sendable {
    /// Whether a stream is connected to a terminal.
    func isTerminal(_ stream: StandardStream) -> Bool

    /// The columns of the terminal that a stream is connected to; `nil` if it is not connected to one.
    func columns(of stream: StandardStream) -> Int?

    /// Whether standard output and standard error are the same file, pipe or terminal.
    var outputIsError: Bool { get }

    /// Reads everything from standard input; blocks.
    func readInput() throws -> [UInt8]

    /// Asks the user a question on the terminal; blocks.
    ///
    /// - Parameters:
    ///   - question: the question, with a space at its end.
    ///   - isSecret: whether what is typed is not shown.
    /// - Returns: the line that was typed; `nil` if the program has no terminal.
    func ask(_ question: String, isSecret: Bool) -> String?

    /// Writes a string to a stream; blocks.
    ///
    /// - Returns: the `errno` of an error; `nil` if the string was written, or if the reader has closed the stream.
    @discardableResult
    func write(_ text: String, to stream: StandardStream) -> Int32?
}
