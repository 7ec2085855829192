/// An event of libyaml, with the position where it starts.
struct YAMLEvent {
    /// The kinds of events, which are those of libyaml without the start of the stream.
    enum Kind {
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        /// A scalar; `isPlain` means that it has neither quotes nor a tag, so that its text decides its type.
        case scalar(text: String, isPlain: Bool, style: ScalarStyle)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    /// The styles in which scalars are written.
    enum ScalarStyle: Sendable {
        case plain, quoted, block
    }

    let kind: Kind
    /// The name after `&`; `nil` without an anchor.
    let anchor: String?
    /// The resolved tag, such as `!Ref` or `tag:yaml.org,2002:str`; `nil` without a tag.
    let tag: String?
    /// The line where the event starts, from 1.
    let line: Int
    /// The column where the event starts in characters, from 1.
    let column: Int
}
