import Diagnostics

/// Searches words in the bytes of source code.
private struct Words {
    private let source: [UInt8]

    init(_ source: [UInt8]) { self.source = source }

    /// The indices at which a word starts that is not part of a longer one.
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

    /// The first byte from an index that is not a space.
    func visible(from place: Int) -> UInt8? { source[min(place, source.count)...].first { !Self.isBlank($0) } }

    /// The text of the line before an index, without surrounding spaces.
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

/// Finds definitions in Python source code.
enum PythonText {
    /// Words for defining names dynamically.
    private static let dynamicWords = ["globals", "__getattr__", "setattr", "exec", "eval", "vars", "__dict__"]

    /// Whether a module may define a name at the top level with `def`, `class`, `import` or an assignment, or dynamically.
    ///
    /// A name that only appears in comments, in calls, or as an attribute (`a.name`) is not defined.
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

/// Finds exports in JavaScript source code.
enum NodeText {
    /// Whether source code imports a package or one of its modules, with `require('name')`, `from 'name/module'` and
    /// the like.
    static func imports(_ name: String, in source: [UInt8]) -> Bool {
        let text = String(decoding: source, as: UTF8.self)
        let callers = ["require(", "require (", "import(", "from ", "from", "import ", "import"]
        return ["'", "\"", "`"]
            .contains { quote in
                [quote, "/"]
                    .contains { end in callers.contains { text.contains($0 + quote + name + end) } }
            }
    }

    /// Whether source code may export a name: it contains the word outside comments, or has dynamic exports.
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
