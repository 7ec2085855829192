import HostSystem
import PythonPackaging

extension RequirementEntry {
    /// The entry as a line of a requirements file that means the same in every directory.
    ///
    /// The addresses may contain credentials, so the line is for the input of a program and never for a log.
    ///
    /// - Parameter withHashes: Whether the line includes the hashes.
    /// - Returns: One line without a line break.
    package func line(withHashes: Bool = false) -> String {
        var text: String
        switch subject {
        case .named(let requirement): text = requirement.description
        case .address(let address, let extras, let marker):
            text = address + Self.extras(extras) + Self.condition(marker)
        case .local(let path, let name, let extras, let marker):
            let address = "file://" + PercentCoding.encode(path.string, allowing: "/")
            if let name {
                text = name.written + Self.extras(extras) + " @ " + address + Self.condition(marker)
            } else {
                text = address + Self.extras(extras) + Self.condition(marker)
            }
        }
        if withHashes { for hash in hashes { text += " --hash=\(hash)" } }
        return text
    }

    /// Whether the entry requires the distribution that comes from a given source, by path or address.
    package func isFor(_ source: LockedPackage.Source) -> Bool {
        switch (subject, source) {
        case (.local(let path, _, _, _), .local(let other)): path == other
        case (.address(let address, _, _), .archive(let other, _)):
            address.prefix { $0 != "#" } == other.prefix { $0 != "#" }
        case (.address(let address, _, _), .repository(let other, _, _)): address.hasPrefix(other)
        default: false
        }
    }

    private static func extras(_ extras: [PackageName]) -> String {
        extras.isEmpty ? "" : "[\(extras.map(\.written).joined(separator: ","))]"
    }

    private static func condition(_ marker: Marker?) -> String { marker.map { " ; \($0)" } ?? "" }
}
