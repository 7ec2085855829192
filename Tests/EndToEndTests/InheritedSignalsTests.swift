import FuroshikiTestSupport
import HostSystem
import Testing

@Suite(.tags(.large))
struct InheritedSignalsTests {
    /// Starts the program in the first argument with SIGCHLD ignored, so that the system keeps no status of its children.
    private static let ignore = """
        import os, signal, sys
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        os.execv(sys.argv[1], sys.argv[1:])
        """

    @Test
    func `the failure of a child process is noticed even if SIGCHLD is ignored`() async throws {
        let service = """
            service: inherited
            provider:
              name: aws
              runtime: nodejs20.x
              timeout: 900
            functions:
              good:
                handler: handler.good
              bad:
                handler: handler.bad
            """
        let handler = "exports.good = async () => 1; exports.bad = async () => { throw new Error('no') };"
        let files = ["serverless.yml": service, "handler.js": handler, "script.py": Self.ignore]
        try await Program.onFiles(files) { program in
            let python = try #require(Environment.current().findProgram("python3"))
            for (function, status) in [("good", Int32(0)), ("bad", 1)] {
                let outcome = try await program.run(
                    ["script.py", Program.path.string, "invoke", "local", "-f", function, "-d", "{}"],
                    program: python
                )
                #expect(outcome.status == status, "\(outcome.errors)")
            }
        }
    }

    /// Starts the program with SIGHUP ignored, as `nohup` does, and sends it SIGHUP after its first line of output.
    private static let hangUp = """
        import signal, subprocess, sys
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        child = subprocess.Popen(sys.argv[1:], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        child.stderr.readline()
        child.send_signal(signal.SIGHUP)
        open("go", "w").close()
        child.communicate()
        sys.exit(child.returncode)
        """

    @Test func `an inherited ignored signal stays ignored`() async throws {
        let slow = """
            console.error("started");
            const pause = new Int32Array(new SharedArrayBuffer(4));
            while (!require("fs").existsSync("go")) Atomics.wait(pause, 0, 0, 20);
            Atomics.wait(pause, 0, 0, 200);
            module.exports = { service: "slow", provider: { name: "aws" } };
            """
        try await Program.onFiles(["serverless.js": slow, "script.py": Self.hangUp]) { program in
            let python = try #require(Environment.current().findProgram("python3"))
            let outcome = try await program.run(["script.py", Program.path.string, "print"], program: python)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }
}
