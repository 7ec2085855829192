/// The tags of wheels that an interpreter takes, best first.
///
/// See <https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/>.
package struct SupportedTags: Hashable, Sendable {
    /// The tags, best first.
    package let tags: [WheelTag]
    private let ranks: [WheelTag: Int]

    /// Makes a set of tags in their order.
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

    /// The tags of CPython on a Linux with the GNU C library.
    ///
    /// - Parameters:
    ///   - major: The major version of Python, 2 or 3.
    ///   - minor: The minor version of Python.
    ///   - glibcMinor: The N of glibc 2.N.
    ///   - machine: The machine as `uname -m` names it.
    package init(pythonMajor major: Int, minor: Int, glibcMinor: Int, machine: String) {
        let platforms = Self.linuxPlatforms(glibcMinor: glibcMinor, machine: machine)
        let interpreter = "cp\(major)\(minor)"
        // Until 3.7 the names of binary interfaces told of the memory allocator, in 2.7 also of wide characters.
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

    /// The place of a tag, 0 for the best, `nil` where it is not supported.
    package func rank(of tag: WheelTag) -> Int? { ranks[tag] }

    /// The best place of several tags, `nil` where none is supported.
    package func rank(of tags: some Sequence<WheelTag>) -> Int? { tags.compactMap { ranks[$0] }.min() }

    /// Platform tags, newest glibc first, with the older names of three of them (PEP 513, 571, 599, 600).
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
