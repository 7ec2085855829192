extension Marker {
    /// An error in a marker.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The marker, including surrounding whitespace.
        package let text: String
        /// The number of UTF-8 bytes before the error.
        package let offset: Int
        /// The kind of error that was found.
        package let reason: Reason

        /// The kinds of errors.
        package enum Reason: Error, Hashable, Sendable {
            case expectedOperand
            case unknownVariable(String)
            case unclosedString
            case expectedComparison
            case expectedClosingParenthesis
            /// There is text after the end of the marker.
            case trailing
            /// `~=` is used with strings, but it only compares versions.
            case undefinedComparison(String)
        }

        package var description: String {
            let problem =
                switch reason {
                case .expectedOperand: "expected a variable or a quoted string"
                case .unknownVariable(let name): "unknown variable '\(name)'"
                case .unclosedString: "missing closing quote"
                case .expectedComparison: "expected a comparison such as '==' or 'in'"
                case .expectedClosingParenthesis: "missing ')'"
                case .trailing: "unexpected '\(String(decoding: text.utf8.dropFirst(offset), as: UTF8.self))'"
                case .undefinedComparison(let comparison): "'\(comparison)' only compares versions"
                }
            return "invalid marker '\(ASCII.trimmed(text))': \(problem)"
        }
    }

    /// Parses a marker as specified by PEP 508.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        var parser = MarkerParser(scanner: ByteScanner(text))
        let result: Marker
        do throws(ParseError.Reason) {
            result = try parser.marker()
            guard parser.scanner.isAtEnd else { throw ParseError.Reason.trailing }
        } catch {
            throw ParseError(text: String(text), offset: parser.scanner.position, reason: error)
        }
        self = result
    }
}

/// A recursive descent parser for markers; `and` binds more tightly than `or`.
private struct MarkerParser {
    var scanner: ByteScanner
    private var depth = 0

    init(scanner: ByteScanner) { self.scanner = scanner }

    mutating func marker() throws(Marker.ParseError.Reason) -> Marker {
        var parts = [try conjunction()]
        while takeWord("or") { parts.append(try conjunction()) }
        return Marker.any(of: parts)
    }

    private mutating func conjunction() throws(Marker.ParseError.Reason) -> Marker {
        var parts = [try term()]
        while takeWord("and") { parts.append(try term()) }
        return Marker.all(of: parts)
    }

    private mutating func term() throws(Marker.ParseError.Reason) -> Marker {
        skipSpaces()
        if scanner.take(UInt8(ascii: "(")) {
            depth += 1
            // A limit, so that no input exhausts the stack.
            guard depth < 200 else { throw .expectedOperand }
            let inner = try marker()
            skipSpaces()
            guard scanner.take(UInt8(ascii: ")")) else { throw .expectedClosingParenthesis }
            depth -= 1
            skipSpaces()
            return inner
        }
        let left = try operand()
        skipSpaces()
        let comparison = try comparison()
        let right = try operand()
        skipSpaces()
        if comparison == .relation(.compatible) {
            let variables = [left, right].compactMap { if case .variable(let name) = $0 { name } else { nil } }
            guard variables.contains(where: \.isVersion) else { throw .undefinedComparison("\(comparison)") }
        }
        return .comparison(left, comparison, right)
    }

    private mutating func operand() throws(Marker.ParseError.Reason) -> Marker.Operand {
        skipSpaces()
        guard let first = scanner.next else { throw .expectedOperand }
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            scanner.position += 1
            let text = scanner.take { $0 != first }
            guard scanner.take(first) else { throw .unclosedString }
            return .literal(text)
        }
        let name = scanner.take { PackageName.isNameByte($0) && $0 != UInt8(ascii: "-") }
        guard !name.isEmpty else { throw .expectedOperand }
        // Names with dots and short names are from setuptools before PEP 508.
        switch name {
        case "os.name": return .variable(.osName)
        case "sys.platform": return .variable(.sysPlatform)
        case "platform.version": return .variable(.platformVersion)
        case "platform.machine": return .variable(.platformMachine)
        case "platform.python_implementation", "python_implementation":
            return .variable(.platformPythonImplementation)
        default:
            guard let variable = Marker.Variable(rawValue: name) else {
                scanner.position -= name.utf8.count
                throw .unknownVariable(name)
            }
            return .variable(variable)
        }
    }

    private mutating func comparison() throws(Marker.ParseError.Reason) -> Marker.Comparison {
        if scanner.take("===") { return .relation(.identical) }
        if scanner.take("~=") { return .relation(.compatible) }
        if scanner.take("==") { return .relation(.equal) }
        if scanner.take("!=") { return .relation(.notEqual) }
        if scanner.take("<=") { return .relation(.lessOrEqual) }
        if scanner.take(">=") { return .relation(.greaterOrEqual) }
        if scanner.take("<") { return .relation(.less) }
        if scanner.take(">") { return .relation(.greater) }
        if takeWord("in") { return .in }
        if takeWord("not"), takeWord("in") { return .notIn }
        throw .expectedComparison
    }

    /// Consumes a word unless it is followed by another letter or digit.
    private mutating func takeWord(_ word: StaticString) -> Bool {
        let start = scanner.position
        skipSpaces()
        if scanner.take(word), !(scanner.next.map { PackageName.isNameByte($0) } ?? false) { return true }
        scanner.position = start
        return false
    }

    private mutating func skipSpaces() {
        while let byte = scanner.next, ASCII.isSpace(byte) { scanner.position += 1 }
    }
}
