import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

@testable import ServerlessConfig

/// Errors that node reports, and what a user reads.
struct ScriptFailureTests {
    private func failure(
        _ message: String,
        of name: String = "config.js",
        files: [String: String] = [:]
    ) throws -> ScriptFailure {
        let system = try InMemoryFileSystem()
        try system.createDirectory("/shop")
        for (path, text) in files { try system.write(text, to: LocalPath("/shop") / path) }
        return ScriptFailure(of: name, message, stack: "Error: \(message)\n    at x", in: "/shop", system)
    }

    @Test(arguments: [
        ("left-pad", "left-pad"), ("lodash/get", "lodash"), ("@aws-sdk/client-s3/dist/x", "@aws-sdk/client-s3"),
    ])
    func `a missing package is named, with the command that installs it`(_ module: String, _ package: String) throws {
        let failure = try failure("Cannot find module '\(module)'\nRequire stack:\n- /shop/config.js\n- /tmp/host.cjs")
        #expect(failure.message == "'config.js' needs the npm package '\(package)', which is not installed")
        #expect(failure.notes.isEmpty)
        #expect(failure.help == ["run 'npm install --save-dev \(package)'"])
    }

    @Test func `a package that is declared is installed with all others, by the program of the lock file`() throws {
        let manifest = ["package.json": #"{"devDependencies": {"axios": "^1"}}"#]
        let message = "Cannot find package 'axios' imported from /shop/lib/a.mjs"
        let found = try failure(message, files: manifest)
        #expect(found.help == ["run 'npm install', as 'package.json' declares it"])
        #expect(found.notes == ["it is loaded by 'lib/a.mjs'"])
        for (lock, command) in [("yarn.lock", "yarn install"), ("pnpm-lock.yaml", "pnpm install")] {
            let found = try failure(message, files: manifest.merging([lock: ""]) { $1 })
            #expect(found.help == ["run '\(command)', as 'package.json' declares it"])
        }
        #expect(try failure(message, files: ["yarn.lock": ""]).help == ["run 'yarn add --dev axios'"])
    }

    @Test func `a missing file is reported with the file that loads it`() throws {
        let stack = "\nRequire stack:\n- /shop/lib/a.js\n- /shop/config.js"
        let found = try failure("Cannot find module './b'\(stack)")
        #expect(found.message == "'lib/a.js' loads './b', which does not exist")
        #expect(found.notes == ["'config.js' loads 'lib/a.js'"])
        let module = try failure("Cannot find module '/shop/b.mjs' imported from /shop/config.js")
        #expect(module.message == "'config.js' loads 'b.mjs', which does not exist")
    }

    @Test func `other errors keep their first line, and all of it as output`() throws {
        let found = try failure("on purpose\nand more")
        #expect(found.message == "'config.js' failed: on purpose")
        #expect(found.output?.contains("and more") == true)
        #expect(try failure("Cannot find module ''").message == "'config.js' failed: Cannot find module ''")
    }

    @Test(.enabled(if: LiveFileSystem().isDirectory("/proc/self"), "needs /proc"))
    func `node ends when the program that started it was killed`() async throws {
        let files = LiveFileSystem()
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try files.write(ScriptProgram.text, to: folder / "host.cjs")
            try files.write("module.exports = 1;", to: folder / "a.js")
            let message = "{\"kind\": \"configuration\", \"number\": 1, \"file\": \"\(folder)/a.js\"}"
            try files.write(message, to: folder / "1.json")
            // The shell ends after the first answer, and leaves node behind as a killed program would.
            let shell = """
                mkfifo "$0/answers"
                node "$0/host.cjs" "$0" mark > "$0/answers" 2> /dev/null < /dev/null &
                echo $!
                read -r answer < "$0/answers"
                """
            let request = ProcessRequest(
                "sh",
                ["-c", shell, folder.string],
                environment: ServiceFixture.environment(),
                workingDirectory: folder
            )
            let output = try await LiveProcessRunner().run(request).outputText
            let process =
                LocalPath("/proc") / output.trimmingPrefix { $0.isWhitespace }.prefix { $0.isNumber }.description
            func isRunning() -> Bool {
                guard let text = try? files.readText(process / "stat") else { return false }
                return text.split(separator: " ").dropFirst(2).first != "Z"
            }
            var tries = 0
            while isRunning(), tries < 60_000 {
                tries += 1
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(!isRunning())
        }
    }

    @Test(.enabled(if: ServiceFixture.environment().findProgram("node") != nil, "needs node on PATH"))
    func `a file that fails to load is reported once for all its values`() async throws {
        let lines = (1...5).map { "  k\($0): ${file(a.js):k\($0)}" }
        let error = await #expect(throws: DiagnosticError.self) {
            let files = ["a.js": "require('no-such-package');"]
            _ = try await ServiceFixture.custom(lines.joined(separator: "\n"), files: files)
        }
        #expect(error?.diagnostics.count == 1)
        #expect(error?.diagnostics.first?.message.contains("5 values: 'a.js' needs the npm package") == true)
    }
}
