import FuroshikiTestSupport
import HostSystem
import Testing

extension Tag {
    /// Needs the Python Package Index.
    @Tag static var network: Self
    /// Runs the built program.
    @Tag static var large: Self
}

/// The built program, to be run in a directory.
struct Program: Sendable {
    /// The exit status of a run, negative for a signal, and its output.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The root directory of the repository.
    static let root = LocalPath(#filePath).parent.parent.parent

    /// The path of the program: `FUROSHIKI_PROGRAM`, or the program that was built with the tests.
    static let path =
        Environment.current().nonEmpty("FUROSHIKI_PROGRAM").map { LocalPath($0) } ?? root / ".build/debug/furoshiki"

    /// The working directory of the program.
    let directory: LocalPath
    /// Environment variables, in addition to `PATH`, `HOME` and a cache that all tests share.
    var variables: [String: String] = [:]

    /// Runs the program with some arguments.
    func run(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    /// Runs the program, or another one, with some arguments.
    func run(_ arguments: [String], program: LocalPath = Program.path) async throws -> Outcome {
        let current = Environment.current()
        var environment = Environment([
            "PATH": current["PATH"] ?? "",
            "HOME": directory.string,
            // Tests must not find the credentials of the machine that runs them.
            "AWS_EC2_METADATA_DISABLED": "true",
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

    /// Runs a body on a temporary copy of a directory, without its `.serverless`.
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

    /// Runs a body in a temporary directory with the given files.
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
