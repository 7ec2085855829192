/// Why a text is no YAML that a configuration may be, and where.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong there.
    package enum Reason: Hashable, Sendable {
        /// The text breaks the rules of YAML; the words are libyaml's.
        case syntax(String)
        case duplicateKey(String)
        case unknownTag(String)
        case unknownAlias(String)
        /// An alias stands inside the value that it names.
        case recursiveAlias(String)
        /// What stands after `<<` is neither a mapping nor a list of mappings.
        case mergeOfNonMapping
        /// A tag on a value that it cannot have.
        case tagDoesNotFit(String)
        case listInListAsKey
        case severalDocuments
        case tooDeep
        case tooLarge
    }

    /// What is wrong.
    package let reason: Reason
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int
    /// What was being read, in words, `nil` where that says no more.
    package let context: String?

    /// Makes an error.
    package init(_ reason: Reason, line: Int, column: Int, context: String? = nil) {
        self.reason = reason
        self.line = line
        self.column = column
        self.context = context
    }

    package var description: String {
        switch reason {
        case .syntax(let problem): problem
        case .duplicateKey(let key): "the key '\(key)' is there twice"
        case .unknownTag(let tag): "unknown tag '\(tag)'"
        case .unknownAlias(let name): "'*\(name)' names no anchor above it"
        case .recursiveAlias(let name): "'*\(name)' stands inside the value that it names"
        case .mergeOfNonMapping: "'<<' merges mappings only"
        case .tagDoesNotFit(let tag): "the value does not fit its tag '\(tag)'"
        case .listInListAsKey: "a list in a list cannot be a key"
        case .severalDocuments: "there is more than one document in the file"
        case .tooDeep: "nested deeper than \(YAMLReader.maximumDepth) levels"
        case .tooLarge: "aliases make the file larger than \(YAMLReader.maximumValues) values"
        }
    }
}
