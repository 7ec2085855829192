import Diagnostics
import HostSystem
import RequirementFormats
import ZipArchive

/// Compiles the modules of requirements with a Python interpreter of the target's version.
///
/// The bytecode has unchecked source hashes (PEP 552) and no paths or times of the host, so that it is reproducible.
struct BytecodeCompiler: Sendable {
    let files: any FileSystem
    let processes: any ProcessRunner
    let environment: Environment

    /// A script that compiles files.
    ///
    /// It reads their paths from standard input, and prints the paths of the bytecode. Paths are terminated by NUL.
    private static let program = """
        import importlib.util, os, py_compile, sys
        root = sys.argv[1]
        for name in sys.stdin.buffer.read().decode().split("\\0")[:-1]:
            place = importlib.util.cache_from_source(name)
            try:
                py_compile.compile(os.path.join(root, name), os.path.join(root, place), name, True,
                                   invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            except Exception:
                continue
            sys.stdout.buffer.write(place.encode() + b"\\0")

        """

    /// The interpreter for a runtime, or `nil` if no Python of the same version is on `PATH`.
    func interpreter(for runtime: PythonRuntime) -> LocalPath? {
        environment.findProgram(runtime.name, files: files)
    }

    /// Compiles the modules of some content; files that cannot be compiled, such as templates, are skipped.
    ///
    /// - Parameters:
    ///   - content: the requirements.
    ///   - scratch: a directory for sources and bytecode, which must exist as long as the files are used.
    /// - Returns: the bytecode files, or `nil` if there is no interpreter of the target's version.
    /// - Throws: errors of reading wheels and writing files, or `CancellationError`.
    func compile(_ content: RequirementContent, in scratch: LocalPath) async throws -> [ContentFile]? {
        guard let interpreter = interpreter(for: content.target.runtime) else { return nil }
        let folder = scratch / ".bytecode-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        var origins: [String: ContentFile.Origin] = [:]
        for file in content.files {
            guard case .distribution = file.origin, case .spliced(let archive, let entry) = file.content,
                file.path.string.hasSuffix(".py")
            else { continue }
            let place = folder / file.path.string
            try files.createDirectory(place.parent)
            try files.write(try archive.contents(of: entry), to: place)
            origins[file.path.string] = file.origin
        }
        guard !origins.isEmpty else { return [] }
        var variables = environment
        // The order of set elements in bytecode depends on the hash seed.
        variables.variables["PYTHONHASHSEED"] = "0"
        variables.variables["PYTHONPYCACHEPREFIX"] = nil
        let names = origins.keys.sorted()
        let request = ProcessRequest(
            interpreter.string,
            ["-I", "-S", "-B", "-X", "utf8", "-c", Self.program, folder.string],
            environment: variables,
            workingDirectory: folder,
            input: .bytes(names.flatMap { Array($0.utf8) + [0] })
        )
        let result = try await processes.run(request)
        // A shim that cannot select an interpreter fails with an error.
        guard result.isSuccess else { return nil }
        return try result.output.split(separator: 0)
            .map { name in
                let path = try ArchivePath(parsing: String(decoding: name, as: UTF8.self))
                return ContentFile(
                    path,
                    bytes: try files.read(folder / path.string),
                    origin: origins[Self.source(of: path.string)] ?? .bundler
                )
            }
    }

    /// The source file of bytecode in `__pycache__`: `a/b.py` for `a/__pycache__/b.cpython-39.pyc`.
    private static func source(of bytecode: String) -> String {
        let parts = bytecode.split(separator: "/")
        let stem = (parts.last ?? "").split(separator: ".").dropLast(2).joined(separator: ".")
        return (parts.dropLast(2) + [stem + ".py"]).joined(separator: "/")
    }
}
