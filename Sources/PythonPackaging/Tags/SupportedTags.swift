/// The compatibility tags that an interpreter supports, best first.
///
/// See <https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/>.
package struct SupportedTags: Hashable, Sendable {
    /// The supported tags, best first.
    package let tags: [WheelTag]
    private let ranks: [WheelTag: Int]

    /// Creates a list of tags, best first; duplicates are ignored.
    package init(_ tags: [WheelTag]) {
        var unique: [WheelTag] = []
        var ranks: [WheelTag: Int] = [:]
        for tag in tags where ranks[tag] == nil {
            ranks[tag] = unique.count
            unique.append(tag)
        }
        self.tags = unique
        self.ranks = ranks
    }

    /// Creates the tags of CPython on Linux with the GNU C library.
    ///
    /// - Parameters:
    ///   - major: The major version of Python, 2 or 3.
    ///   - minor: The minor version of Python.
    ///   - glibcMinor: The minor version N of glibc 2.N.
    ///   - machine: The architecture, as printed by `uname -m`.
    package init(pythonMajor major: Int, minor: Int, glibcMinor: Int, machine: String) {
        let platforms = Self.linuxPlatforms(glibcMinor: glibcMinor, machine: machine)
        let interpreter = "cp\(major)\(minor)"
        // Until 3.7, ABI names include the memory allocator, and in 2.7 also the width of characters.
        let abi = major < 3 ? interpreter + "mu" : minor < 8 && major == 3 ? interpreter + "m" : interpreter
        var result: [WheelTag] = []
        result += platforms.map { WheelTag(python: interpreter, abi: abi, platform: $0) }
        let hasStableInterface = major == 3 && minor >= 2
        if hasStableInterface {
            result += platforms.map { WheelTag(python: interpreter, abi: "abi3", platform: $0) }
        }
        result += platforms.map { WheelTag(python: interpreter, abi: "none", platform: $0) }
        if hasStableInterface {
            for older in stride(from: minor - 1, to: 1, by: -1) {
                result += platforms.map { WheelTag(python: "cp\(major)\(older)", abi: "abi3", platform: $0) }
            }
        }
        let generic = ["py\(major)\(minor)", "py\(major)"] + (0..<minor).reversed().map { "py\(major)\($0)" }
        for python in generic {
            result += platforms.map { WheelTag(python: python, abi: "none", platform: $0) }
        }
        result.append(WheelTag(python: interpreter, abi: "none", platform: "any"))
        result += generic.map { WheelTag(python: $0, abi: "none", platform: "any") }
        self.init(result)
    }

    /// The rank of a tag, 0 for the best, or `nil` if it is not supported.
    package func rank(of tag: WheelTag) -> Int? { ranks[tag] }

    /// The best rank of several tags, or `nil` if none of them is supported.
    package func rank(of tags: some Sequence<WheelTag>) -> Int? { tags.compactMap { ranks[$0] }.min() }

    /// The platform tags, newest glibc first, including the older aliases of three of them (PEP 513, 571, 599, 600).
    private static func linuxPlatforms(glibcMinor: Int, machine: String) -> [String] {
        let oldest = machine == "x86_64" || machine == "i686" ? 5 : 17
        let aliases = [17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"]
        var result: [String] = []
        for minor in stride(from: glibcMinor, through: oldest, by: -1) {
            result.append("manylinux_2_\(minor)_\(machine)")
            if let alias = aliases[minor] { result.append("\(alias)_\(machine)") }
        }
        return result + ["linux_\(machine)"]
    }
}
