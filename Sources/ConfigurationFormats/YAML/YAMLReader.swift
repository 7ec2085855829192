package import ConfigurationValues
import Diagnostics
import OrderedJSON

/// Reader of YAML with the rules of js-yaml and CloudFormation's tags, which keeps the place of each value.
package struct YAMLReader {
    /// The deepest level at which values may be nested.
    static let maximumDepth = 256
    /// The largest number of values in a file after aliases are replaced: far more than any service has, far fewer
    /// than nested aliases can produce.
    static let maximumValues = 2_000_000

    private let file: String
    private let events: YAMLEventReader
    private var anchors: [String: Anchored] = [:]
    private var open: Set<String> = []
    private var values = 0
    /// The deepest level so far inside the value that is being read.
    private var deepest = 0

    /// A value that an alias can refer to, with the number of values in it and the height of its nesting.
    private struct Anchored {
        let node: ConfigurationValue
        let size: Int
        let height: Int
    }

    private init(bytes: [UInt8], file: String) {
        self.file = file
        events = YAMLEventReader(bytes)
    }

    /// Reads a string that contains one document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text; a byte order mark is ignored.
    ///   - file: the name of the file, for places.
    /// - Returns: the value; `nil` if the text contains none.
    /// - Throws: ``YAMLError`` for the first error.
    package static func read(_ bytes: [UInt8], file: String) throws(YAMLError) -> ConfigurationValue? {
        var text = YAMLCompatibility.prepared(bytes)
        let limit = 2 * text.count + 4096
        for _ in 0..<YAMLCompatibility.maximumCount {
            var reader = YAMLReader(bytes: text, file: file)
            do throws(YAMLError) {
                return try reader.document()
            } catch {
                // Quotes that are escaped again and again would double the text each time.
                guard let allowed = YAMLCompatibility.rewritten(text, after: error), allowed.count <= limit else {
                    throw error
                }
                text = allowed
            }
        }
        var reader = YAMLReader(bytes: text, file: file)
        return try reader.document()
    }

    private mutating func document() throws(YAMLError) -> ConfigurationValue? {
        let first = try events.next()
        guard case .documentStart = first.kind else { return nil }
        let content = try events.next()
        let node = try value(content, depth: 0)
        _ = try events.next()
        let next = try events.next()
        guard case .streamEnd = next.kind else {
            throw YAMLError(.severalDocuments, line: next.line, column: next.column)
        }
        // A document that is only an empty scalar contains no value.
        if case .scalar(text: "", isPlain: true, _) = content.kind { return nil }
        return node
    }

    // MARK: Values

    private mutating func value(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> ConfigurationValue {
        guard depth < Self.maximumDepth else { throw error(.tooDeep, event) }
        let sizeBefore = values
        values += 1
        guard values <= Self.maximumValues else { throw error(.tooLarge, event) }
        if case .alias(let name) = event.kind { return try alias(name, event, depth: depth) }
        let deepestBefore = deepest
        deepest = depth
        if let anchor = event.anchor { open.insert(anchor) }
        let node = try YAMLTag.apply(event, to: try untagged(event, depth: depth), place: place(event))
        if let anchor = event.anchor {
            open.remove(anchor)
            anchors[anchor] = Anchored(node: node, size: values - sizeBefore, height: deepest - depth)
        }
        deepest = max(deepest, deepestBefore)
        return node
    }

    private mutating func alias(_ name: String, _ event: YAMLEvent, depth: Int) throws(YAMLError) -> ConfigurationValue
    {
        if open.contains(name) { throw error(.recursiveAlias(name), event) }
        guard let anchored = anchors[name] else { throw error(.unknownAlias(name), event) }
        values += anchored.size
        guard values <= Self.maximumValues else { throw error(.tooLarge, event) }
        guard depth + anchored.height < Self.maximumDepth else { throw error(.tooDeep, event) }
        deepest = max(deepest, depth + anchored.height)
        return anchored.node
    }

    /// The value without regard to its tag; a scalar with a tag is a string.
    private mutating func untagged(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> ConfigurationValue {
        switch event.kind {
        case .scalar(let text, let isPlain, _):
            return ConfigurationValue(isPlain ? YAMLScalar.content(of: text) : .string(text), at: place(event))
        case .sequenceStart:
            var items: [ConfigurationValue] = []
            while true {
                let next = try events.next()
                if case .sequenceEnd = next.kind {
                    items.trim()
                    return ConfigurationValue(.list(items), at: place(event))
                }
                items.append(try value(next, depth: depth + 1))
            }
        case .mappingStart:
            return ConfigurationValue(.map(try mapping(depth: depth)), at: place(event))
        default:
            throw error(.syntax("expected a value"), event)
        }
    }

    // MARK: Mappings

    private mutating func mapping(depth: Int) throws(YAMLError) -> OrderedMap<ConfigurationValue> {
        var members = OrderedMap<ConfigurationValue>()
        // Keys that were merged through `<<` may be repeated.
        var merged: Set<String> = []
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind {
                members.trim()
                return members
            }
            if case .scalar(text: "<<", isPlain: true, _) = event.kind {
                let start = try events.next()
                try merge(try value(start, depth: depth + 1), event, into: &members, merged: &merged)
                continue
            }
            let key = try key(event, depth: depth + 1)
            if let first = members[key], merged.remove(key) == nil {
                let place = first.keyPlace
                throw error(.duplicateKey(key, firstLine: place?.file == file ? place?.line : nil), event)
            }
            var node = try value(try events.next(), depth: depth + 1)
            node.keyPlace = place(event)
            members[key] = node
        }
    }

    private func merge(
        _ source: ConfigurationValue,
        _ event: YAMLEvent,
        into members: inout OrderedMap<ConfigurationValue>,
        merged: inout Set<String>
    ) throws(YAMLError) {
        if let list = source.list {
            for item in list { try merge(item, event, into: &members, merged: &merged) }
            return
        }
        guard let map = source.map else { throw error(.mergeOfNonMapping, event) }
        for (key, node) in map where members[key] == nil {
            members[key] = node
            merged.insert(key)
        }
    }

    /// The key as a string, converted as JavaScript does.
    private mutating func key(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> String {
        if case .scalar(let text, _, _) = event.kind, event.anchor == nil, event.tag == nil,
            let first = text.utf8.first, first > UInt8(ascii: "9"), text.utf8.count > 5
        {
            return text  // most keys: too long for a word with a meaning, and no number
        }
        let node = try value(event, depth: depth)
        if let list = node.list, list.contains(where: { $0.list != nil }) { throw error(.listInListAsKey, event) }
        return JavaScriptText.text(of: node)
    }

    private func place(_ event: YAMLEvent) -> SourcePlace {
        SourcePlace(file: file, line: event.line, column: event.column)
    }

    private func error(_ reason: YAMLError.Reason, _ event: YAMLEvent) -> YAMLError {
        YAMLError(reason, line: event.line, column: event.column)
    }
}
