import Diagnostics
import HostSystem
import PythonPackaging

/// Parses one requirement of a requirements file, or of another source with the same syntax.
struct RequirementParser {
    /// The directories in which relative paths are looked up, in this order.
    let folders: [LocalPath]
    /// Whether a path exists.
    let exists: (LocalPath) -> Bool

    /// The reasons why a requirement is invalid.
    enum ParseError: Error, Hashable {
        case requirement(Requirement.ParseError)
        case marker(Marker.ParseError)
        case extras(PackageName.ParseError)
        case missingPath(String)

        /// The code of a diagnostic that reports the error.
        var code: DiagnosticCode {
            if case .missingPath = self { .missingLocalDistribution } else { .invalidRequirement }
        }

        /// The number of bytes before the error; 0 if it is not known.
        var offset: Int {
            if case .requirement(let cause) = self { cause.errorOffset } else { 0 }
        }

        /// The facts that explain the error.
        var notes: [String] {
            guard case .missingPath = self else { return [] }
            return ["paths are relative to the service's directory, or to the directory of the file that contains them"]
        }

        /// The instructions that solve the problem.
        var help: [String] {
            if case .missingPath = self { return ["restore the file or directory, or correct the path"] }
            guard case .requirement(let cause) = self else { return [] }
            switch cause.reason {
            case .versions(.missingOperator(let text)) where text.hasPrefix("="):
                return ["write '==' before an exact version"]
            case .marker(let marker):
                guard case .unknownVariable(let name) = marker.reason else { return [] }
                let names = Marker.Variable.allCases.map(\.rawValue)
                return NearestNames.help(for: name, among: names)
            default: return []
            }
        }

        var description: String {
            switch self {
            case .requirement(let cause): "\(cause)"
            case .marker(let cause): "\(cause)"
            case .extras(let cause): "\(cause)"
            case .missingPath(let path): "cannot find '\(path)': no such file or directory"
            }
        }
    }

    /// Parses a requirement in any of pip's forms: a name, an address, or a path.
    ///
    /// - Parameters:
    ///   - text: The requirement without options.
    ///   - isEditable: Whether the requirement follows `-e`, so that a single name is a path.
    /// - Returns: The distribution that is required.
    /// - Throws: An error if the requirement is invalid, or its path does not exist.
    func subject(of text: String, isEditable: Bool = false) throws(ParseError) -> RequirementEntry.Subject {
        if let scheme = Self.scheme(of: text) { return try address(text, scheme: scheme) }
        if isEditable || looksLikePath(text) { return try path(text) }
        let requirement: Requirement
        do {
            requirement = try Requirement(parsing: text)
        } catch {
            throw .requirement(error)
        }
        return try Self.named(requirement, folders: folders, exists: exists)
    }

    /// The subject of a named requirement; it is local if its address is a `file:` address.
    private static func named(
        _ requirement: Requirement,
        folders: [LocalPath],
        exists: (LocalPath) -> Bool
    ) throws(ParseError) -> RequirementEntry.Subject {
        guard let address = requirement.address, address.hasPrefix("file:") else { return .named(requirement) }
        let path = try localPath(ofFileAddress: address, folders: folders, exists: exists)
        return .local(path, name: requirement.name, extras: requirement.extras, marker: requirement.marker)
    }

    /// The subject of an address without a name, which its `egg` fragment or its file name may give.
    private func address(_ text: String, scheme: String) throws(ParseError) -> RequirementEntry.Subject {
        let (front, marker) = try Self.splitMarker(text, separator: " ;")
        let parts = front.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var fragments = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
        var (name, extras): (PackageName?, [PackageName]) = (nil, [])
        var address = String(parts[0])
        if let position = fragments.firstIndex(where: { $0.hasPrefix("egg=") }) {
            (name, extras) = try Self.egg(String(fragments.remove(at: position).dropFirst(4)))
        } else if address.hasSuffix("]"), let bracket = address.lastIndex(of: "[") {
            extras = try Self.extras(address[address.index(after: bracket)...].dropLast())
            address = String(address[..<bracket])
        }
        if scheme == "file" {
            let path = try Self.localPath(ofFileAddress: address, folders: folders, exists: exists)
            return .local(path, name: name, extras: extras, marker: marker)
        }
        let whole = fragments.isEmpty ? address : address + "#" + fragments.joined(separator: "&")
        guard let name = name ?? Self.name(ofArchive: address) else {
            return .address(whole, extras: extras, marker: marker)
        }
        return .named(Requirement(name, extras: extras, address: whole, marker: marker))
    }

