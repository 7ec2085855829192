/// The form that sizes and counts have in messages.
package enum Quantity {
    /// A size in MB of 2²⁰ bytes, as in the limits of Lambda, with one decimal; below 0.1 MB in kB of 2¹⁰ bytes.
    package static func megabytes(_ bytes: Int64) -> String {
        if bytes < 104_858 { return bytes < 1024 ? "\(bytes) B" : "\((bytes + 512) / 1024) kB" }
        let tenths = (bytes * 10 + 524_288) / 1_048_576
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    /// A number with a noun in singular or plural: `1 wheel`, `2 wheels`.
    package static func text(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
}
