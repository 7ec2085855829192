/// Sizes as people read them.
enum ByteText {
    /// A size in MB of 2²⁰ bytes, as Lambda counts its limits, with one decimal; of less than 0.1 MB in kB.
    static func megabytes(_ bytes: Int64) -> String {
        if bytes < 104_858 { return bytes < 1024 ? "\(bytes) B" : "\((bytes + 512) / 1024) kB" }
        let tenths = (bytes * 10 + 524_288) / 1_048_576
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}

/// Times as people read them.
enum DurationText {
    /// A time in milliseconds, from a second on in seconds with one decimal.
    static func short(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        return milliseconds < 1000 ? "\(milliseconds) ms" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }
}
