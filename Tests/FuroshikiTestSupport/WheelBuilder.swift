package import HostSystem

/// Builds valid wheels from file contents.
package struct WheelBuilder: Sendable {
    /// The name of the distribution, with `_` instead of `-`.
    package var name: String
    /// The version of the distribution.
    package var version: String
    /// The tags of the file name.
    package var tag = "py3-none-any"
    /// The requirements of the distribution.
    package var dependencies: [String] = []
    /// Further lines of `METADATA`.
    package var metadata: [String] = []
    /// The files, with their paths in the wheel.
    package var files: [(path: String, content: [UInt8])]
    /// The lines of `entry_points.txt` below `[console_scripts]`.
    package var consoleScripts: [String] = []

    /// Creates a wheel with one module.
    package init(_ name: String, _ version: String, tag: String = "py3-none-any", dependencies: [String] = []) {
        self.name = name
        self.version = version
        self.tag = tag
        self.dependencies = dependencies
        files = [("\(name)/__init__.py", Array("version = '\(version)'\n".utf8))]
    }

    /// The name of the wheel's file.
    package var fileName: String { "\(name)-\(version)-\(tag).whl" }

    /// Returns the bytes of the wheel.
    package func bytes() -> [UInt8] {
        let folder = "\(name)-\(version).dist-info"
        var metadata = "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n"
        for dependency in dependencies { metadata += "Requires-Dist: \(dependency)\n" }
        metadata += self.metadata.map { $0 + "\n" }.joined()
        let isPure = tag.hasSuffix("-any")
        let parts = tag.split(separator: "-")
        var wheel = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: \(isPure)\n"
        for python in parts[0].split(separator: ".") { wheel += "Tag: \(python)-\(parts[1])-\(parts[2])\n" }
        var all = files
        all.append(("\(folder)/METADATA", Array(metadata.utf8)))
        all.append(("\(folder)/WHEEL", Array(wheel.utf8)))
        if !consoleScripts.isEmpty {
            let text = "[console_scripts]\n" + consoleScripts.map { $0 + "\n" }.joined()
            all.append(("\(folder)/entry_points.txt", Array(text.utf8)))
        }
        var record = all.map { file in
            "\(file.path),sha256=\(SHA256.digest(of: file.content).base64URL),\(file.content.count)\n"
        }
        record.append("\(folder)/RECORD,,\n")
        all.append(("\(folder)/RECORD", Array(record.joined().utf8)))
        return StoredZip.bytes(of: all)
    }

    /// Writes the wheel into a directory, under its file name.
    @discardableResult
    package func write(to folder: LocalPath) throws -> LocalPath {
        try LiveFileSystem().createDirectory(folder)
        try LiveFileSystem().write(bytes(), to: folder / fileName)
        return folder / fileName
    }
}

/// Writes zip files without compression, independently of the code under test.
package enum StoredZip {
    /// Returns the bytes of a zip file with the given files, in the same order.
    package static func bytes(of files: [(path: String, content: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let name = Array(file.path.utf8)
            let common =
                little(0, 2) + little(0, 2) + little(0, 2) + little(0x21, 2) + little(checksum(file.content), 4)
                + little(file.content.count, 4) + little(file.content.count, 4) + little(name.count, 2) + little(0, 2)
            directory += little(0x0201_4b50, 4) + little(0x0314, 2) + little(20, 2) + common
            directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0o100644 << 16, 4)
            directory += little(archive.count, 4) + name
            archive += little(0x0403_4b50, 4) + little(20, 2) + common + name + file.content
        }
        let end =
            little(0x0605_4b50, 4) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
            + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
        return archive + directory + end
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// The CRC-32 of zip files (APPNOTE 4.4.7), calculated bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var value: UInt32 = 0xffff_ffff
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
        }
        return Int(~value)
    }
}
