/// Parses JSON text (RFC 8259) and passes each value to a builder, together with its position.
///
/// The builder determines the result, so that the same parser can create ``JSONValue``s and values with positions.
package struct JSONParser<Result> {
    /// A value whose members or items have already been built.
    package enum Shape {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([Result])
        case object(OrderedMap<Result>)
    }

    /// Builds the result for a value, from the offset of its first byte and that of its key if it is a member.
    package typealias Builder = (_ shape: Shape, _ offset: Int, _ keyOffset: Int?) -> Result

    private let bytes: [UInt8]
    private var position = 0
    private let build: Builder

    private init(bytes: [UInt8], build: @escaping Builder) {
        self.bytes = bytes
        self.build = build
    }

    /// Parses complete JSON text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text; a byte order mark at its start is ignored.
    ///   - build: builds the result for each value.
    /// - Returns: the result for the outermost value.
    /// - Throws: ``JSONParseError`` for the first error.
    package static func parse(
        _ bytes: [UInt8],
        build: @escaping Builder
    ) throws(JSONParseError) -> Result {
        var parser = JSONParser(bytes: bytes, build: build)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let result = try parser.value(depth: 0)
        parser.skipSpace()
        if parser.position < bytes.count { throw parser.error(.textAfterEnd) }
        return result
    }

    private mutating func value(depth: Int, key: Int? = nil) throws(JSONParseError) -> Result {
        guard depth < 512 else { throw error(.tooDeep) }
        skipSpace()
        let start = position
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return build(try object(depth: depth), start, key)
        case UInt8(ascii: "["): return build(try array(depth: depth), start, key)
        case UInt8(ascii: "\""): return build(.string(try string()), start, key)
        case UInt8(ascii: "t"): return build(try word("true", .bool(true)), start, key)
        case UInt8(ascii: "f"): return build(try word("false", .bool(false)), start, key)
        case UInt8(ascii: "n"): return build(try word("null", .null), start, key)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return build(.number(try number()), start, key)
        default: throw error(.unexpectedCharacter)
        }
    }

    private mutating func object(depth: Int) throws(JSONParseError) -> Shape {
        position += 1
        var members = OrderedMap<Result>()
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let start = position
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            members[key] = try value(depth: depth + 1, key: start)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected() }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONParseError) -> Shape {
        position += 1
        var items: [Result] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(items) }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
        return .array(items)
    }

    private mutating func word(_ word: StaticString, _ shape: Shape) throws(JSONParseError) -> Shape {
        for index in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[index] else { throw unexpected() }
            position += 1
        }
        return shape
    }

    private mutating func number() throws(JSONParseError) -> Double {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let hasDigits = takeDigits()
        guard hasDigits, let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            position = start
            throw error(.invalidNumber)
        }
        return value
    }

    /// Consumes a number without its sign, and returns whether it was valid.
    private mutating func takeDigits() -> Bool {
        if !take(UInt8(ascii: "0")), digits() == 0 { return false }
        if take(UInt8(ascii: ".")), digits() == 0 { return false }
        guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return true }
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        return digits() > 0
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONParseError) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20: throw error(.controlCharacter)
            default:
                text.append(byte)
                position += 1
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONParseError) {
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var unit = try hexadecimal()
            if (0xD800..<0xDC00).contains(unit), take(UInt8(ascii: "\\")) {
                guard take(UInt8(ascii: "u")) else { throw error(.invalidEscape) }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw error(.invalidEscape) }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            text.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
        default: throw error(.invalidEscape)
        }
    }

    private mutating func hexadecimal() throws(JSONParseError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        let text = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let value = UInt32(text, radix: 16)
        else { throw error(.invalidEscape) }
        position += 4
        return value
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { position += 1 }
    }

    private func unexpected() -> JSONParseError { error(peek() == nil ? .unexpectedEnd : .unexpectedCharacter) }

    private func error(_ reason: JSONParseError.Reason) -> JSONParseError {
        let before = bytes[..<position]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONParseError(reason: reason, line: line, column: position - lineStart + 1)
    }
}

extension JSONValue {
    /// Parses JSON text.
    ///
    /// - Throws: ``JSONParseError`` for the first error.
    package init(parsing bytes: [UInt8]) throws(JSONParseError) {
        self = try JSONParser<JSONValue>
            .parse(bytes) { shape, _, _ in
                switch shape {
                case .null: .null
                case .bool(let value): .bool(value)
                case .number(let value): .number(value)
                case .string(let value): .string(value)
                case .array(let items): .array(items)
                case .object(let members): .object(members)
                }
            }
    }

    /// Parses JSON text.
    ///
    /// - Throws: ``JSONParseError`` for the first error.
    package init(parsing text: String) throws(JSONParseError) {
        try self.init(parsing: Array(text.utf8))
    }
}
