/// The error of a string that is not valid YAML, or not YAML that a configuration may contain.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of errors: those of YAML, and those of configurations.
    package enum Reason: Hashable, Sendable {
        /// The text is not valid YAML; the message is libyaml's.
        case syntax(String)
        /// A key appears twice in a mapping; the line of the first one is known if it is in the same file.
        case duplicateKey(String, firstLine: Int?)
        case unknownTag(String)
        case unknownAlias(String)
        /// An alias is inside the value that it refers to.
        case recursiveAlias(String)
        /// The value of `<<` is neither a mapping nor a list of mappings.
        case mergeOfNonMapping
        /// The value has a type that its tag does not allow.
        case tagDoesNotFit(String)
        case listInListAsKey
        case severalDocuments
        case tooDeep
        case tooLarge
    }

    /// A construct in the words of libyaml, and the position where it starts.
    package struct Context: Hashable, Sendable {
        /// What was being read, such as `while scanning a quoted scalar`.
        let text: String
        /// The line where it starts, from 1.
        let line: Int
        /// The column where it starts, from 1.
        let column: Int
    }

    /// The kind of the error.
    package let reason: Reason
    /// The line of the error, from 1.
    package let line: Int
    /// The column of the error in characters, from 1.
    package let column: Int
    /// The construct that libyaml was reading; `nil` for errors that libyaml does not report.
    package let context: Context?

    /// Makes an error at a position.
    package init(_ reason: Reason, line: Int, column: Int, context: Context? = nil) {
        self.reason = reason
        self.line = line
        self.column = column
        self.context = context
    }

    package var description: String {
        switch reason {
        case .syntax(let problem): problem
        case .duplicateKey(let key, _): "the key '\(key)' is already in this mapping"
        case .unknownTag(let tag): "unknown tag '\(tag)'"
        case .unknownAlias(let name): "the alias '*\(name)' has no anchor before it"
        case .recursiveAlias(let name): "the alias '*\(name)' is inside the value that it refers to"
        case .mergeOfNonMapping: "'<<' can merge only mappings"
        case .tagDoesNotFit(let tag): "the value does not match its tag '\(tag)'"
        case .listInListAsKey: "a key cannot be a list that contains a list"
        case .severalDocuments: "the file contains more than one document"
        case .tooDeep: "values are nested in more than \(YAMLReader.maximumDepth) levels"
        case .tooLarge: "with aliases replaced, the file has more than \(YAMLReader.maximumValues) values"
        }
    }
}