    private func path(_ text: String) throws(ParseError) -> RequirementEntry.Subject {
        var (front, marker) = try Self.splitMarker(text, separator: ";")
        var name: PackageName?
        if let fragment = front.firstIndex(of: "#") {
            for part in front[front.index(after: fragment)...].split(separator: "&") where part.hasPrefix("egg=") {
                name = try Self.egg(String(part.dropFirst(4))).0
            }
            front = String(front[..<fragment])
        }
        var extras: [PackageName] = []
        if front.hasSuffix("]"), let bracket = front.lastIndex(of: "[") {
            extras = try Self.extras(front[front.index(after: bracket)...].dropLast())
            front = String(front[..<bracket])
        }
        guard let path = folders.map({ $0 / front }).first(where: exists) else { throw .missingPath(front) }
        return .local(path, name: name ?? Self.name(ofArchive: front), extras: extras, marker: marker)
    }

    /// Whether a requirement is a path: it contains a slash, starts with a dot, or is the name of an existing archive;
    /// but `name @ address` is not a path.
    private func looksLikePath(_ text: String) -> Bool {
        let front = text.prefix { $0 != ";" }
        if let at = front.firstIndex(of: "@"), !front[..<at].contains("/"), !front.hasPrefix(".") { return false }
        if front.hasPrefix(".") || front.contains("/") { return true }
        let file = front.trimmingBlanks
        let isArchive = [".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"].contains(where: file.hasSuffix)
        return isArchive && folders.contains { exists($0 / file) }
    }

    /// The scheme of an address, such as `git+https`; `nil` if the string is not an address.
    private static func scheme(of text: String) -> String? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon].lowercased()
        let isKnown =
            ["http", "https", "ftp", "file"].contains(scheme)
            || ["git+", "hg+", "svn+", "bzr+"].contains(where: scheme.hasPrefix)
        return isKnown ? scheme : nil
    }

    private static func splitMarker(_ text: String, separator: String) throws(ParseError) -> (String, Marker?) {
        guard let range = text.firstRange(of: separator) else { return (text.trimmingBlanks, nil) }
        do {
            return (text[..<range.lowerBound].trimmingBlanks, try Marker(parsing: text[range.upperBound...]))
        } catch {
            throw .marker(error)
        }
    }

    /// The name and extras of `egg=name[extra]`; a version after the name, as in old files, is ignored.
    private static func egg(_ text: String) throws(ParseError) -> (PackageName?, [PackageName]) {
        let decoded = PercentCoding.decode(text)
        if let requirement = try? Requirement(parsing: decoded) { return (requirement.name, requirement.extras) }
        do {
            return (try PackageName(parsing: decoded.prefix { $0 != "[" }), [])
        } catch {
            throw .extras(error)
        }
    }

    private static func extras(_ text: some StringProtocol) throws(ParseError) -> [PackageName] {
        var result: [PackageName] = []
        for item in text.split(separator: ",") {
            do {
                result.append(try PackageName(parsing: item.trimmingBlanks))
            } catch {
                throw .extras(error)
            }
        }
        return result
    }

    /// The name of the distribution in the file name of an archive; `nil` if it has none.
    static func name(ofArchive address: String) -> PackageName? {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let file = PercentCoding.decode(String(path.split(separator: "/").last ?? ""))
        return (try? WheelName(parsing: file))?.name ?? SourceDistributionName(parsing: file)?.name
    }

    /// The local path of a `file:` address.
    private static func localPath(
        ofFileAddress address: String,
        folders: [LocalPath],
        exists: (LocalPath) -> Bool
    ) throws(ParseError) -> LocalPath {
        var path = address.dropFirst("file:".count).prefix { $0 != "#" && $0 != "?" }
        if path.hasPrefix("//") {
            path = path.dropFirst(2)
            if path.hasPrefix("localhost/") { path = path.dropFirst("localhost".count) }
        }
        let decoded = PercentCoding.decode(String(path))
        guard let found = folders.map({ $0 / decoded }).first(where: exists) else { throw .missingPath(decoded) }
        return found
    }
}
