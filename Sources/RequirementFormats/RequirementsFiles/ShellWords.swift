/// Splits text into words as a POSIX shell does, without expansion: quotes and backslashes hold words together.
enum ShellWords {
    /// A word, and the index of the byte where it begins.
    struct Word: Hashable {
        var text: String
        var start: Int
    }

    /// A quote that is not closed, or a backslash at the end.
    enum SplitError: Error, Hashable {
        case unclosedQuote(at: Int)
        case danglingBackslash
    }

    /// The words of a text.
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
