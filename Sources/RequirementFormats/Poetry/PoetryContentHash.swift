import HostSystem
import OrderedJSON
import PythonPackaging

/// The digest of a `pyproject.toml` that `poetry.lock` stores to detect changes.
enum PoetryContentHash {
    /// The digests of a project in all versions of Poetry: newer ones include more of the file.
    static func all(of root: TOMLValue) -> [String] {
        let withGroups = digest(of: root, hasStandardGroups: true)
        let without = digest(of: root, hasStandardGroups: false)
        return withGroups == without ? [without] : [withGroups, without]
    }

    private static func digest(of root: TOMLValue, hasStandardGroups: Bool) -> String {
        let project = members(of: root["project"], ["requires-python", "dependencies", "optional-dependencies"])
        let groups = hasStandardGroups ? root["dependency-groups"] : nil
        let poetry = root["tool", "poetry"]
        var own = OrderedMap<CanonicalJSON>()
        for key in ["dependencies", "source", "extras", "dev-dependencies", "group"] {
            if let value = poetry?[key] {
                own[key] = CanonicalJSON(value)
            } else if key != "group", project.isEmpty, groups == nil {
                own[key] = .null
            }
        }
        var content = own
        if !project.isEmpty || groups != nil {
            content = ["tool": .object(["poetry": .object(own)])]
            if !project.isEmpty { content["project"] = .object(project) }
            if let groups { content["dependency-groups"] = CanonicalJSON(groups) }
        }
        return SHA256.digest(of: CanonicalJSON.object(content).text(blanks: true)).hexadecimal
    }

    private static func members(of table: TOMLValue?, _ keys: [String]) -> OrderedMap<CanonicalJSON> {
        var result = OrderedMap<CanonicalJSON>()
        for key in keys { result[key] = table?[key].map { CanonicalJSON($0) } }
        return result
    }
}

/// JSON as Python's `json.dumps` writes it with sorted keys, for digests that Python programs compute.
indirect enum CanonicalJSON {
    case null
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    case array([CanonicalJSON])
    case object(OrderedMap<CanonicalJSON>)

    /// Converts a TOML value; dates become strings.
    init(_ value: TOMLValue) {
        switch value.kind {
        case .string(let text), .dateTime(let text): self = .string(text)
        case .integer(let number): self = .integer(number)
        case .float(let number): self = .float(number)
        case .boolean(let flag): self = .bool(flag)
        case .array(let items): self = .array(items.map { CanonicalJSON($0) })
        case .table(let members): self = .object(members.mapValues { CanonicalJSON($0) })
        }
    }

    /// Serializes the value.
    ///
    /// - Parameter blanks: Whether a space follows commas and colons.
    /// - Returns: JSON in ASCII; other characters are escaped.
    func text(blanks: Bool) -> String {
        let (comma, colon) = blanks ? (", ", ": ") : (",", ":")
        switch self {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .float(let number): return "\(number)"
        case .string(let text): return text.quotedInASCII
        case .array(let items): return "[" + items.map { $0.text(blanks: blanks) }.joined(separator: comma) + "]"
        case .object(let members):
            let sorted = members.sorted { left, right in
                left.key.unicodeScalars.lexicographicallyPrecedes(right.key.unicodeScalars)
            }
            let parts = sorted.map { $0.key.quotedInASCII + colon + $0.value.text(blanks: blanks) }
            return "{" + parts.joined(separator: comma) + "}"
        }
    }
}
