/// Reads XML documents (Extensible Markup Language 1.0) in UTF-8.
///
/// It refuses what a response of AWS never has: document types, and with them entities of their own, which can refer to
/// files or expand without limit.
package struct XMLReader {
    /// A document that is not well-formed.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong with a document.
        package enum Reason: String, Sendable {
            case unexpectedEnd = "unexpected end of the document"
            case unexpectedCharacter = "unexpected character"
            case unknownEntity = "unknown entity"
            case mismatchedTag = "the end tag does not match"
            case duplicateAttribute = "duplicate attribute"
            case documentType = "a document type is not accepted"
            case tooDeep = "nested too deep"
            case textAfterEnd = "content after the end of the document"
        }

        /// What is wrong with the document.
        package let reason: Reason
        /// The position in bytes.
        package let offset: Int

        package var description: String { "\(reason.rawValue) at byte \(offset)" }
    }

    private static let maximumDepth = 256

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Parses a document.
    ///
    /// - Returns: its root element.
    /// - Throws: ``ParseError`` for the first error.
    package static func parse(_ bytes: [UInt8]) throws(ParseError) -> XMLElement {
        var reader = XMLReader(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
        try reader.skipMiscellaneous()
        let root = try reader.element(depth: 0)
        try reader.skipMiscellaneous()
        if reader.position < bytes.count { throw reader.error(.textAfterEnd) }
        return root
    }

    // MARK: Elements

    private mutating func element(depth: Int) throws(ParseError) -> XMLElement {
        if depth >= Self.maximumDepth { throw error(.tooDeep) }
        try expect("<")
        let written = try name()
        var element = XMLElement(Self.localName(of: written))
        while true {
            let hadSpace = skipSpace()
            if skip("/>") { return element }
            if skip(">") { break }
            guard hadSpace else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedCharacter) }
            let key = try name()
            skipSpace()
            try expect("=")
            skipSpace()
            let value = try quotedValue()
            if element.attributes.updateValue(value, forKey: key) != nil { throw error(.duplicateAttribute) }
        }
        try content(of: &element, depth: depth)
        guard try name() == written else { throw error(.mismatchedTag) }
        skipSpace()
        try expect(">")
        return element
    }

    /// Reads up to and including the `</` of the end tag.
    private mutating func content(of element: inout XMLElement, depth: Int) throws(ParseError) {
        var text: [UInt8] = []
        while true {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            if skip("</") { break }
            if skip("<!--") {
                try skipPast("-->")
            } else if skip("<![CDATA[") {
                text += try bytes(before: "]]>")
            } else if skip("<?") {
                try skipPast("?>")
            } else if byte == UInt8(ascii: "<") {
                element.children.append(try self.element(depth: depth + 1))
            } else if byte == UInt8(ascii: "&") {
                text += try reference()
            } else {
                text.append(byte == 0x0D ? 0x0A : byte)
                // A carriage return and a line feed are one line break (section 2.11).
                position += bytes[position...].starts(with: [0x0D, 0x0A]) ? 2 : 1
            }
        }
        element.text = String(decoding: text, as: UTF8.self)
    }

    private mutating func quotedValue() throws(ParseError) -> String {
        guard let quote = peek() else { throw error(.unexpectedEnd) }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw error(.unexpectedCharacter) }
        position += 1
        var value: [UInt8] = []
        while let byte = peek(), byte != quote {
            if byte == UInt8(ascii: "<") { throw error(.unexpectedCharacter) }
            if byte == UInt8(ascii: "&") {
                value += try reference()
            } else {
                value.append(Self.isSpace(byte) ? 0x20 : byte)
                position += 1
            }
        }
        if isAtEnd { throw error(.unexpectedEnd) }
        position += 1
        return String(decoding: value, as: UTF8.self)
    }

    /// The character of a reference such as `&amp;` or `&#x3C;`, in UTF-8.
    private mutating func reference() throws(ParseError) -> [UInt8] {
        let start = position
        position += 1
        let name = try bytes(before: ";")
        let known: [String: Character] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        let text = String(decoding: name, as: UTF8.self)
        if let character = known[text] { return Array(character.utf8) }
        let number: UInt32? =
            text.hasPrefix("#x")
            ? UInt32(text.dropFirst(2), radix: 16) : text.hasPrefix("#") ? UInt32(text.dropFirst()) : nil
        guard let number, number > 0, let scalar = Unicode.Scalar(number) else {
            position = start
            throw error(.unknownEntity)
        }
        return Array(String(scalar).utf8)
    }

    // MARK: Marks

    private mutating func skipMiscellaneous() throws(ParseError) {
        while true {
            skipSpace()
            if skip("<?") {
                try skipPast("?>")
            } else if skip("<!--") {
                try skipPast("-->")
            } else if bytes[position...].starts(with: "<!DOCTYPE".utf8) {
                throw error(.documentType)
            } else {
                return
            }
        }
    }

    private mutating func name() throws(ParseError) -> String {
        let start = position
        while let byte = peek(), Self.isNameByte(byte) { position += 1 }
        guard position > start else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedCharacter) }
        if (0x2D...0x39).contains(bytes[start]) {
            position = start
            throw error(.unexpectedCharacter)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func localName(of name: String) -> String {
        name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...0xFF:
            true
        default: false
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = position
        while let byte = peek(), Self.isSpace(byte) { position += 1 }
        return position > start
    }

    private var isAtEnd: Bool { position >= bytes.count }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ mark: StaticString) -> Bool {
        // The bytes of a literal are valid until the program ends.
        let expected = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        guard bytes[min(position, bytes.count)...].starts(with: expected) else { return false }
        position += expected.count
        return true
    }

    private mutating func expect(_ mark: StaticString) throws(ParseError) {
        guard skip(mark) else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedCharacter) }
    }

    private mutating func skipPast(_ mark: StaticString) throws(ParseError) { _ = try bytes(before: mark) }

    /// The bytes before a mark, which is skipped too.
    private mutating func bytes(before mark: StaticString) throws(ParseError) -> ArraySlice<UInt8> {
        let start = position
        while !isAtEnd {
            let end = position
            if skip(mark) { return bytes[start..<end] }
            position += 1
        }
        throw error(.unexpectedEnd)
    }

    private func error(_ reason: ParseError.Reason) -> ParseError { ParseError(reason: reason, offset: position) }
}
