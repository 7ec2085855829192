/// A compatibility tag of a wheel, such as `cp311-cp311-manylinux_2_17_x86_64` (PEP 425).
package struct WheelTag: Hashable, Sendable {
    /// The Python implementation and version, such as `cp311` or `py3`.
    package let python: String
    /// The ABI, such as `cp311`, `abi3` or `none`.
    package let abi: String
    /// The platform, such as `manylinux_2_17_x86_64` or `any`.
    package let platform: String

    /// Creates a tag from its parts, in lower case.
    package init(python: String, abi: String, platform: String) {
        self.python = python
        self.abi = abi
        self.platform = platform
    }

    /// Expands a compressed tag set such as `py2.py3-none-any`; returns `nil` if it does not have three parts.
    package static func expand(_ compressed: some StringProtocol) -> [WheelTag]? {
        let parts = compressed.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts.contains(where: \.isEmpty) else { return nil }
        var result: [WheelTag] = []
        for python in parts[0].split(separator: ".") {
            for abi in parts[1].split(separator: ".") {
                for platform in parts[2].split(separator: ".") {
                    result.append(
                        WheelTag(python: String(python), abi: String(abi), platform: String(platform))
                    )
                }
            }
        }
        return result
    }
}

extension WheelTag: CustomStringConvertible {
    package var description: String { "\(python)-\(abi)-\(platform)" }
}
