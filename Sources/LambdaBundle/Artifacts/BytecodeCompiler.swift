import Diagnostics
import HostSystem
import RequirementFormats
import ZipArchive

/// Compiles the modules of requirements with an interpreter of the target's version.
///
/// Bytecode carries a hash of its source that nobody checks (PEP 552), and no path or time of this machine, so that
/// it is the same wherever it is made.
struct BytecodeCompiler: Sendable {
    let files: any FileSystem
    let processes: any ProcessRunner
    let environment: Environment

    /// Compiles each file that is named on standard input, and names each file of bytecode on standard output; names
    /// end with NUL, as they may hold all else.
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

    /// The interpreter that compiles for a runtime: one of its version, `nil` where there is none on `PATH`.
    func interpreter(for runtime: PythonRuntime) -> LocalPath? {
        environment.findProgram(runtime.name, files: files)
    }

    /// The bytecode of a content's modules; what does not compile, as templates for other languages, has none.
    ///
    /// - Parameters:
    ///   - content: the requirements.
    ///   - scratch: a folder for sources and bytecode, which must live as long as the files are used.
    /// - Returns: the files, `nil` where there is no interpreter of the target's version.
    /// - Throws: what reading wheels and writing files throws, `CancellationError`.
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
        // The order in which a set's members are marshalled depends on hashes.
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
        // A name that is no interpreter but asks which one is meant ends with an error.
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

    /// The source that bytecode in `__pycache__` is of: `a/__pycache__/b.cpython-39.pyc` is of `a/b.py`.
    private static func source(of bytecode: String) -> String {
        let parts = bytecode.split(separator: "/")
        let stem = (parts.last ?? "").split(separator: ".").dropLast(2).joined(separator: ".")
        return (parts.dropLast(2) + [stem + ".py"]).joined(separator: "/")
    }
}
