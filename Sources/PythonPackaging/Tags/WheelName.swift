/// The file name of a wheel: distribution, version, build and tags (PEP 427, "File name convention").
package struct WheelName: Hashable, Sendable {
    /// The distribution.
    package let name: PackageName
    /// The version.
    package let version: Version
    /// The build tag as written, `nil` for none.
    package let build: String?
    /// The tags, those of compressed sets one by one.
    package let tags: [WheelTag]
    /// The whole file name.
    package let fileName: String

    /// Why a file name is none of a wheel.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        case missingSuffix(String)
        /// It is longer than a name in a file system may be.
        case tooLong(String)
        /// It leads into another folder.
        case separator(String)
        /// It has not five or six parts.
        case wrongParts(String)
        case name(String, PackageName.ParseError)
        case version(String, Version.ParseError)
        /// The build tag does not begin with a digit.
        case build(String)

        package var description: String {
            switch self {
            case .missingSuffix(let file): "'\(file)' does not end in .whl"
            case .tooLong(let file): "'\(file.prefix(80))…' is longer than a file's name may be"
            case .separator(let file): "'\(file)' is no name of a file: it holds a separator of folders"
            case .wrongParts(let file): "'\(file)' has not the parts name-version-python-abi-platform of a wheel"
            case .name(let file, let cause): "wheel '\(file)': \(cause)"
            case .version(let file, let cause): "wheel '\(file)': \(cause)"
            case .build(let file): "wheel '\(file)': its build tag begins with no digit"
            }
        }
    }

    /// Reads a file name without folders.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        fileName = String(text)
        guard fileName.hasSuffix(".whl") else { throw .missingSuffix(fileName) }
        // Its tags are as many as the product of what its last three parts list, whoever wrote them.
        guard fileName.utf8.count <= maximumNameLength else { throw .tooLong(fileName) }
        // Indexes give such names, and files are stored under them.
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
            // A '-' of the version is written '_' in file names.
            version = try Version(parsing: parts[1].replacing("_", with: "-"))
        } catch {
            throw .version(fileName, error)
        }
        build = parts.count == 6 ? String(parts[2]) : nil
        if let build, build.utf8.first.map(ASCII.isDigit) != true { throw .build(fileName) }
    }

    /// The build tag as it is ordered: its number, then its text; no tag stands below every tag.
    package var buildKey: (number: Int, text: String) {
        guard let build else { return (-1, "") }
        let digits = build.prefix { $0.isASCII && $0.isNumber }
        return (Int(digits) ?? Int.max, String(build.dropFirst(digits.count)))
    }

    /// The rank of the wheel among supported tags, 0 for the best, `nil` where it does not fit.
    package func rank(in supported: SupportedTags) -> Int? { supported.rank(of: tags) }

    /// The best of some wheels for supported tags: the highest version, then the best tag, then the highest build.
    ///
    /// - Returns: The place of the best wheel, `nil` where none fits.
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

/// The longest name of a file in bytes, on nearly every file system (`NAME_MAX`).
private let maximumNameLength = 255

/// The file name of a source distribution: `name-version.tar.gz` or an older form of it (PEP 625).
package struct SourceDistributionName: Hashable, Sendable {
    /// The distribution.
    package let name: PackageName
    /// The version.
    package let version: Version

    /// Reads a file name; `nil` where it is none of a source distribution.
    ///
    /// Names from before PEP 625 may hold `-`, so the version is what follows the last `-` that leaves one.
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
