/// A step of a YAML text as libyaml tells it, with the mark of its start.
struct YAMLEvent {
    /// What the step is.
    enum Kind {
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        /// A scalar; `isPlain` says that it stands without quotes and without a tag, so that its text decides its type.
        case scalar(text: String, isPlain: Bool, style: ScalarStyle)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    /// How a scalar is written.
    enum ScalarStyle: Sendable {
        case plain, quoted, block
    }

    let kind: Kind
    /// The name after `&`, `nil` where there is none.
    let anchor: String?
    /// The resolved tag, such as `!Ref` or `tag:yaml.org,2002:str`; `nil` where there is none.
    let tag: String?
    /// The line of the start, from 1.
    let line: Int
    /// The column of the start in characters, from 1.
    let column: Int
}
