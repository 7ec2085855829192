import FuroshikiTestSupport
import HostSystem
import Testing

extension Tag {
    /// Asks the Python Package Index.
    @Tag static var network: Self
    /// Runs the built program.
    @Tag static var large: Self
}

/// The built program.
struct Program: Sendable {
    /// How a run ended and what it wrote.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The folder of the package.
    static let root = LocalPath(#filePath).parent.parent.parent

    /// The program: what `FUROSHIKI_PROGRAM` names, else what the tests were built with.
    static let path =
        Environment.current().nonEmpty("FUROSHIKI_PROGRAM").map { LocalPath($0) } ?? root / ".build/debug/furoshiki"

    /// Where the program runs.
    let directory: LocalPath
    /// What its environment has besides the path of programs and a cache that all tests share.
    var variables: [String: String] = [:]

    /// Runs the program with arguments.
    func run(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    /// Runs the program with arguments, or another program.
    func run(_ arguments: [String], program: LocalPath = Program.path) async throws -> Outcome {
        let current = Environment.current()
        var environment = Environment([
            "PATH": current["PATH"] ?? "",
            "HOME": directory.string,
            "XDG_CACHE_HOME": (Self.root / ".cache/end-to-end").string,
        ])
        for name in [
            "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "PIP_INDEX_URL", "FUROSHIKI_UV", "PYENV_ROOT",
        ] {
            environment.variables[name] = current[name]
        }
        if current["HTTPS_PROXY"] != nil { environment.variables["HTTPS_PROXY"] = current["HTTPS_PROXY"] }
        environment.variables.merge(variables) { $1 }
        let result = try await LiveProcessRunner()
            .run(
                ProcessRequest(
                    program.string,
                    arguments,
                    environment: environment,
                    workingDirectory: directory
                )
            )
        let status: Int32 =
            switch result.status {
            case .exited(let status): status
            case .signalled(let signal): -signal
            }
        return Outcome(status: status, output: result.outputText, errors: result.errorText)
    }

    /// Runs a body on a copy of a folder, which goes when the body ends; without what packaging left in the folder,
    /// as `scripts/try` does in an example.
    static func onCopy<Result: Sendable>(
        of folder: LocalPath,
        _ body: (Program) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { scratch in
            try LiveFileSystem().copyTree(folder, to: scratch / "service")
            try LiveFileSystem().remove(scratch / "service/.serverless")
            return try await body(Program(directory: try LiveFileSystem().realPath(of: scratch / "service")))
        }
    }

    /// Runs a body in a folder with these files, which goes when the body ends.
    static func onFiles<Result: Sendable>(
        _ files: [String: String],
        _ body: (Program) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { scratch in
            let system = LiveFileSystem()
            for (name, text) in files {
                try system.createDirectory((scratch / name).parent)
                try system.write(text, to: scratch / name)
            }
            return try await body(Program(directory: try system.realPath(of: scratch)))
        }
    }
}
