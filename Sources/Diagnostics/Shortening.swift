extension String {
    /// The longest word of a message that is shown whole, in characters.
    private static let longestWord = 300
    /// The longest line of a message that is shown whole, in bytes.
    private static let longestLine = 4000

    /// The line of a message without the middle of very long words and lines: a name can have a million characters, which
    /// nobody reads.
    var shortened: String {
        guard utf8.count > Self.longestWord else { return self }
        var result = ""
        var word = ""
        var length = 0
        for character in self {
            if character.isWhitespace {
                result += word + String(character)
                (word, length) = ("", 0)
                continue
            }
            length += 1
            if length == Self.longestWord { word = word.prefix(Self.longestWord / 2) + "…" }
            if length < Self.longestWord { word.append(character) }
        }
        result += word
        guard result.utf8.count > Self.longestLine else { return result }
        return result.prefix(Self.longestLine / 2) + " … " + result.suffix(Self.longestLine / 8)
    }
}
