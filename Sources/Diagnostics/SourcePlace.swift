/// A place in a text file that a user wrote.
package struct SourcePlace: Hashable, Sendable {
    /// The file as the user would name it: relative to the service's directory if it is inside.
    package let file: String
    /// The line, from 1; 0 if only the file is known, as for values that a program computed.
    package let line: Int
    /// The column in characters (Unicode scalars), from 1; 0 if only the file is known.
    package let column: Int

    /// Makes the place of a whole file, without a line.
    package init(file: String) { self.init(file: file, line: 0, column: 0) }

    /// Makes the place of a character.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension SourcePlace: CustomStringConvertible {
    package var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}
