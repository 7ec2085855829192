/// A line of a Lambda log as people read it: without request IDs, and with times in a short form.
package enum LogLine {
    /// The text to show for an event; `nil` for lines that say nothing.
    ///
    /// - Parameter message: the message, usually with a line break at its end.
    /// - Returns: the text without line breaks at its end.
    package static func text(of message: String) -> String? {
        let line = trimmed(message)
        if line.isEmpty || line.hasPrefix("END RequestId:") || line.hasPrefix("INIT_START") { return nil }
        if line.hasPrefix("START RequestId:") { return "START" }
        if line.hasPrefix("REPORT RequestId:") { return report(line) }
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4 else { return line }
        // Node.js: time, request, level, text.
        if let time = time(parts[0]) { return "\(time)\t\(parts[2])\t\(parts[3...].joined(separator: "\t"))" }
        // Python: [level], time, request, text.
        if parts[0].hasPrefix("["), parts[0].hasSuffix("]"), let time = time(parts[1]) {
            return "\(time)\t\(parts[0])\t\(parts[3...].joined(separator: "\t"))"
        }
        return line
    }

    /// The duration and the memory of an invocation.
    private static func report(_ line: String) -> String {
        let parts = line.split(separator: "\t").map(String.init)
        func value(_ name: String) -> String? {
            parts.first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
        }
        let facts = [
            value("Duration: ").map { "Duration: \($0)" }, value("Init Duration: ").map { "(init: \($0))" },
            value("Max Memory Used: ").map { "Memory Used: \($0)" },
        ]
        return (["END"] + facts.compactMap { $0 }).joined(separator: " ")
    }

    /// A time such as `2026-01-02T03:04:05.678Z` as `2026-01-02 03:04:05.678`; `nil` for other text.
    private static func time(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[23] == UInt8(ascii: "Z"),
            bytes[4] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":")
        else { return nil }
        return String(text.dropLast().replacing("T", with: " "))
    }

    private static func trimmed(_ message: String) -> String {
        var text = message[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
