import Diagnostics

/// Words of a source text, as bytes.
private struct Words {
    private let source: [UInt8]

    init(_ source: [UInt8]) { self.source = source }

    /// Where a word begins that is not part of a longer one.
    func places(of word: String) -> [Int] {
        let bytes = Array(word.utf8)
        guard let first = bytes.first else { return [] }
        var found: [Int] = []
        var start = 0
        while let index = source[start...].firstIndex(of: first) {
            start = index + 1
            let end = index + bytes.count
            guard source[index...].starts(with: bytes), index == 0 || !Self.isPartOfName(source[index - 1]),
                end == source.count || !Self.isPartOfName(source[end])
            else { continue }
            found.append(index)
        }
        return found
    }

    /// The first byte that is no blank from a place on.
    func visible(from place: Int) -> UInt8? { source[min(place, source.count)...].first { !Self.isBlank($0) } }

    /// The text of the line up to a place, without blanks at its ends.
    func lineStart(before place: Int) -> String {
        let line = source[..<place].suffix(while: { $0 != UInt8(ascii: "\n") })
        let text = line.drop(while: Self.isBlank)
        return String(decoding: text, as: UTF8.self).trimmingSuffix(while: \.isWhitespace)
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension RandomAccessCollection where Element == UInt8 {
    fileprivate func suffix(while predicate: (UInt8) -> Bool) -> SubSequence {
        var start = endIndex
        while start != startIndex, predicate(self[index(before: start)]) { formIndex(before: &start) }
        return self[start...]
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return String(text)
    }
}

/// What a Python source may define.
enum PythonText {
    /// Words by which a module may define names that do not stand in it.
    private static let dynamicWords = ["globals", "__getattr__", "setattr", "exec", "eval", "vars", "__dict__"]

    /// Whether a module may define a name at its top: by `def`, `class`, `import` or an assignment, or in a way that
    /// a text does not show.
    ///
    /// A name that the text holds only in comments, as part of another object (`a.name`) or where it is called is
    /// not defined there.
    static func mayDefine(_ name: String, in source: [UInt8]) -> Bool {
        let words = Words(source)
        if dynamicWords.contains(where: { !words.places(of: $0).isEmpty }) { return true }
        // `from module import *`
        let hasStarImport = words.places(of: "import")
            .contains { words.visible(from: $0 + "import".utf8.count) == UInt8(ascii: "*") }
        if hasStarImport { return true }
        return words.places(of: name)
            .contains { place in
                let before = words.lineStart(before: place)
                if before.hasPrefix("#") || before.contains(" #") { return false }
                if before.hasSuffix("def") || before.hasSuffix("class") { return true }
                if before.hasSuffix(".") { return false }
                return words.visible(from: place + name.utf8.count) != UInt8(ascii: "(")
            }
    }
}

/// What a JavaScript source may export.
enum NodeText {
    /// Whether a source may export a name: it holds the word outside of comments, or exports in a way that a text does
    /// not show.
    static func mayExport(_ name: String, in source: [UInt8]) -> Bool {
        let words = Words(source)
        let exportsAll = words.places(of: "export")
            .contains { words.visible(from: $0 + "export".utf8.count) == UInt8(ascii: "*") }
        let exportsValue = words.places(of: "exports")
            .contains { place in
                // `module.exports = require(…)`, `exports[name]`, `f(exports)`; not `exports.other`.
                words.visible(from: place + "exports".utf8.count) != UInt8(ascii: ".")
            }
        if exportsAll || exportsValue { return true }
        return words.places(of: name)
            .contains { place in
                let before = words.lineStart(before: place)
                return !before.hasPrefix("//") && !before.contains(" //") && !before.hasPrefix("*")
            }
    }
}
