/// The instruction set that a function runs on.
package enum Architecture: String, Hashable, Sendable, CaseIterable, Comparable {
    case x86_64
    case arm64

    /// The name of the architecture in wheel tags and in the output of `uname -m`.
    package var machine: String {
        switch self {
        case .x86_64: "x86_64"
        case .arm64: "aarch64"
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        // Lambda's default comes first in all lists of targets.
        left == .x86_64 && right == .arm64
    }
}

extension Architecture: CustomStringConvertible {
    package var description: String { rawValue }
}
