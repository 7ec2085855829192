import FuroshikiTestSupport
import HostSystem
import Testing

@Suite(.tags(.large))
struct InterruptionTests {
    /// Starts the program in the second argument, sends it the signal in the first one after its first line of output,
    /// and exits with its status.
    private static let interrupt = """
        import signal, subprocess, sys
        child = subprocess.Popen(sys.argv[2:], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        child.stderr.readline()
        child.send_signal(getattr(signal, sys.argv[1]))
        child.communicate()
        sys.exit(child.returncode)
        """

    @Test(arguments: ["SIGINT", "SIGTERM"])
    func `a signal ends the program with status 130 and no output, and the next run works`(
        signal: String
    ) async throws {
        let slow = """
            console.error("started");
            if (!require("fs").existsSync("fast")) setTimeout(() => {}, 3600000), Atomics.wait(
                new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3600000);
            module.exports = { service: "slow", provider: { name: "aws" } };
            """
        try await Program.onFiles(["serverless.js": slow, "script.py": Self.interrupt]) { program in
            let files = LiveFileSystem()
            let arguments = ["script.py", signal, Program.path.string, "package"]
            let python = try #require(Environment.current().findProgram("python3"))
            let outcome = try await program.run(arguments, program: python)
            #expect(outcome.status == 130)
            #expect(!files.exists(program.directory / ".serverless"))
            try files.write("", to: program.directory / "fast")
            #expect(try await program.run("package").status == 0)
            #expect(files.exists(program.directory / ".serverless/serverless-state.json"))
        }
    }
}
