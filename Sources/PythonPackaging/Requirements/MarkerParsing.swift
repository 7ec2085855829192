extension Marker {
    /// Why a text is no marker.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What was to be read.
        package let text: String
        /// The number of bytes before the fault.
        package let offset: Int
        /// What was found.
        package let reason: Reason

        /// Kinds of fault.
        package enum Reason: Error, Hashable, Sendable {
            case expectedOperand
            case unknownVariable(String)
            case unclosedString
            case expectedComparison
            case expectedClosingParenthesis
            /// Something follows the end of the marker.
            case trailing
            /// `~=` and `===` compare versions alone.
            case undefinedComparison(String)
        }

        package var description: String {
            let what =
                switch reason {
                case .expectedOperand: "a variable or a quoted text is missing"
                case .unknownVariable(let name): "'\(name)' is no variable of an environment"
                case .unclosedString: "a quote is not closed"
                case .expectedComparison: "a comparison such as '==' or 'in' is missing"
                case .expectedClosingParenthesis: "')' is missing"
                case .trailing: "something follows that does not belong there"
                case .undefinedComparison(let comparison): "'\(comparison)' compares versions alone"
                }
            return "marker '\(ASCII.trimmed(text))': \(what)"
        }
    }

    /// Reads a marker.
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

/// Reads the grammar of markers by descent: `or` binds less than `and`.
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
        // The dotted and short names are those that setuptools took before PEP 508.
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

    /// Takes a word that no further letter or digit follows.
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
