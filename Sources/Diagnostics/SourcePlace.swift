/// A place in a text file that a user wrote.
package struct SourcePlace: Hashable, Sendable {
    /// The file as the user would name it: relative to the service's directory if it is inside.
    package let file: String
    /// The line, from 1; 0 if only the file is known, as for values that a program computed.
    package var line: Int { Int(shortLine) }
    /// The column in characters (Unicode scalars), from 1; 0 if only the file is known.
    package var column: Int { Int(shortColumn) }

    // Every value of a configuration has two places.
    private let shortLine: Int32
    private let shortColumn: Int32

    /// Makes the place of a whole file, without a line.
    package init(file: String) { self.init(file: file, line: 0, column: 0) }

    /// Makes the place of a character.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        shortLine = Int32(clamping: line)
        shortColumn = Int32(clamping: column)
    }
}

extension SourcePlace: CustomStringConvertible {
    package var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}
