import OrderedJSON

/// The version of the program.
enum Version {
    /// The version of this build (<https://semver.org>); packages and documents take it from here.
    static let current = "0.1.0"

    /// The version with the commit, the date of the commit and the versions of the linked libraries, as far as they are
    /// known.
    ///
    /// - Parameter buildFacts: what is known about the build, as a JSON object.
    /// - Returns: an object with the member `version` and the members of the facts.
    /// - Throws: `JSONParseError` if the facts are not JSON.
    static func description(buildFacts: String) throws -> JSONValue {
        var members = OrderedMap<JSONValue>([("version", .string(current))])
        for (key, value) in try JSONValue(parsing: buildFacts).objectValue ?? OrderedMap() { members[key] = value }
        return .object(members)
    }
}
