import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import PythonPackaging
import Testing
import WheelProvisioning
import ZipArchive

struct RequirementContentTests {
    typealias Entry = ZipBuilder.Entry

    private func names(_ content: RequirementContent) -> [String] { content.files.map(\.path.string) }

    @Test func `a wheel has the same layout as with an installer`() async throws {
        try await Bench.with { bench in
            var wheel = WheelFixture(
                "Pkg_a",
                [
                    Entry("pkg/", mode: 0o40755),
                    Entry("pkg/__init__.py", "import os\n"),
                    Entry("pkg/tool", "binary", mode: 0o100755),
                    Entry("Pkg_a-1.0.data/purelib/pure.py", "pure"),
                    Entry("Pkg_a-1.0.data/platlib/plat.py", "plat"),
                    Entry("Pkg_a-1.0.data/data/share/data.txt", "data"),
                    Entry("Pkg_a-1.0.data/headers/pkg.h", "header"),
                    Entry("Pkg_a-1.0.data/scripts/run", "#!python\nprint(1)\n"),
                    Entry("Pkg_a-1.0.data/scripts/windowed", "#!pythonw -x\nprint(2)\n"),
                    Entry("Pkg_a-1.0.data/scripts/native", "\u{1}\u{2}"),
                ]
            )
            wheel.entryPoints = """
                # commands
                [console_scripts]
                pkg = pkg.cli:main.run [extra]
                broken
                [gui_scripts]
                pkg-gui=pkg.gui:show
                [other.group]
                plugin = pkg.plugin
                """
            let content = try await bench.requirements([wheel])
            let files = try await bench.written(ArtifactContent(serviceFiles: [], requirements: .root(content)))
            #expect(files["pkg/__init__.py"] == "import os\n")
            #expect(files["pkg/tool*"] == "binary")
            #expect(files["pure.py"] == "pure")
            #expect(files["plat.py"] == "plat")
            #expect(files["share/data.txt"] == "data")
            #expect(files["bin/run*"] == "#!/var/lang/bin/python3.12\nprint(1)\n")
            #expect(files["bin/windowed*"] == "#!/var/lang/bin/python3.12\nprint(2)\n")
            #expect(files["bin/native*"] == "\u{1}\u{2}")
            #expect(
                files["bin/pkg*"] == """
                    #!/var/lang/bin/python3.12
                    import sys

                    from pkg.cli import main

                    if __name__ == "__main__":
                        sys.exit(main.run())

                    """
            )
            #expect(files["bin/pkg-gui*"]?.contains("from pkg.gui import show") == true)
            let metadata = ["METADATA", "WHEEL", "RECORD", "entry_points.txt"].map { "Pkg_a-1.0.dist-info/" + $0 }
            #expect(files.count == 10 + metadata.count)
            #expect(metadata.allSatisfy { files[$0] != nil })
            #expect(content.distributions.map(\.name) == ["pkg-a"])
            #expect(content.distributions.map(\.unzippedBytes) == [Int64(content.unzippedBytes)])
        }
    }

    @Test func `files with the same path become one entry, with the content of the last distribution`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([
                WheelFixture("zeta", [Entry("ns/__init__.py", "same"), Entry("ns/x.py", "zeta")]),
                WheelFixture("alpha", [Entry("ns/__init__.py", "same"), Entry("ns/x.py", "alpha")]),
            ])
            let files = try await bench.written(ArtifactContent(serviceFiles: [], requirements: .root(content)))
            #expect(files["ns/__init__.py"] == "same")
            #expect(files["ns/x.py"] == "zeta")
            #expect(content.findings.map(\.message) == ["'ns/x.py' of zeta replaces the one of alpha"])
            #expect(content.wheels.map(\.name.name.normalized) == ["alpha", "zeta"])
        }
    }

    @Test func `a file is removed if another distribution has a directory with its name`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([
                WheelFixture("a", [Entry("x", "file")]), WheelFixture("b", [Entry("x/y.py", "y"), Entry("x-z", "")]),
            ])
            let own = names(content).filter { !$0.contains("dist-info") }
            #expect(own == ["x-z", "x/y.py"])
            #expect(content.findings.map(\.message) == ["'x' of b replaces the one of a"])
        }
    }

    @Test func `paths of two distributions that only differ in case cause a warning`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([
                WheelFixture("a", [Entry("Six.py", "1")]), WheelFixture("b", [Entry("six.py", "2")]),
            ])
            #expect(names(content).contains("Six.py") && names(content).contains("six.py"))
            #expect(content.findings.map(\.message) == ["'Six.py' of a and 'six.py' of b differ only in case"])
        }
    }

    @Test func `a line break in the name of a file does not break the line of a warning`() async throws {
        try await Bench.with { bench in
            var wheel = WheelFixture("a", [Entry("a\nb.py", "1"), Entry("c.py", "")])
            wheel.recordLines = ["a\nb.py": ""]
            let requirements = try await bench.requirements([wheel, WheelFixture("b", [Entry("a\nb.py", "2")])])
            let artifact = InspectedArtifact(
                name: "a.zip",
                content: try ArtifactContent(serviceFiles: [], requirements: .root(requirements))
            )
            let findings = try await MetadataInspection(openWheels: bench.openWheels).findings(in: artifact)
            let messages = (requirements.findings + findings).map(\.message)
            #expect(messages.count >= 2)
            #expect(messages.allSatisfy { $0.contains(#"a\nb.py"#) && !$0.contains("\n") })
        }
    }

    @Test func `directories of two owners that differ only in case are reported once`() async throws {
        try await Bench.with { bench in
            let first = WheelFixture("a", [Entry("x/Lib/a.py"), Entry("x/Lib/deep/a.py")])
            let second = WheelFixture("b", [Entry("x/lib/b.py"), Entry("x/lib/c.py"), Entry("x/lib/deep/b.py")])
            let content = try await bench.requirements([first, second])
            #expect(
                content.findings.map(\.message) == [
                    "the directories 'x/Lib' of a and 'x/lib' of b differ only in case"
                ]
            )
        }
    }

    @Test func `links in a wheel are replaced with their target files`() async throws {
        try await Bench.with { bench in
            let content = try await bench.requirements([
                WheelFixture(
                    "a",
                    [
                        Entry("lib/libx.so.1", "code", mode: 0o100755),
                        Entry("lib/libx.so", "libx.so.1", mode: 0o120777),
                        Entry("top.so", "lib/libx.so", mode: 0o120777),
                    ]
                )
            ])
            let files = try await bench.written(ArtifactContent(serviceFiles: [], requirements: .root(content)))
            #expect(files["lib/libx.so*"] == "code")
            #expect(files["top.so*"] == "code")
        }
    }

    @Test func `broken links and cycles in a wheel are errors`() async throws {
        for entries in [
            [Entry("a", "b", mode: 0o120777)],
            [Entry("a", "b", mode: 0o120777), Entry("b", "a", mode: 0o120777)],
            [Entry("a", "d", mode: 0o120777), Entry("d/", mode: 0o40755)],
        ] {
            try await Bench.with { bench in
                await #expect(throws: WheelError.self) {
                    try await bench.requirements([WheelFixture("x", entries)])
                }
            }
        }
    }

    @Test func `an archive without wheel metadata is an error`() async throws {
        try await Bench.with { bench in
            var wheel = WheelFixture("x", [])
            wheel.name = "y"
            let stored = try bench.store(wheel)
            let renamed = StoredWheel(
                name: try WheelName(parsing: "x-1.0-py3-none-any.whl"),
                path: stored.path,
                sha256: stored.sha256
            )
            let error = #expect(throws: WheelError.self) { try bench.openWheels.layout(of: renamed) }
            #expect(error?.diagnostics.first?.code == .invalidWheel)
        }
    }

    @Test func `slim removes bytecode and metadata`() async throws {
        try await Bench.with { bench in
            var wheel = WheelFixture(
                "a",
                [
                    Entry("a/b.py"), Entry("a/b.pyc"), Entry("a/b.pyo"), Entry("a/__pycache__/b.cpython-312.pyc"),
                    Entry("a/tests/test_b.py"), Entry("a/.hidden/c.pyc"),
                ]
            )
            wheel.entryPoints = "[flask.commands]\na = a.b\n"
            let content = try await bench.requirements([wheel]) {
                $0.slim = SlimRules(patterns: ["**/tests"])
            }
            #expect(names(content) == ["a/.hidden/c.pyc", "a/b.py"])
            #expect(content.findings.isEmpty)
        }
    }

    /// Options, and what of `files` stays.
    static let slimCases: [(patterns: [String], appends: Bool, stays: [String])] = [
        ([], true, ["a/b.py", "a/t/c.txt"]),
        ([], false, ["a/b.py", "a/t/c.txt"]),
        (["**/*.txt"], true, ["a/b.py"]),
        (["**/*.txt"], false, ["a-1.0.dist-info/M", "a/b.py", "a/b.pyc"]),
        (["a/**"], false, ["a-1.0.dist-info/M"]),
        (["/a/t"], false, ["a-1.0.dist-info/M", "a/b.py", "a/b.pyc"]),
        (["*.txt"], true, ["a/b.py", "a/t/c.txt"]),
        (["!a/**"], true, ["a/b.py", "a/t/c.txt"]),
        (["a/{t,u}/**"], true, ["a/b.py"]),
    ]

    @Test(arguments: slimCases)
    func `slim patterns match complete paths`(patterns: [String], appends: Bool, stays: [String]) async throws {
        try await Bench.with { bench in
            let files = ["a/b.py", "a/b.pyc", "a/t/c.txt"].map { Entry($0) }
            let wheel = WheelFixture("a", files + [Entry("a-1.0.dist-info/M")])
            let content = try await bench.requirements([wheel]) {
                $0.slim = SlimRules(patterns: patterns, appendsDefaults: appends)
            }
            let written: Set = ["METADATA", "WHEEL", "RECORD"]
            #expect(
                names(content).filter { !written.contains($0.split(separator: "/").last.map(String.init) ?? "") }
                    == stays
            )
        }
    }

    @Test func `noDeploy removes top-level files and directories`() async throws {
        try await Bench.with { bench in
            let wheel = WheelFixture(
                "a",
                [
                    Entry("six.py"), Entry("docs/x"), Entry("docs2/x"), Entry("a/six.py"), Entry("share-x/y"),
                    Entry("LICENSE"),
                ]
            )
            let content = try await bench.requirements([wheel]) { $0.omitted = ["six", "docs", "share", "LICENSE"] }
            #expect(names(content).filter { !$0.contains("dist-info") } == ["a/six.py", "docs2/x"])
        }
    }

    @Test func `vendored files override installed ones, and files of the service override both`() async throws {
        try await Bench.with { bench in
            let wheel = WheelFixture(
                "a",
                [Entry("ns/a.py", "wheel"), Entry("ns/b.py", "wheel"), Entry("c.py", "wheel")]
            )
            let first = try bench.file("ns/b.py", "first")
            let second = try bench.file("ns/b.py", "second")
            let only = try bench.file("ns/c.py", "vendor")
            let content = try await bench.requirements([wheel]) {
                $0.vendors = [("vendored", [first, only]), ("more", [second])]
            }
            #expect(content.findings.isEmpty)
            let own = [try bench.file("c.py", "service"), try bench.file("ns/c.py", "service")]
            let artifact = try ArtifactContent(serviceFiles: own, requirements: .root(content))
            let files = try await bench.written(artifact)
            #expect(files["ns/a.py"] == "wheel")
            #expect(files["ns/b.py"] == "second")
            #expect(files["c.py"] == "service")
            #expect(files["ns/c.py"] == "service")
            #expect(
                artifact.findings.map(\.message)
                    == ["'c.py' and 1 more of the service replace those of the requirements"]
            )
        }
    }

    @Test func `a wheel with more libraries than fit in a function is still stripped`() async throws {
        // Patterns or noDeploy may remove most of it, so the size is checked for the artifact.
        let half = [UInt8](repeating: 0, count: 131_072_001)
        try await Bench.with { bench in
            let wheel = WheelFixture(
                "heavy",
                [.init("a.so", bytes: half), .init("b.so", bytes: half), .init("c.py", "1")]
            )
            let content = try await bench.requirements([wheel]) { recipe in
                recipe.slim = SlimRules(patterns: ["**/*.so"])
                recipe.strips = true
            }
            #expect(content.files.map(\.path.string) == ["c.py"])
        }
    }
}
