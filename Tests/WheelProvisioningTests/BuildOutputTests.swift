import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

@testable import WheelProvisioning

/// The reason in the output of builds that uv ran, as `uv build` and `uv pip compile` print it.
struct BuildOutputTests {
    /// The output of a build, and what is read from it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let output: String
        let cause: String?
        var header: String?
    }

    private static let traceback = """
        Traceback (most recent call last):
          File "<string>", line 14, in <module>
          File "/builds/site-packages/setuptools/build_meta.py", line 333, in get_requires_for_build_wheel
            return self._get_build_requires(config_settings, requirements=[])
          File "<string>", line 1, in <module>
        ModuleNotFoundError: No module named 'numpyx'
        """

    /// The error of uv after the output of a build.
    private static let end = """
        error: Failed to build `alpha==1.0`
          cause: The build backend returned an error
          cause: Call to `setuptools.build_meta:__legacy__.build_wheel` failed (exit status: 1)

        hint: This error likely indicates that you need to install ValueError: something
        """

    private static func quoted(_ streams: String) -> String {
        let lines = streams.split(separator: "\n").map { "         \($0)\n" }.joined()
        return end.replacing("\n\nhint:", with: "\n\n\(lines)\nhint:")
    }

    static let cases: [Case] = [
        Case(
            testDescription: "exception",
            output: "Building wheel...\n\(traceback)\n\(end)",
            cause: "ModuleNotFoundError: No module named 'numpyx'"
        ),
        Case(
            testDescription: "header that gcc does not find, before a later error",
            output: """
                Building wheel...
                running build_ext
                a.c:1:10: fatal error: libpq-fe.h: No such file or directory
                error: Command '['gcc', '-c', 'a.c']' returned non-zero exit status 1.
                \(end)
                """,
            cause: "a.c:1:10: fatal error: libpq-fe.h: No such file or directory",
            header: "libpq-fe.h"
        ),
        Case(
            testDescription: "header that clang does not find",
            output: "a.c:1:10: fatal error: 'libxml/xpath.h' file not found\n\(end)",
            cause: "a.c:1:10: fatal error: 'libxml/xpath.h' file not found",
            header: "libxml/xpath.h"
        ),
        Case(
            testDescription: "another fatal error of a compiler",
            output: "a.c:1: fatal error: too many errors emitted\n\(end)",
            cause: "a.c:1: fatal error: too many errors emitted"
        ),
        Case(
            testDescription: "last line without an error",
            output: "Building wheel...\nchecking\nInstall the compiler first\n\n\(end)",
            cause: "Install the compiler first"
        ),
        Case(testDescription: "nothing printed", output: "Building wheel...\n\(end)", cause: nil),
        Case(
            testDescription: "errors that uv quotes while it resolves",
            output: quoted("[stdout]\nrunning egg_info\nlast\n[stderr]\n\(traceback)"),
            cause: "ModuleNotFoundError: No module named 'numpyx'"
        ),
        Case(
            testDescription: "output that uv quotes while it resolves",
            output: quoted("[stdout]\nInstall the compiler first\n[stderr]\n"),
            cause: "Install the compiler first"
        ),
        Case(
            testDescription: "long line",
            output: "ValueError: \(String(repeating: "x", count: 500))\n\(end)",
            cause: "ValueError: " + String(repeating: "x", count: 188)
        ),
    ]

    @Test(arguments: cases)
    func `the reason of a failed build is found in its output`(example: Case) throws {
        let output = try #require(BuildOutput(example.output))
        #expect(output.distribution == "alpha==1.0")
        #expect(output.cause == example.cause)
        #expect(output.missingHeader == example.header)
    }

    @Test(arguments: ["", "error: No solution found", "error: Failed to download and build `alpha==1.0`"])
    func `other output is not that of a build`(output: String) {
        #expect(BuildOutput(output) == nil)
    }

    @Test
    func `a build that fails while uv resolves is reported with the distribution and its reason`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let project = fixture.folder / "alpha-1.0"
            try LiveFileSystem().createDirectory(project)
            try LiveFileSystem().write("Metadata-Version: 1.0\nName: alpha\nVersion: 1.0\n", to: project / "PKG-INFO")
            let text = "[build-system]\nrequires = []\nbuild-backend = \"own\"\nbackend-path = [\".\"]\n"
            try LiveFileSystem().write(text, to: project / "pyproject.toml")
            let backend =
                "def get_requires_for_build_wheel(config_settings=None):\n"
                + "    raise SystemExit('install the compiler first')\n"
            try LiveFileSystem().write(backend, to: project / "own.py")
            let archive = fixture.packages / "alpha-1.0.tar.gz"
            let request = ProcessRequest(
                "tar",
                ["-czf", archive.string, "-C", fixture.folder.string, "alpha-1.0"],
                environment: .current()
            )
            #expect(try await LiveProcessRunner().run(request).isSuccess)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("\nalpha==1.0\n", environment: fixture.environment(index))
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .buildFailed)
            #expect(
                diagnostic.message
                    == "cannot build 'alpha 1.0' for 'python3.11/x86_64': install the compiler first"
            )
            #expect(diagnostic.place?.line == 2)
        }
    }
}
