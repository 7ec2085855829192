import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import Testing
import ZipArchive

@testable import LambdaBundle

/// Metadata that `slim` removes, and code that reads it.
struct SlimMetadataTests {
    typealias Entry = ZipBuilder.Entry

    /// Source code, and the distributions whose metadata it reads when it is imported and at any time.
    static let sources: [(source: String, onImport: Set<MetadataUse.Subject>, anywhere: Set<MetadataUse.Subject>)] = [
        ("import importlib.metadata\n__version__ = importlib.metadata.version('a')", [.named("a")], [.named("a")]),
        ("import importlib.metadata as md\nv = md.version(\n    \"A_b\"\n)", [.named("a-b")], [.named("a-b")]),
        ("from importlib import metadata\nv = metadata.metadata(__package__)", [.own], [.own]),
        ("from importlib.metadata import version as v\nx = v(__name__.split('.')[0])", [.own], [.own]),
        ("from importlib_metadata import (files, version)\nx = version('a')", [.named("a")], [.named("a")]),
        ("import pkg_resources\npkg_resources.require('a>=1')", [.named("a")], [.named("a")]),
        ("import importlib.metadata\nif True:\n    v = importlib.metadata.version('a')", [.named("a")], [.named("a")]),
        // The error is handled.
        ("from importlib.metadata import version\ntry:\n    v = version('a')\nexcept Exception:\n    v = ''", [], []),
        (
            "from importlib.metadata import version\ntry:\n    v = version('a')\nexcept Exception:\n    raise ImportError('a')",
            [.named("a")], [.named("a")]
        ),
        (
            "from importlib.metadata import version\ntry:\n    v = version('a')\nexcept Exception:\n    v = ''\nif v == '':\n"
                + "    raise ImportError('a')", [], []
        ),
        // It is only read when it is requested, as in flask, click and attrs.
        (
            "def __getattr__(n):\n    import importlib.metadata\n    return importlib.metadata.version('a')", [],
            [.named("a")]
        ),
        (
            "import importlib.metadata\nclass A:\n    def f(\n        self,\n    ) -> None:\n"
                + "        self.v = importlib.metadata.version('a')", [], [.named("a")]
        ),
        // Other functions with the same name, comments and documentation.
        ("import importlib.metadata\nx = other.version('a')\ny = reversion('b')", [], []),
        ("from importlib.metadata import entry_points\nx = version('a')", [], []),
        ("import importlib.metadata\n# importlib.metadata.version('a')", [], []),
        ("import importlib.metadata\n\"\"\"\nimportlib.metadata.version('a')\n\"\"\"", [], []),
        ("import importlib.metadata\nv = importlib.metadata.version(name)", [], []),
        ("x = 1", [], []),
    ]

    @Test(arguments: sources)
    func `reading metadata is recognized`(
        source: String,
        onImport: Set<MetadataUse.Subject>,
        anywhere: Set<MetadataUse.Subject>
    ) {
        #expect(MetadataUse(in: Array(source.utf8), .onImport).subjects == onImport)
        #expect(MetadataUse(in: Array(source.utf8), .anywhere).subjects == anywhere)
    }

    /// The message about wheels in an artifact with `slim`; `nil` if there is none.
    private func message(
        _ wheels: [WheelFixture],
        own: [String: String] = [:],
        _ rules: SlimRules = SlimRules()
    ) async throws -> String? {
        try await Bench.with { bench in
            let requirements = try await bench.requirements(wheels) { $0.slim = rules }
            let content = try ArtifactContent(
                serviceFiles: own.map { try bench.file($0.key, $0.value) },
                requirements: .root(requirements)
            )
            let findings = try await MetadataInspection(openWheels: bench.openWheels)
                .findings(in: InspectedArtifact(name: "a.zip", content: content))
            let place = SourcePlace(file: "serverless.yml", line: 5, column: 11)
            let summary = MetadataInspection.summary(of: findings, at: place)
            #expect(summary.allSatisfy { $0.place == place && $0.code == .slimRemovesMetadata && $0.notes.isEmpty })
            #expect(summary.count < 2)
            return summary.first.map {
                String($0.message.dropFirst("'slim' removes metadata that is read at run time: ".count))
            }
        }
    }

    private static let dialect: WheelFixture = {
        var wheel = WheelFixture("redshift", [Entry("redshift/__init__.py", "x = 1")])
        wheel.entryPoints = "[base.dialects]\nredshift = redshift\n"
        return wheel
    }()

    @Test func `a plugin that another distribution finds by an entry point is reported`() async throws {
        let beside = WheelFixture(
            "finder",
            [Entry("finder.py", "from importlib.metadata import entry_points\ne = entry_points(group='base.dialects')")]
        )
        let expected = "'finder' finds 'redshift' by entry points"
        #expect(try await message([Self.dialect, beside]) == expected)
        let apart = WheelFixture(
            "base",
            [
                Entry(
                    "base/load.py",
                    "import importlib.metadata\ndef f(g): return importlib.metadata.entry_points(group=g)"
                ),
                Entry("base/dialects.py", "registry = Loader(\"base.dialects\")"),
            ]
        )
        #expect(try await message([Self.dialect, apart]) == expected.replacing("finder", with: "base"))
    }

