extension String {
    /// The longest word of a message that is shown whole, in characters.
    private static let longestWord = 300
    /// The longest line of a message that is shown whole, in bytes.
    private static let longestLine = 4000

    /// The line of a message without the middle of very long words and lines: a name can have a million characters, which
    /// nobody reads.
    package var shortened: String {
        guard utf8.count > Self.longestWord else { return self }
        var result = ""
        var word = ""
        var length = 0
        var last: Character?
        func finishWord() {
            result += word
            // The end of a long name in quotes.
            if length >= Self.longestWord, let last, last.isPunctuation { result.append(last) }
            (word, length, last) = ("", 0, nil)
        }
        for character in self {
            if character.isWhitespace {
                finishWord()
                result.append(character)
                continue
            }
            length += 1
            last = character
            if length == Self.longestWord { word = word.prefix(Self.longestWord / 2) + "…" }
            if length < Self.longestWord { word.append(character) }
        }
        finishWord()
        guard result.utf8.count > Self.longestLine else { return result }
        return result.prefix(Self.longestLine / 2) + " … " + result.suffix(Self.longestLine / 8)
    }
}
