/// The core metadata of a distribution: its `METADATA` or `PKG-INFO` file.
///
/// See <https://packaging.python.org/en/latest/specifications/core-metadata/>.
package struct DistributionMetadata: Hashable, Sendable {
    /// The distribution.
    package let name: PackageName
    /// Its version.
    package let version: Version
    /// The Python versions that it is for, empty for any.
    package let requiresPython: VersionSpecifierSet
    /// What it needs; markers may ask for its extras.
    package let requirements: [Requirement]
    /// The extras that it has.
    package let extras: [PackageName]

    /// Why a text is no metadata.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// A field that must be there is missing.
        case missing(String)
        case name(PackageName.ParseError)
        case version(Version.ParseError)
        case requiresPython(VersionSpecifier.ParseError)
        case requirement(Requirement.ParseError)

        package var description: String {
            switch self {
            case .missing(let field): "metadata has no field '\(field)'"
            case .name(let cause): "metadata: \(cause)"
            case .version(let cause): "metadata: \(cause)"
            case .requiresPython(let cause): "metadata: Requires-Python: \(cause)"
            case .requirement(let cause): "metadata: Requires-Dist: \(cause)"
            }
        }
    }

    /// Reads the fields; the description that may follow them is left alone.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        let fields = Self.fields(of: text)
        func first(_ name: String) throws(ParseError) -> String {
            guard let value = fields.first(where: { $0.name == name })?.value else { throw .missing(name) }
            return value
        }
        let nameText = try first("name")
        let versionText = try first("version")
        do { name = try PackageName(parsing: nameText) } catch { throw .name(error) }
        do { version = try Version(parsing: versionText) } catch { throw .version(error) }
        let python = fields.first { $0.name == "requires-python" }?.value ?? ""
        do { requiresPython = try VersionSpecifierSet(parsing: python) } catch { throw .requiresPython(error) }
        var requirements: [Requirement] = []
        var extras: [PackageName] = []
        for field in fields {
            switch field.name {
            case "requires-dist":
                do { requirements.append(try Requirement(parsing: field.value)) } catch { throw .requirement(error) }
            case "provides-extra":
                do { extras.append(try PackageName(parsing: field.value)) } catch { throw .name(error) }
            default: break
            }
        }
        self.requirements = requirements
        self.extras = extras
    }

    /// The header fields until the first empty line, names in lower case, folded lines joined (RFC 5322).
    private static func fields(of text: some StringProtocol) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.isEmpty { break }
            if let first = line.utf8.first, ASCII.isBlank(first), let last = result.indices.last {
                result[last].value += " " + ASCII.trimmed(String(line))
            } else if let colon = line.firstIndex(of: ":") {
                let value = ASCII.trimmed(String(line[line.index(after: colon)...]))
                result.append((line[..<colon].lowercased(), value))
            }
        }
        return result
    }
}
