/// The file name of a wheel: distribution, version, build and tags (PEP 427, "File name convention").
package struct WheelName: Hashable, Sendable {
    /// The name of the distribution.
    package let name: PackageName
    /// The version of the distribution.
    package let version: Version
    /// The build tag, or `nil` for none.
    package let build: String?
    /// The compatibility tags; compressed tag sets are expanded.
    package let tags: [WheelTag]
    /// The complete file name.
    package let fileName: String

    /// An error in the file name of a wheel.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        case missingSuffix(String)
        /// The name exceeds the limit of file systems.
        case tooLong(String)
        /// The name contains a path separator or NUL.
        case separator(String)
        /// The name does not have five or six parts.
        case wrongParts(String)
        case name(String, PackageName.ParseError)
        case version(String, Version.ParseError)
        /// The build tag does not start with a digit.
        case build(String)

        package var description: String {
            switch self {
            case .missingSuffix(let file): "invalid wheel name '\(file)': it does not end in '.whl'"
            case .tooLong(let file):
                "invalid wheel name '\(file.prefix(80))…': it is longer than \(maximumNameLength) bytes"
            case .separator(let file): "invalid wheel name '\(file)': it contains a path separator"
            case .wrongParts(let file): "invalid wheel name '\(file)': expected name-version-python-abi-platform.whl"
            case .name(let file, let cause): "invalid wheel name '\(file)': \(cause)"
            case .version(let file, let cause): "invalid wheel name '\(file)': \(cause)"
            case .build(let file): "invalid wheel name '\(file)': the build tag does not start with a digit"
            }
        }
    }

    /// Parses a file name without directories.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        fileName = String(text)
        guard fileName.hasSuffix(".whl") else { throw .missingSuffix(fileName) }
        // The number of tags is the product of the lengths of the last three parts, so it has to be limited.
        guard fileName.utf8.count <= maximumNameLength else { throw .tooLong(fileName) }
        // The names come from indexes, and are used as file names in the cache.
        guard !fileName.utf8.contains(where: { #"/\"#.utf8.contains($0) || $0 == 0 }) else {
            throw .separator(fileName)
        }
        let parts = fileName.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 5 || parts.count == 6,
            let tags = WheelTag.expand(parts.suffix(3).joined(separator: "-"))
        else { throw .wrongParts(fileName) }
        self.tags = tags
        do {
            name = try PackageName(parsing: parts[0])
        } catch {
            throw .name(fileName, error)
        }
        do {
            // In file names, a '-' in the version is written as '_'.
            version = try Version(parsing: parts[1].replacing("_", with: "-"))
        } catch {
            throw .version(fileName, error)
        }
        build = parts.count == 6 ? String(parts[2]) : nil
        if let build, build.utf8.first.map(ASCII.isDigit) != true { throw .build(fileName) }
    }

    /// The sort key of the build tag: its number, then the rest; wheels without a build tag sort first.
    package var buildKey: (number: Int, text: String) {
        guard let build else { return (-1, "") }
        let digits = build.prefix { $0.isASCII && $0.isNumber }
        return (Int(digits) ?? Int.max, String(build.dropFirst(digits.count)))
    }

    /// The rank of the wheel in the supported tags, 0 for the best, or `nil` if it is not compatible.
    package func rank(in supported: SupportedTags) -> Int? { supported.rank(of: tags) }

    /// Chooses the wheel with the highest version, then the best tag, then the highest build.
    ///
    /// - Returns: The index of the best wheel, or `nil` if none is compatible.
    package static func best(of wheels: [WheelName], for supported: SupportedTags) -> Int? {
        var best: (index: Int, rank: Int)?
        for (index, wheel) in wheels.enumerated() {
            guard let rank = wheel.rank(in: supported) else { continue }
            guard let known = best else {
                best = (index, rank)
                continue
            }
            let other = wheels[known.index]
            let isBetter =
                wheel.version != other.version
                ? wheel.version > other.version
                : rank != known.rank ? rank < known.rank : wheel.buildKey > other.buildKey
            if isBetter { best = (index, rank) }
        }
        return best?.index
    }
}

/// The maximum length of a file name in bytes on most file systems (`NAME_MAX`).
private let maximumNameLength = 255

/// The file name of a source distribution, such as `name-version.tar.gz` (PEP 625).
package struct SourceDistributionName: Hashable, Sendable {
    /// The name of the distribution.
    package let name: PackageName
    /// The version of the distribution.
    package let version: Version

    /// Parses a file name; returns `nil` if it is not the name of a source distribution.
    ///
    /// Before PEP 625, names could contain `-`, so the version starts after the last `-` that is followed by one.
    package init?(parsing text: some StringProtocol) {
        let file = String(text)
        guard file.utf8.count <= maximumNameLength else { return nil }
        guard let suffix = [".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz"].first(where: file.hasSuffix) else {
            return nil
        }
        let stem = file.dropLast(suffix.count)
        var end = stem.endIndex
        while let dash = stem[..<end].lastIndex(of: "-") {
            if let version = try? Version(parsing: stem[stem.index(after: dash)...]),
                let name = try? PackageName(parsing: stem[..<dash])
            {
                self.name = name
                self.version = version
                return
            }
            end = dash
        }
        return nil
    }
}
