import Diagnostics

/// The output of a build that uv ran and that failed: which distribution, and why.
struct BuildOutput: Hashable, Sendable {
    /// The distribution as uv names it, such as `psycopg2==2.9.10`, or the path of a project.
    let distribution: String
    /// The reason, in one line; `nil` if the build system printed nothing.
    let cause: String?
    /// The name of the header that a compiler did not find; `nil` if it did not report one.
    let missingHeader: String?

    /// The maximum length of the reason in characters.
    private static let maximumLength = 200
    /// How uv introduces the distribution that could not be built.
    private static let introduction = "Failed to build `"

    /// Finds a failed build in the output of uv; `nil` if no build failed.
    init?(_ text: String) {
        let lines = ToolOutput(text).lines
        guard let end = lines.lastIndex(where: { $0.contains(Self.introduction) }),
            let start = lines[end].firstRange(of: Self.introduction)?.upperBound
        else { return nil }
        distribution = String(lines[end][start...].prefix { $0 != "`" })
        let printed = Self.printed(lines, end)
        missingHeader = printed.lazy.compactMap(Self.header).first
        let reason =
            printed.first { Self.header(in: $0) != nil } ?? ToolOutput(printed.joined(separator: "\n")).cause
            ?? printed.last { !$0.allSatisfy(\.isWhitespace) }
        cause = reason.map { String($0.drop(while: \.isWhitespace).prefix(Self.maximumLength)) }
    }

    /// Reads the output of pip, of which all lines may be those of the build system.
    init(ofPip text: String) {
        let lines = ToolOutput(text).lines
        distribution = ""
        missingHeader = lines.lazy.compactMap(Self.header).first
        let quoted = lines.filter { line in
            let text = line.drop(while: \.isWhitespace)
            return !text.hasPrefix("ERROR: Failed building wheel") && !text.hasPrefix("ERROR: Failed to build")
                && !text.contains("subprocess-exited-with-error") && !text.contains("metadata-generation-failed")
                && !text.contains("did not run successfully")
        }
        let reason = quoted.first { Self.header(in: $0) != nil } ?? ToolOutput(quoted.joined(separator: "\n")).cause
        cause = reason.map { String($0.drop(while: \.isWhitespace).prefix(Self.maximumLength)) }
    }

    /// The lines of the build system: those before uv's error or, while resolving, those that it quotes.
    private static func printed(_ lines: [String], _ error: Int) -> [String] {
        let quoted = lines[error...].prefix { !$0.hasPrefix("hint:") }
        for stream in ["[stderr]", "[stdout]"] {
            guard let start = quoted.firstIndex(where: { $0.drop(while: \.isWhitespace) == stream }) else { continue }
            let content = quoted[(start + 1)...]
            let end = content.firstIndex { $0.drop(while: \.isWhitespace).hasPrefix("[std") } ?? content.endIndex
            if content[..<end].contains(where: { !$0.allSatisfy(\.isWhitespace) }) { return Array(content[..<end]) }
        }
        return lines[..<error].filter { !$0.hasPrefix("Building ") }
    }

    /// The header in an error of a C compiler, such as `pq.c:1:10: fatal error: libpq-fe.h: No such file or directory`,
    /// or `'libpq-fe.h' file not found` of clang.
    private static func header(in line: String) -> String? {
        guard let start = line.firstRange(of: "fatal error: ")?.upperBound else { return nil }
        let rest = line[start...]
        if rest.hasSuffix(": No such file or directory") { return String(rest.prefix { $0 != ":" }) }
        guard rest.hasSuffix("' file not found"), rest.hasPrefix("'") else { return nil }
        return String(rest.dropFirst().prefix { $0 != "'" })
    }
}
