import PythonPackaging

/// The metadata of distributions that Python source code reads, as far as it can be seen without running it.
struct MetadataUse: Hashable, Sendable {
    /// A distribution whose metadata is read.
    enum Subject: Hashable, Sendable {
        /// The one that the source belongs to (`__name__`, `__package__`).
        case own
        /// The one with a name.
        case named(String)
    }

    /// The code that counts.
    enum Scope {
        /// Code that runs when the module is imported.
        case onImport
        /// All code, including functions.
        case anywhere
    }

    /// The distributions whose version or other metadata is read without handling that they have none.
    private(set) var subjects: Set<Subject> = []
    /// Whether entry points are looked up.
    private(set) var findsEntryPoints = false
    /// Whether entry points are looked up in code that counts, without handling that there are none.
    private(set) var needsEntryPoints = false

    /// The modules with functions that read metadata.
    private static let modules = ["importlib.metadata", "importlib_metadata", "pkg_resources"]
    /// The functions that fail if a distribution has no metadata.
    private static let functions: Set<Substring> = [
        "version", "metadata", "distribution", "requires", "files", "get_distribution", "require",
    ]

    /// Whether source code may use metadata; most files do not, and need not be parsed.
    static func mayBeIn(_ source: [UInt8]) -> Bool {
        ["importlib.metadata", "importlib_metadata", "pkg_resources", "import metadata", "entry_points"]
            .contains { source.contains(word: $0) }
    }

