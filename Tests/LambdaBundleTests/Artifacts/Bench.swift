import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning
import ZipArchive

/// A folder in which a test makes wheels and artifacts of them.
struct Bench {
    let folder: LocalPath
    let files = LiveFileSystem()
    let target: Target
    let openWheels: OpenWheels

    /// Runs a test in a folder of its own.
    @discardableResult
    static func with<Result>(
        runtime: String = "python3.12",
        _ architecture: Architecture = .x86_64,
        _ body: (Bench) async throws -> Result
    ) async throws -> Result {
        let python = try #require(PythonRuntime(name: runtime))
        return try await TemporaryDirectory.with(in: "/tmp", prefix: "artifacts") { folder in
            let openWheels = OpenWheels(cache: folder / "cache", files: LiveFileSystem(), processorCount: 2)
            return try await body(Bench(folder: folder, target: Target(python, architecture), openWheels: openWheels))
        }
    }

    /// Puts a wheel on disk.
    func store(_ builder: WheelFixture) throws -> StoredWheel {
        let bytes = builder.build()
        let path = folder / builder.fileName
        try files.write(bytes, to: path)
        return StoredWheel(
            name: try WheelName(parsing: builder.fileName),
            path: path,
            sha256: SHA256.digest(of: bytes)
        )
    }

    /// Puts a file on disk, which has its own name in an artifact.
    func file(_ name: String, _ content: String, isExecutable: Bool = false) throws -> SourceFile {
        try file(name, Array(content.utf8), isExecutable: isExecutable)
    }

    /// Puts a file on disk, which has its own name in an artifact.
    func file(_ name: String, _ content: [UInt8], isExecutable: Bool = false) throws -> SourceFile {
        let path = folder / "files-\(UInt64.random(in: .min ... .max))" / name
        try files.createDirectory(path.parent)
        try files.write(content, to: path)
        return SourceFile(name: name, path: path, isExecutable: isExecutable, size: content.count)
    }

    /// Lays out wheels as in an artifact.
    func requirements(
        _ wheels: [WheelFixture],
        _ change: (inout RequirementRecipe) throws -> Void = { _ in }
    ) async throws -> RequirementContent {
        var recipe = RequirementRecipe(target: target, wheels: try wheels.map(store))
        try change(&recipe)
        return try await RequirementContent(recipe, openWheels: openWheels, scratch: folder / "scratch")
    }

    /// Writes an artifact and reads it again: name to content, with a `*` after the names of executables.
    func written(_ content: ArtifactContent) async throws -> [String: String] {
        let artifact = try await ArtifactWriter(concurrency: 2).write(content, to: folder / "out.zip")
        return try contents(of: ZipReader(opening: artifact.path.string))
    }

    /// The files of an archive: name to content, with a `*` after the names of executables.
    func contents(of archive: ZipReader) throws -> [String: String] {
        var found: [String: String] = [:]
        for entry in archive.entries {
            let content = String(decoding: try archive.contents(of: entry), as: UTF8.self)
            found[entry.path.string + (entry.isExecutable ? "*" : "")] = content
        }
        return found
    }
}

extension ArtifactContent {
    /// Puts the parts of an artifact together from files on the machine's disk.
    init(serviceFiles: [SourceFile], requirements: Requirements? = nil) throws {
        try self.init(serviceFiles: serviceFiles, requirements: requirements, reader: LiveFileSystem())
    }
}
