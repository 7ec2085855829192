import HostSystem

/// Builds wheels from zip entries, and adds `WHEEL`, `METADATA` and `RECORD`.
package struct WheelFixture: Sendable {
    /// The name of the distribution, as in the file name.
    package var name: String
    /// The version of the distribution.
    package var version: String
    /// The tags of the file name.
    package var tag: String
    /// The entries before the metadata.
    package var entries: [ZipBuilder.Entry]
    /// The content of `entry_points.txt`, or `nil` for no such file.
    package var entryPoints: String?
    /// Lines of `RECORD` that replace the correct ones, by path; an empty string omits the file.
    package var recordLines: [String: String] = [:]

    /// Creates a wheel with some files.
    package init(
        _ name: String,
        version: String = "1.0",
        tag: String = "py3-none-any",
        _ entries: [ZipBuilder.Entry]
    ) {
        self.name = name
        self.version = version
        self.tag = tag
        self.entries = entries
    }

    /// The file name of the wheel.
    package var fileName: String { "\(name)-\(version)-\(tag).whl" }

    /// Returns the bytes of the wheel.
    package func build() -> [UInt8] {
        let folder = "\(name)-\(version).dist-info"
        var all = entries.map { $0.data.isEmpty || $0.mode & 0o170000 != 0o100000 ? $0 : $0.deflated() }
        all.append(.init("\(folder)/METADATA", "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n"))
        let isPure = tag.hasSuffix("-any")
        all.append(.init("\(folder)/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: \(isPure)\nTag: \(tag)\n"))
        if let entryPoints { all.append(.init("\(folder)/entry_points.txt", entryPoints)) }
        let metadata = Array(all[entries.count...])
        var record = ""
        for entry in entries + metadata where entry.mode & 0o170000 == 0o100000 {
            let path = String(decoding: entry.name, as: UTF8.self)
            let digest = SHA256.digest(of: entry.data).base64URL
            let line = recordLines[path] ?? "\(path),sha256=\(digest),\(entry.data.count)"
            record += line.isEmpty ? "" : line + "\n"
        }
        all.append(.init("\(folder)/RECORD", record + "\(folder)/RECORD,,\n"))
        return ZipBuilder(all).build()
    }
}
