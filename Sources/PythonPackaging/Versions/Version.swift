/// A version of a distribution, as specified by PEP 440.
///
/// Versions are compared as in the specification, so `1.0` and `1.0.0` are equal. See
/// <https://packaging.python.org/en/latest/specifications/version-specifiers/>.
package struct Version: Sendable {
    /// The phase of a pre-release.
    package enum Phase: Int, Hashable, Sendable, Comparable {
        case alpha, beta, candidate

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        /// The letters in normalized versions.
        package var letters: String {
            switch self {
            case .alpha: "a"
            case .beta: "b"
            case .candidate: "rc"
            }
        }
    }

    /// The pre-release segment of a version, such as `rc1`.
    package struct PreRelease: Hashable, Sendable, Comparable {
        /// The phase, such as alpha.
        package var phase: Phase
        /// The number within the phase.
        package var number: Int

        package static func < (left: Self, right: Self) -> Bool {
            (left.phase, left.number) < (right.phase, right.number)
        }
    }

    /// A part of the local version label; numbers sort after letters.
    package enum LocalPart: Hashable, Sendable, Comparable {
        case letters(String)
        case number(Int)

        package static func < (left: Self, right: Self) -> Bool {
            switch (left, right) {
            case (.letters(let left), .letters(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
            case (.number(let left), .number(let right)): left < right
            case (.letters, .number): true
            case (.number, .letters): false
            }
        }
    }

    /// The epoch, 0 by default.
    package var epoch = 0
    /// The release numbers, at least one, including trailing zeros.
    package var release: [Int]
    /// The pre-release segment, or `nil` for none.
    package var preRelease: PreRelease?
    /// The number of the post-release, or `nil` for none.
    package var post: Int?
    /// The number of the development release, or `nil` for none.
    package var dev: Int?
    /// The parts of the local version label; empty for none.
    package var local: [LocalPart] = []

    /// Creates a version that only has release numbers.
    package init(release: [Int]) {
        precondition(!release.isEmpty, "a version has at least one number")
        self.release = release
    }

    /// Whether the version is a pre-release or a development release.
    package var isPreRelease: Bool { preRelease != nil || dev != nil }

    /// Whether the version is a post-release.
    package var isPostRelease: Bool { post != nil }

    /// The version without its local label.
    package var publicVersion: Version {
        var result = self
        result.local = []
        return result
    }

    /// The version with only its epoch and release numbers.
    package var baseVersion: Version {
        var result = Version(release: release)
        result.epoch = epoch
        return result
    }

    /// A release number by index, 0 if the version has fewer numbers.
    package func releaseNumber(_ index: Int) -> Int { index < release.count ? release[index] : 0 }

    /// The release numbers without trailing zeros, at least one.
    package var trimmedRelease: ArraySlice<Int> {
        var trimmed = release[...]
        while trimmed.count > 1, trimmed.last == 0 { trimmed.removeLast() }
        return trimmed
    }
}

extension Version: Hashable, Comparable {
    package static func == (left: Self, right: Self) -> Bool {
        left.epoch == right.epoch && left.trimmedRelease == right.trimmedRelease
            && left.preRelease == right.preRelease && left.post == right.post && left.dev == right.dev
            && left.local == right.local
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(epoch)
        hasher.combine(trimmedRelease)
        hasher.combine(preRelease)
        hasher.combine(post)
        hasher.combine(dev)
        hasher.combine(local)
    }

    package static func < (left: Self, right: Self) -> Bool {
        if left.epoch != right.epoch { return left.epoch < right.epoch }
        let (leftRelease, rightRelease) = (left.trimmedRelease, right.trimmedRelease)
        if leftRelease != rightRelease { return leftRelease.lexicographicallyPrecedes(rightRelease) }
        if left.phaseKey != right.phaseKey { return left.phaseKey < right.phaseKey }
        if left.post != right.post { return (left.post ?? -1) < (right.post ?? -1) }
        if left.dev != right.dev { return (left.dev ?? .max) < (right.dev ?? .max) }
        return left.local.lexicographicallyPrecedes(right.local)
    }

    /// The first sort key of versions with the same release numbers.
    ///
    /// Development releases come first, then pre-releases, then the release and its post-releases.
    private var phaseKey: (Int, Int) {
        if let preRelease { return (preRelease.phase.rawValue, preRelease.number) }
        return post == nil && dev != nil ? (-1, 0) : (Phase.candidate.rawValue + 1, 0)
    }
}

extension Version: CustomStringConvertible {
    /// The normalized version, including trailing zeros of the release.
    package var description: String {
        var text = epoch == 0 ? "" : "\(epoch)!"
        text += release.map(String.init).joined(separator: ".")
        if let preRelease { text += "\(preRelease.phase.letters)\(preRelease.number)" }
        if let post { text += ".post\(post)" }
        if let dev { text += ".dev\(dev)" }
        if !local.isEmpty {
            let parts = local.map { part in
                switch part {
                case .letters(let letters): letters
                case .number(let number): String(number)
                }
            }
            text += "+" + parts.joined(separator: ".")
        }
        return text
    }
}