    /// Finds the uses in source code.
    ///
    /// - Parameters:
    ///   - source: the text of a module.
    ///   - scope: the code that counts.
    init(in source: [UInt8], _ scope: Scope) {
        guard Self.mayBeIn(source) else { return }
        let text = String(decoding: source, as: UTF8.self)
        findsEntryPoints = text.contains("entry_points(")
        let callees = Self.callees(in: text)
        guard findsEntryPoints || !callees.isEmpty else { return }
        var blocks: [(indent: Int, word: Substring, line: Int)] = []
        var quote: String?
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if let end = quote {
                if line.contains(end) { quote = nil }
                continue
            }
            let code = line.drop { $0 == " " || $0 == "\t" }
            // A line that begins with a bracket ends a statement of several lines, such as the head of a function.
            guard let first = code.first, first != "#", !")]}".contains(first) else { continue }
            let indent = line.utf8.count - code.utf8.count
            while let last = blocks.last, last.indent >= indent { blocks.removeLast() }
            quote = Self.openQuote(in: code)
            let handlers = blocks.filter { $0.word == "try" }
            let isHandled = handlers.contains { !Self.raises(afterTry: $0.line, indent: $0.indent, in: lines) }
            if !isHandled, scope == .anywhere || !blocks.contains(where: { $0.word == "def" || $0.word == "async" }) {
                needsEntryPoints = needsEntryPoints || code.contains("entry_points(") && !code.hasPrefix("def ")
                let following = number + 1 < lines.count ? lines[number + 1] : ""
                subjects.formUnion(Self.subjects(of: code, following, callees))
            }
            if Self.startsBlock(code) { blocks.append((indent, code.prefix { $0.isLetter }, number)) }
        }
    }

    /// Whether one of the handlers of a `try` statement raises an error itself, so that the error is not handled.
    private static func raises(afterTry start: Int, indent: Int, in lines: [Substring]) -> Bool {
        var isInHandler = false
        for line in lines[(start + 1)...] {
            let code = line.drop { $0 == " " || $0 == "\t" }
            guard let first = code.first, first != "#" else { continue }
            if line.utf8.count - code.utf8.count <= indent {
                isInHandler = code.hasPrefix("except")
                guard isInHandler || code.hasPrefix("else") || code.hasPrefix("finally") || first == ")" else {
                    return false
                }
            } else if isInHandler, code == "raise" || code.hasPrefix("raise ") {
                return true
            }
        }
        return false
    }

    private static func startsBlock(_ code: Substring) -> Bool {
        let words = ["def", "async", "class", "if", "elif", "else", "try", "except", "finally", "for", "while", "with"]
        return words.contains { code.hasPrefix($0) && !(code.dropFirst($0.count).first?.isLetter ?? false) }
    }

    /// The delimiter of a string that begins on a line and continues on the next one.
    private static func openQuote(in code: Substring) -> String? {
        ["\"\"\"", "'''"].first { code.ranges(of: $0).count % 2 == 1 }
    }

    /// The names under which a module calls the functions, such as `version` or `metadata.version`.
    private static func callees(in text: String) -> Set<String> {
        var callees: Set<String> = []
        func addFunctions(of module: String) { callees.formUnion(functions.map { "\(module).\($0)" }) }
        for module in modules where text.contains("import \(module)") { addFunctions(of: module) }
        for line in text.split(separator: "\n") where line.contains("import ") {
            let code = line.drop { $0 == " " || $0 == "\t" }
            for module in modules {
                if code.hasPrefix("import \(module) as ") {
                    addFunctions(of: String(code.dropFirst("import \(module) as ".count).prefix(while: isName)))
                }
                guard code.hasPrefix("from \(module) import ") else { continue }
                for (name, alias) in names(in: code.dropFirst("from \(module) import ".count))
                where functions.contains(name) { callees.insert(String(alias)) }
            }
            if code.hasPrefix("from importlib import ") {
                for (name, alias) in names(in: code.dropFirst("from importlib import ".count)) where name == "metadata"
                {
                    addFunctions(of: String(alias))
                }
            }
        }
        return callees
    }

    /// The imported names with their aliases.
    private static func names(in list: Substring) -> [(name: Substring, alias: Substring)] {
        list.prefix { $0 != "#" }.split(separator: ",")
            .compactMap { item in
                let words = item.split { !isName($0) }
                guard let name = words.first else { return nil }
                return (name, words.count == 3 && words[1] == "as" ? words[2] : name)
            }
    }

    /// The subjects of the calls on a line; an argument may be on the next line.
    private static func subjects(of code: Substring, _ following: Substring, _ callees: Set<String>) -> Set<Subject> {
        var found: Set<Subject> = []
        for callee in callees {
            for range in code.ranges(of: callee + "(") {
                if let before = code[..<range.lowerBound].last, isName(before) || before == "." { continue }
                let same = code[range.upperBound...].drop { $0 == " " }
                let argument = same.isEmpty ? following.drop { $0 == " " || $0 == "\t" } : same
                if let subject = subject(argument) { found.insert(subject) }
            }
        }
        return found
    }

    private static func subject(_ argument: Substring) -> Subject? {
        if argument.hasPrefix("__name__") || argument.hasPrefix("__package__") { return .own }
        guard let quote = argument.first, quote == "\"" || quote == "'" else { return nil }
        let name = argument.dropFirst().prefix { $0 != quote && $0 != "[" && !"<>=!~; ".contains($0) }
        return (try? PackageName(parsing: String(name))).map { .named($0.normalized) }
    }

    private static func isName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}

extension [UInt8] {
    /// Whether the bytes contain those of a string.
    func contains(word: String) -> Bool {
        let bytes = Array(word.utf8)
        guard let first = bytes.first else { return true }
        var start = startIndex
        while let index = self[start...].firstIndex(of: first) {
            if self[index...].starts(with: bytes) { return true }
            start = index + 1
        }
        return false
    }

    /// The quoted strings on single lines that can be the name of a group of entry points.
    var groupNames: Set<String> {
        var found: Set<String> = []
        var start: Int?
        for (index, byte) in enumerated() {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if let begin = start, self[begin] == byte, (3...80).contains(index - begin - 1) {
                    found.insert(String(decoding: self[(begin + 1)..<index], as: UTF8.self))
                    start = nil
                } else {
                    start = index
                }
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                continue
            default: start = nil
            }
        }
        return found
    }
}