    /// Modules that look up entry points, and whether they fail without any when they are imported.
    static let lookups: [(source: String, isNeeded: Bool)] = [
        ("from importlib.metadata import entry_points\nc = next(iter(entry_points(group='own.parts'))).load()", true),
        ("import pkg_resources\nfor e in pkg_resources.iter_entry_points('own.parts'):\n    e.load()", true),
        (
            "import importlib.metadata as m\ntry:\n    c = m.entry_points(group='own.parts')[0]\nexcept StopIteration:\n    raise",
            true
        ),
        // As in opentelemetry-api: a function, whose error is handled.
        (
            "from importlib.metadata import entry_points\ndef f():\n    try:\n        return next(iter(entry_points(group='own.parts')))\n"
                + "    except Exception:\n        return None\nc = f()", false
        ),
        (
            "from importlib.metadata import entry_points\ntry:\n    c = entry_points(group='own.parts')[0]\nexcept Exception:\n    c = 1",
            false
        ),
        ("def entry_points(): return 1", false),
    ]

    @Test(arguments: lookups)
    func `a distribution that finds its own parts is reported if it fails without them when it is imported`(
        source: String,
        isNeeded: Bool
    ) async throws {
        #expect(MetadataUse(in: Array(source.utf8), .onImport).needsEntryPoints == isNeeded)
        var wheel = WheelFixture("own", [Entry("own/__init__.py", source)])
        wheel.entryPoints = "[own.parts]\na = own\n"
        #expect(try await message([wheel]) == (isNeeded ? "'own' finds its own parts by entry points" : nil))
    }

    @Test func `plugins that a distribution also knows without entry points are not reported`() async throws {
        let source = "from importlib.metadata import entry_points\ndef f(): return entry_points(group='fsspec.specs')"
        let finder = WheelFixture("fsspec", [Entry("fsspec/__init__.py", source)])
        func plugin(_ name: String) -> WheelFixture {
            var wheel = WheelFixture(name, [Entry("\(name)/__init__.py", "x = 1")])
            wheel.entryPoints = "[fsspec.specs]\na = \(name)\n"
            return wheel
        }
        #expect(try await message([finder, plugin("s3fs")]) == nil)
        #expect(try await message([finder, plugin("ownfs")]) == "'fsspec' finds 'ownfs' by entry points")
    }

    @Test func `entry points that nothing in the artifact looks up are not reported`() async throws {
        let other = WheelFixture("other", [Entry("other/__init__.py", "group = 'base.dialects'")])
        let tests = WheelFixture(
            "tested",
            [
                Entry(
                    "tested/tests/test_a.py",
                    "from importlib.metadata import entry_points\nentry_points(group='base.dialects')"
                )
            ]
        )
        #expect(try await message([Self.dialect, other, tests]) == nil)
    }

    @Test func `code of the service counts`() async throws {
        let source = "from importlib.metadata import version\ndef main(e, c): return version('redshift')"
        #expect(
            try await message([Self.dialect], own: ["app.py": source])
                == "the service reads that of 'redshift'"
        )
        let finder = "import pkg_resources\nfor p in pkg_resources.iter_entry_points('base.dialects'): pass"
        #expect(
            try await message([Self.dialect], own: ["app.py": finder])
                == "the service finds 'redshift' by entry points"
        )
    }

    @Test func `metadata that slim keeps, or that is not in the artifact at all, is not reported`() async throws {
        let asks = WheelFixture(
            "asks",
            [Entry("asks.py", "import importlib.metadata\nv = importlib.metadata.version('asks')")]
        )
        #expect(try await message([asks]) == "'asks' reads its own when it is imported")
        #expect(try await message([asks], SlimRules(patterns: ["**/*.txt"], appendsDefaults: false)) == nil)
        let absent = WheelFixture(
            "absent",
            [Entry("a.py", "import importlib.metadata\nv = importlib.metadata.version('not-here')")]
        )
        #expect(try await message([absent]) == nil)
    }

    @Test func `the facts about all artifacts are one warning, without duplicates`() {
        func finding(_ notes: [String]) -> Diagnostic { Diagnostic(.warning, .slimRemovesMetadata, "m", notes: notes) }
        let other = Diagnostic(.warning, .fileConflict, "c")
        let findings = [other, finding(["a", "b"]), other, finding(["b", "c", "d", "e", "f", "g", "h"])]
        let summary = MetadataInspection.summary(of: findings, at: nil)
        #expect(summary.map(\.code) == [.fileConflict, .slimRemovesMetadata, .fileConflict])
        #expect(summary[1].message.hasSuffix(": a; b; c; d; e; f; and 2 more"))
    }
}
