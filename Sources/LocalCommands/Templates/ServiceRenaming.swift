import HostSystem
import OrderedJSON

/// Sets the name of the service in the configuration of a template, and leaves the rest of the file as it is.
enum ServiceRenaming {
    /// The names of configuration files, the one that is used first at first.
    private static let configurations = [
        "serverless.yml", "serverless.yaml", "serverless.json", "serverless.ts", "serverless.js", "serverless.mjs",
        "serverless.cjs",
    ]

    /// Sets the name in the configuration among some files.
    ///
    /// - Returns: whether there is a configuration with a name that could be replaced.
    static func rename(_ files: inout [TemplateFile], to name: ServiceName) -> Bool {
        guard let file = configurations.first(where: { name in files.contains { $0.path == name } }),
            let index = files.firstIndex(where: { $0.path == file }),
            let text = String(validating: files[index].content, as: UTF8.self)
        else { return false }
        let renamed: String? =
            switch LocalPath(file).fileExtension {
            case "yml", "yaml": yaml(text, name.text)
            case "json": json(text, name.text)
            default: script(text, name.text)
            }
        guard let renamed else { return false }
        files[index].content = Array(renamed.utf8)
        return true
    }

    /// Replaces `service: NAME`, or the `name` in a mapping below `service:`.
    private static func yaml(_ text: String, _ name: String) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { isKey("service", in: $0) }) else { return nil }
        if let replaced = replacingValue(in: lines[start], name) {
            lines[start] = replaced
            return lines.joined(separator: "\n")
        }
        for index in lines.indices.dropFirst(start + 1) {
            let content = lines[index].drop { $0 == " " }
            if content.isEmpty || content.hasPrefix("#") { continue }
            if content.startIndex == lines[index].startIndex { return nil }
            guard isKey("name", in: content), let replaced = replacingValue(in: content, name) else { continue }
            lines[index] = lines[index][..<content.startIndex] + replaced
            return lines.joined(separator: "\n")
        }
        return nil
    }

    /// Whether a line starts with a key, which can be quoted.
    private static func isKey(_ key: String, in line: Substring) -> Bool {
        for form in [key, "'\(key)'", "\"\(key)\""] where line.hasPrefix(form) {
            return line.dropFirst(form.count).drop { $0 == " " }.hasPrefix(":")
        }
        return false
    }

    /// The line with another value, but the same comment; `nil` if the value is not on the line.
    private static func replacingValue(in line: Substring, _ name: String) -> Substring? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        guard let first = value.first, !"#|>{&\r\n\r".contains(first) else { return nil }
        var end = value.endIndex
        if first == "\"" || first == "'" {
            end = value.dropFirst().firstIndex(of: first).map(value.index(after:)) ?? end
        } else if let comment = value.firstRange(of: " #") {
            end = comment.lowerBound
        } else if let carriageReturn = value.firstIndex(where: \.isNewline) {
            end = carriageReturn
        }
        return line[..<value.startIndex] + name + value[end...]
    }

    private static func json(_ text: String, _ name: String) -> String? {
        guard var value = try? JSONValue(parsing: text), let service = value["service"] else { return nil }
        if service.objectValue == nil {
            value["service"] = .string(name)
        } else {
            value["service"]?["name"] = .string(name)
        }
        return JSONWriter(indentation: 2).text(of: value) + "\n"
    }

    /// Replaces the string after the first `service:` of a program.
    private static func script(_ text: String, _ name: String) -> String? {
        var rest = text[...]
        while let key = rest.firstRange(of: "service") {
            rest = rest[key.upperBound...]
            let afterKey = rest.drop { $0 == "\"" || $0 == "'" || $0.isWhitespace }
            guard afterKey.first == ":" else { continue }
            let value = afterKey.dropFirst().drop(while: \.isWhitespace)
            guard let quote = value.first, "\"'`".contains(quote),
                let end = value.dropFirst().firstIndex(of: quote)
            else { continue }
            return text[..<value.index(after: value.startIndex)] + name + text[end...]
        }
        return nil
    }
}
