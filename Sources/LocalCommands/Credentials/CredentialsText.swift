import HostSystem

/// The text of a shared credentials file, whose profiles are changed without touching anything else in it
/// (<https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>).
struct CredentialsText: Sendable {
    private static let accessKey = "aws_access_key_id"
    private static let secretKey = "aws_secret_access_key"
    /// Settings that belong to the replaced keys, and that are invalid with others.
    private static let sessionSettings: Set<String> = ["aws_session_token", "aws_security_token"]

    /// The lines with their line breaks.
    private var lines: [Substring]
    private let lineBreak: String

    /// The whole text of the file.
    var text: String { lines.joined() }

    /// Splits the text of a file; an empty one is a file without profiles.
    init(_ text: String) {
        lines = []
        var rest = text[...]
        while let end = rest.firstIndex(where: \.isNewline) {
            lines.append(rest[...end])
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { lines.append(rest) }
        lineBreak = lines.first?.hasSuffix("\r\n") == true ? "\r\n" : "\n"
    }

    /// Whether a profile has keys or a token.
    func hasCredentials(_ profile: String) -> Bool {
        sections(of: profile).joined()
            .contains { index in
                guard let name = settingName(of: lines[index]) else { return false }
                return name == Self.accessKey || name == Self.secretKey || Self.sessionSettings.contains(name)
            }
    }

    /// Sets the keys of a profile, which is added if there is none.
    ///
    /// The keys are written where the old ones are, in the same form. A session token of the old keys is removed. All
    /// other lines remain.
    mutating func set(accessKey: String, secretKey: Secret, of profile: String) {
        let sections = sections(of: profile)
        guard let first = sections.first else {
            let isSeparated = lines.last.map(isBlank) ?? true
            if let last = lines.last, last.last?.isNewline != true { lines.append(lineBreak[...]) }
            if !isSeparated { lines.append(lineBreak[...]) }
            lines.append("[\(profile)]\(lineBreak)"[...])
            lines.append("\(Self.accessKey)=\(accessKey)\(lineBreak)"[...])
            lines.append("\(Self.secretKey)=\(secretKey.revealed)\(lineBreak)"[...])
            return
        }
        var missing = [(Self.accessKey, accessKey), (Self.secretKey, secretKey.revealed)]
        var changed: [Int: Substring] = [:]
        for index in sections.joined() {
            guard let name = settingName(of: lines[index]) else { continue }
            if let position = missing.firstIndex(where: { $0.0 == name }) {
                changed[index] = replaced(lines[index], by: missing.remove(at: position).1)
            } else if name == Self.accessKey || name == Self.secretKey || Self.sessionSettings.contains(name) {
                changed[index] = ""
            } else {
                continue
            }
            // Indented lines continue the value.
            var next = index + 1
            while next < lines.count, lines[next].first?.isWhitespace == true, !isBlank(lines[next]) {
                changed[next] = ""
                next += 1
            }
        }
        for (index, line) in changed { lines[index] = line }
        let header = first.lowerBound - 1
        if lines[header].last?.isNewline != true { lines[header] += lineBreak }
        for (name, value) in missing.reversed() {
            lines.insert("\(name)=\(value)\(lineBreak)"[...], at: first.lowerBound)
        }
    }

    /// The lines below each header of a profile.
    private func sections(of profile: String) -> [Range<Int>] {
        let headers = lines.indices.filter { sectionName(of: lines[$0]) != nil }
        return headers.enumerated()
            .compactMap { position, header in
                guard sectionName(of: lines[header]) == profile else { return nil }
                return header + 1..<(position + 1 < headers.count ? headers[position + 1] : lines.count)
            }
    }

    /// The name in a line such as `[default]`; `nil` for other lines.
    private func sectionName(of line: Substring) -> String? {
        let trimmed = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard trimmed.first == "[", let end = trimmed.firstIndex(of: "]") else { return nil }
        return trimmed[..<end].dropFirst().trimmingWhitespace
    }

    /// The name in a line such as `region = eu-west-1`, in lower case; `nil` for comments and indented lines.
    private func settingName(of line: Substring) -> String? {
        guard let first = line.first, !first.isWhitespace, first != "#", first != ";",
            let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" })
        else { return nil }
        return line[..<separator].trimmingWhitespace.lowercased()
    }

    /// A line of a setting with another value.
    private func replaced(_ line: Substring, by value: String) -> Substring {
        guard let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return line }
        let spaces = line[line.index(after: separator)...].prefix { $0 == " " || $0 == "\t" }
        return line[...separator] + spaces + value + lineBreak
    }

    private func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}

extension StringProtocol {
    /// The string without whitespace at its ends.
    fileprivate var trimmingWhitespace: String {
        let start = drop { $0.isWhitespace }
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.endIndex)
        )
    }
}
