/// Splits a string into words as a POSIX shell does, with quotes and backslashes, but without expansion.
enum ShellWords {
    /// A word, and the index of the byte where it begins.
    struct Word: Hashable {
        var text: String
        var start: Int
    }

    /// The reasons why a string cannot be split into words: an unterminated quote, or a backslash at the end.
    enum SplitError: Error, Hashable {
        case unclosedQuote(at: Int)
        case danglingBackslash
    }

    /// Splits UTF-8 into words.
    ///
    /// - Parameters:
    ///   - bytes: The string in UTF-8.
    ///   - start: The index of the first byte to split.
    /// - Returns: The words without quotes and backslashes.
    /// - Throws: An error if a quote is unterminated, or the string ends with a backslash.
    static func split(_ bytes: [UInt8], from start: Int = 0) throws(SplitError) -> [Word] {
        var words: [Word] = []
        var word: [UInt8]?
        var wordStart = start
        var index = start
        func begin() {
            if word == nil { (word, wordStart) = ([], index) }
        }
        func end() {
            if let bytes = word { words.append(Word(text: String(decoding: bytes, as: UTF8.self), start: wordStart)) }
            word = nil
        }
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x20, 0x09...0x0D: end()
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                begin()
                let opening = index
                index += 1
                while index < bytes.count, bytes[index] != byte {
                    let isEscape =
                        byte == UInt8(ascii: "\"") && bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.count
                        && (bytes[index + 1] == byte || bytes[index + 1] == UInt8(ascii: "\\"))
                    if isEscape { index += 1 }
                    word?.append(bytes[index])
                    index += 1
                }
                guard index < bytes.count else { throw .unclosedQuote(at: opening) }
            case UInt8(ascii: "\\"):
                begin()
                index += 1
                guard index < bytes.count else { throw .danglingBackslash }
                word?.append(bytes[index])
            default:
                begin()
                word?.append(byte)
            }
            index += 1
        }
        end()
        return words
    }
}
