import FuroshikiTestSupport
import HostSystem
import Testing

@testable import furoshiki

/// Whether a shell is installed.
private func hasShell(_ name: String) -> Bool {
    Environment.current().findProgram(name, files: LiveFileSystem()) != nil
}

/// The completions in the shells that read them.
struct CompletionTests {
    private static let script = CompletionScript(table: ProgramCommands().table)

    /// What a shell prints for a program text.
    private func output(of shell: String, _ text: String) async throws -> [String] {
        let result = try await LiveProcessRunner()
            .run(
                ProcessRequest(
                    shell,
                    shell == "zsh" ? ["-f"] : ["--norc"],
                    environment: .current(),
                    input: .bytes(Array(text.utf8))
                )
            )
        #expect(result.errorText == "")
        return result.outputText.split(separator: "\n").map(String.init)
    }

    @Test(.enabled(if: hasShell("zsh"), "needs zsh"))
    func `zsh completes commands and options with their descriptions, and files for values`() async throws {
        func complete(_ words: String) async throws -> [String] {
            try await output(
                of: "zsh",
                """
                compdef() { :; }
                _describe() { print -l -- "${(P@)@[-1]}" }
                _files() { print FILES }
                \(Self.script.zsh)
                words=(\(words) ""); CURRENT=$#words
                [[ "\(words)" == *- ]] && { words=(\(words)); CURRENT=$#words }
                _furoshiki
                """
            )
        }
        let commands = try await complete("furoshiki")
        #expect(commands.contains("package:Package a service into artifacts and a CloudFormation template"))
        #expect(
            try await complete("furoshiki --stage prod deploy").map { $0.prefix { $0 != ":" } } == ["function", "list"]
        )
        #expect(try await complete("furoshiki package --stage") == ["FILES"])
        let options = try await complete("furoshiki package -")
        #expect(options.contains { $0.hasPrefix("--report:") })
        #expect(options.contains { $0.hasPrefix("--stage:") })
        #expect(!options.contains { $0.hasPrefix("--app:") })
    }

    @Test(.enabled(if: hasShell("bash"), "needs bash"))
    func `bash completes commands and options`() async throws {
        let lines = try await output(
            of: "bash",
            """
            \(Self.script.bash)
            COMP_WORDS=(furoshiki --stage prod deploy ""); COMP_CWORD=4; _furoshiki; echo "${COMPREPLY[@]}"
            COMP_WORDS=(sls package --rep); COMP_CWORD=2; _furoshiki; echo "${COMPREPLY[@]}"
            """
        )
        #expect(lines.first?.hasPrefix("function list") == true)
        #expect(lines.last == "--report")
    }
}
