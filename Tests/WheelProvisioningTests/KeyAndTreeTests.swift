import FuroshikiTestSupport
import HostSystem
import Testing

@testable import WheelProvisioning

/// Which inputs change the key of a cached thing, and which files change the digest of a project.
struct KeyAndTreeTests {
    private func key(_ kind: String = "kind", _ version: Int = 1, _ add: (inout CacheKey) -> Void = { _ in }) -> String
    {
        var key = CacheKey(kind, version: version)
        add(&key)
        return key.finish()
    }

    @Test func `a key depends on the name, value, number and order of its inputs`() {
        let keys = [
            key(), key("other"), key("kind", 2), key { $0.add("a", "b") }, key { $0.add("b", "a") },
            key { $0.add("c", "b") },
            key { $0.add("a", "c") }, key { $0.add("ab", "") }, key { $0.add("", "ab") }, key { $0.add("a", ["b"]) },
            key { $0.add("a", ["b", "c"]) }, key { $0.add("a", ["c", "b"]) }, key { $0.add("a", ["bc"]) },
            key { $0.add("a", [String]()) }, key { $0.add("c", ["b"]) }, key { $0.add(1) },
            key { $0.add(2) }, key { $0.add(256) }, key { $0.add(-1) }, key { $0.add(false) }, key { $0.add("a") },
            key { $0.add(["a"]) },
        ]
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.utf8.count == 64 })
        #expect(key { $0.add("a", ["b", "c"]) } == keys[10])
    }

    @Test func `a key depends on every part of a file's status`() {
        let base = FileStatus(
            kind: .file,
            mode: 1,
            size: 2,
            modifiedNanoseconds: 3,
            changedNanoseconds: 4,
            inode: 5,
            device: 6
        )
        let changes: [(inout FileStatus) -> Void] = [
            { _ in }, { $0.mode = 9 }, { $0.size = 9 }, { $0.modifiedNanoseconds = 9 }, { $0.changedNanoseconds = 9 },
            { $0.inode = 9 }, { $0.device = 9 },
        ]
        let keys = changes.map { change in
            var status = base
            change(&status)
            return key { $0.add(status) }
        }
        #expect(Set(keys).count == changes.count)
    }

    private let files = LiveFileSystem()

    private func withTree(_ body: (LocalPath) async throws -> Void) async throws {
        try await TemporaryDirectory.with(in: "/tmp", prefix: "tree") { folder in
            let root = folder / "project"
            try write("x = 1\n", "a.py", in: root)
            try write("", "src/pkg/__init__.py", in: root)
            try write("ref: refs/heads/main\n", ".git/HEAD", in: root)
            try await body(root)
        }
    }

    private func write(_ text: String, _ path: String, in root: LocalPath) throws {
        try files.createDirectory((root / path).parent)
        try files.write(text, to: root / path)
    }

    @Test(arguments: [
        "node_modules/x", "src/pkg/node_modules/x", ".venv/x", "build/x", "a.egg-info/x", "src/b.egg-info/x",
        ".git/config",
        "src/__pycache__/x.pyc",
    ])
    func `a file that no build reads does not change a project, and is not copied`(_ path: String) async throws {
        try await withTree { root in
            let tree = SourceTree(root, files: files)
            let before = try await tree.digest()
            try write("new", path, in: root)
            #expect(try await tree.digest() == before)
            let copy = root.parent / "copy"
            try await tree.copy(to: copy)
            #expect(files.isFile(copy / "a.py") && files.isFile(copy / "src/pkg/__init__.py"))
            #expect(files.isFile(copy / path) == path.hasPrefix(".git/"))
        }
    }

    @Test(arguments: [
        ("a.py", "x = 2\n"), ("b.py", ""), ("src/build/x", ""), ("src/pkg/deep.egg-info/x", ""),
        ("src/pkg/new/m.py", ""),
        (".git/HEAD", "ref: refs/heads/other\n"), (".git/refs/heads/main", "abc\n"),
        (".git/packed-refs", "abc refs/heads/main\n"),
    ])
    func `a file that a build may read changes a project`(path: String, text: String) async throws {
        try await withTree { root in
            let tree = SourceTree(root, files: files)
            let before = try await tree.digest()
            try write(text, path, in: root)
            #expect(try await tree.digest() != before)
        }
    }

    @Test func `modes and the project's own path change a project`() async throws {
        try await withTree { root in
            let before = try await SourceTree(root, files: files).digest()
            try files.setMode(0o755, of: root / "a.py")
            let executable = try await SourceTree(root, files: files).digest()
            #expect(executable != before)
            try files.rename(root, to: root.parent / "renamed")
            #expect(try await SourceTree(root.parent / "renamed", files: files).digest() != executable)
            let file = root.parent / "renamed/a.py"
            #expect(try await SourceTree(file, files: files).digest() == SHA256.digest(of: "x = 1\n"))
        }
    }
}
