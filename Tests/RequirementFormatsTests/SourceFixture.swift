import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

/// The directory of a service with a few files, in a temporary directory.
struct SourceFixture {
    let folder: LocalPath
    var options = RequirementSourceOptions()

    /// Writes the files, runs the body, and removes the files.
    static func with<Result>(
        _ files: [String: String],
        options: RequirementSourceOptions = RequirementSourceOptions(),
        _ body: (SourceFixture) throws -> Result
    ) throws -> Result {
        let system = LiveFileSystem()
        let root = LocalPath("/tmp") / "furoshiki-sources-\(UInt64.random(in: 0 ... .max))"
        defer { try? system.remove(root) }
        for (name, text) in files {
            try system.createDirectory((root / name).parent)
            try system.write(Array(text.utf8), to: root / name, options: FileWriteOptions())
        }
        return try body(SourceFixture(folder: root, options: options))
    }

    var reader: RequirementSourceReader {
        RequirementSourceReader(files: LiveFileSystem(), serviceFolder: folder, options: options)
    }

    func read(module: String? = nil) throws -> RequirementSet {
        let origin = try #require(try reader.locate(module: module))
        return try reader.read(origin)
    }
}

extension RequirementSet {
    /// The requirements, each as one line.
    var requirementLines: [String] {
        guard case .requirements(let list) = content else { return [] }
        return list.requirements.map { entry in
            switch entry.subject {
            case .named(let requirement): "\(requirement)"
            case .address(let address, _, _): address
            case .local(let path, let name, _, _): "\(name?.written ?? "?") in \(path.lastComponent)"
            }
        }
    }

    /// The exact distributions for a target, each as `name version file`.
    func exact(_ target: Target) throws -> [String] {
        try #require(try exactDistributions(for: target))
            .map { distribution in
                let version = distribution.version.map { " \($0)" } ?? ""
                return switch distribution.source {
                case .wheel(let file, _), .sourceDistribution(let file, _):
                    "\(distribution.name)\(version) \(file.name)"
                case .anyFile(let hashes, _): "\(distribution.name)\(version) by \(hashes.count) hashes"
                case .archive(let address, _, _): "\(distribution.name)\(version) \(address)"
                case .repository(let address, let commit, _): "\(distribution.name)\(version) \(address)@\(commit)"
                case .local(let path): "\(distribution.name)\(version) in \(path.lastComponent)"
                }
            }
    }
}

extension Target {
    static func named(_ runtime: String, _ architecture: Architecture = .x86_64) throws -> Target {
        Target(try #require(PythonRuntime(name: runtime)), architecture)
    }
}
