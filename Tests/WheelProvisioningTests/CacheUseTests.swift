import FuroshikiTestSupport
import HostSystem
import Testing

@testable import WheelProvisioning

/// Temporary files that killed runs leave in a cache.
struct CacheUseTests {
    private let files = LiveFileSystem()
    private let temporary = [
        "wheels/abc/.verified.123.1x.tmp", "artifacts/.a.json.9.zz.tmp", "derived/stripped-1/.b.zip.77.k2.tmp",
    ]
    private let others = ["wheels/abc/a.whl", "partial/abc", ".notes.tmp", "uv/.x.12.3.tmp", "derived/.d.tmp"]

    /// Runs a body with a cache that has these files.
    private func with(_ body: (LocalPath) throws -> Void) async throws {
        try await TemporaryDirectory.with(in: "/tmp", files: files) { folder in
            for name in temporary + others {
                try files.createDirectory((folder / name).parent)
                try files.write("x", to: folder / name)
            }
            try body(folder)
        }
    }

    private func present(_ names: [String], in cache: LocalPath) -> [String] {
        names.filter { files.exists(cache / $0) }
    }

    /// Leaves the mark of a run that was killed.
    private func kill(in cache: LocalPath) throws {
        try files.createDirectory(cache / "running")
        try files.write("", to: cache / "running/killed")
    }

    @Test func `the next run after a killed one removes temporary files, and nothing else`() async throws {
        try await with { cache in
            try kill(in: cache)
            CacheUse(of: cache, files: files).end()
            #expect(present(temporary, in: cache) == [])
            #expect(present(others, in: cache) == others)
            #expect(try files.entries(of: cache / "running").isEmpty)
        }
    }

    @Test func `nothing is searched for after runs that ended`() async throws {
        try await with { cache in
            for _ in 0..<2 { CacheUse(of: cache, files: files).end() }
            #expect(present(temporary, in: cache) == temporary)
            let marks = try files.entries(of: cache / "running")
            #expect(marks.isEmpty)
        }
    }

    @Test func `while another run uses the cache, its temporary files stay, and a later run removes them`() async throws
    {
        try await with { cache in
            let other = CacheUse(of: cache, files: files)
            try kill(in: cache)
            CacheUse(of: cache, files: files).end()
            #expect(present(temporary, in: cache) == temporary)
            other.end()
        }
        try await with { cache in
            do {
                let other = CacheUse(of: cache, files: files)
                try kill(in: cache)
                other.end()
            }
            CacheUse(of: cache, files: files).end()
            #expect(present(temporary, in: cache) == [])
        }
    }

    @Test func `a cache that cannot be written is used without a mark`() {
        CacheUse(of: "/proc/furoshiki", files: files).end()
        #expect(!files.exists("/proc/furoshiki"))
    }
}
