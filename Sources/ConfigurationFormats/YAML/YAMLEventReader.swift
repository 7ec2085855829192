import CYaml
import ConfigurationValues

/// Reader of the events of one YAML text through libyaml.
///
/// The reader owns the parser, and releases it in `deinit`.
final class YAMLEventReader {
    // It may not move before `deinit`, because libyaml keeps its address.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: [UInt8]
    /// The number of bytes that libyaml has read.
    private var position = 0

    /// Makes a reader of UTF-8 text, which is not copied.
    init(_ bytes: [UInt8]) {
        text = bytes
        parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        // This fails only if there is no memory; the first event then reports it.
        _ = yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        // The reader outlives the parser, which it releases in `deinit`.
        yaml_parser_set_input(
            parser,
            { reader, buffer, size, sizeRead in
                guard let reader, let buffer, let sizeRead else { return 0 }
                let owner = Unmanaged<YAMLEventReader>.fromOpaque(reader).takeUnretainedValue()
                sizeRead.pointee = owner.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
                return 1
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    /// Copies the next bytes into the buffer of libyaml.
    ///
    /// - Returns: the number of bytes; 0 at the end of the text.
    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, text.count - position)
        buffer.copyBytes(from: text[position..<position + count])
        position += count
        return count
    }

    /// Reads the next event of the text.
    ///
    /// - Throws: ``YAMLError`` if the text is not valid YAML.
    func next() throws(YAMLError) -> YAMLEvent {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw error() }
            defer { yaml_event_delete(&event) }
            guard let kind = Self.kind(of: event) else { continue }
            let names = Self.names(of: event)
            return YAMLEvent(
                kind: kind,
                anchor: names.anchor,
                tag: names.tag,
                line: Int(event.start_mark.line) + 1,
                column: Int(event.start_mark.column) + 1
            )
        }
    }

    /// The kind of an event; `nil` for the start of the stream, which carries no information.
    private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind? {
        switch event.type {
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            // The bytes are valid until the event is deleted, and are copied below.
            let bytes = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
            let style: YAMLEvent.ScalarStyle =
                switch scalar.style {
                case YAML_PLAIN_SCALAR_STYLE, YAML_ANY_SCALAR_STYLE: .plain
                case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
                default: .block
                }
            return .scalar(
                text: String(decoding: bytes, as: UTF8.self),
                isPlain: scalar.plain_implicit == 1 && style == .plain && scalar.tag == nil,
                style: style
            )
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT: return .mappingStart
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return nil
        }
    }

    private static func names(of event: yaml_event_t) -> (anchor: String?, tag: String?) {
        switch event.type {
        case YAML_SCALAR_EVENT: (string(event.data.scalar.anchor), string(event.data.scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            (string(event.data.sequence_start.anchor), string(event.data.sequence_start.tag))
        case YAML_MAPPING_START_EVENT: (string(event.data.mapping_start.anchor), string(event.data.mapping_start.tag))
        default: (nil, nil)
        }
    }

    private static func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// The error that libyaml reports, at the position that shows it best.
    private func error() -> YAMLError {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "not valid YAML"
        guard state.error != YAML_READER_ERROR else {
            // For errors of encoding, libyaml gives the offset in bytes, and no line.
            let before = text.prefix(Int(state.problem_offset))
            let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            return YAMLError(
                .syntax(problem),
                line: before.count { $0 == 0x0A } + 1,
                column: max(before.count - lineStart, 0) + 1
            )
        }
        let context = state.context.map { text in
            YAMLError.Context(
                text: String(cString: text),
                line: Int(state.context_mark.line) + 1,
                column: Int(state.context_mark.column) + 1
            )
        }
        return YAMLError(
            .syntax(problem),
            line: Int(state.problem_mark.line) + 1,
            column: Int(state.problem_mark.column) + 1,
            context: context
        )
    }
}
