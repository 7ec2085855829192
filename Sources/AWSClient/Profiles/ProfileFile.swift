package import HostSystem

/// The sections of `~/.aws/config` or `~/.aws/credentials`.
///
/// A setting without a value that is followed by indented lines is a group of settings, such as `s3 =`.
package struct ProfileFile: Hashable, Sendable {
    /// A line that is not a section, a setting, or a part of one.
    package struct ParseError: Error, Hashable, Sendable {
        /// The file with the line.
        package let path: LocalPath
        /// The line, from 1.
        package let line: Int
        /// What is wrong with the line.
        package let detail: String
    }

    /// The settings of a section.
    package struct Section: Hashable, Sendable {
        /// The values by their names in lower case.
        package var values: [String: String] = [:]
        /// The groups of settings by the names of the groups.
        package var groups: [String: [String: String]] = [:]

        /// Creates a section without settings.
        package init() {}

        /// Adds the settings of another section, which take precedence.
        mutating func merge(_ other: Section) {
            values.merge(other.values) { $1 }
            groups.merge(other.groups) { $1 }
        }
    }

    /// The sections by their names as they are written in brackets.
    package var sections: [String: Section] = [:]

    /// Parses the text of a file.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - path: the file, for errors.
    /// - Throws: ``ParseError`` for the first line that is invalid.
    package init(parsing text: String, path: LocalPath) throws(ParseError) {
        var name: String?
        var key: String?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            func error(_ detail: String) -> ParseError { ParseError(path: path, line: index + 1, detail: detail) }
            let content = line.trimmed
            if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
            let isIndented = line.first?.isWhitespace == true
            if isIndented, let name, let key {
                sections[name]?.append(content, to: key)
            } else if content.hasPrefix("[") {
                guard let end = content.firstIndex(of: "]") else { throw error("the section has no ']'") }
                let section = content[content.index(after: content.startIndex)..<end].trimmed
                guard sections[section] == nil else { throw error("the section '\(section)' is there twice") }
                sections[section] = Section()
                (name, key) = (section, nil)
            } else {
                guard let name else { throw error("a setting before the first section") }
                guard let mark = content.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
                    throw error("a setting without '='")
                }
                let setting = content[..<mark].trimmed.lowercased()
                guard !setting.isEmpty else { throw error("a setting without a name") }
                guard sections[name]?.values[setting] == nil else {
                    throw error("the setting '\(setting)' is there twice")
                }
                sections[name]?.values[setting] = content[content.index(after: mark)...].trimmed
                key = setting
            }
        }
    }
}

extension ProfileFile.Section {
    /// Adds an indented line to a setting: to its group if it has no value, otherwise to its value.
    fileprivate mutating func append(_ line: String, to key: String) {
        if values[key]?.isEmpty == true {
            if let mark = line.firstIndex(where: { $0 == "=" }) {
                groups[key, default: [:]][line[..<mark].trimmed.lowercased()] =
                    line[line.index(after: mark)...].trimmed
            }
        } else {
            values[key]?.append("\n\(line)")
        }
    }
}

extension StringProtocol {
    /// The string without white space at its ends.
    fileprivate var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }),
            let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
