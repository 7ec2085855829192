import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// Errors about files of the cache, links in projects, and which requests share a note.
struct StoreRulesTests {
    /// A failed operation, the code of its diagnostic, and words of its message and help.
    struct Failure: Sendable, CustomTestStringConvertible {
        let operation: FileSystemError.Operation
        let path: LocalPath
        let code: Int32
        let expected: DiagnosticCode
        var words: [String] = []
        var testDescription: String { "\(operation) \(path) \(code)" }
    }

    private static let (full, denied, missing, other): (Int32, Int32, Int32, Int32) = (28, 13, 2, 5)

    @Test(arguments: [
        Failure(
            operation: .write,
            path: "/cache/f/wheels/x",
            code: full,
            expected: .unusableCache,
            words: ["is full", "free some"]
        ),
        Failure(
            operation: .write,
            path: "/cache/f/x",
            code: denied,
            expected: .unusableCache,
            words: ["cannot be written", "permission"]
        ),
        Failure(operation: .read, path: "/cache/f/x", code: other, expected: .unusableCache, words: ["cannot be used"]),
        Failure(
            operation: .create,
            path: "/cache",
            code: denied,
            expected: .unusableCache,
            words: ["cannot be written"]
        ),
        Failure(operation: .read, path: "/cache", code: denied, expected: .fileOperationFailed),
        Failure(operation: .create, path: "/cache/other", code: denied, expected: .fileOperationFailed),
        Failure(
            operation: .write,
            path: "/tmp/furoshiki-1/x",
            code: full,
            expected: .unusableTemporaryDirectory,
            words: ["no space", "free some"]
        ),
        Failure(
            operation: .write,
            path: "/tmp/furoshiki-1/x",
            code: denied,
            expected: .unusableTemporaryDirectory,
            words: ["permission"]
        ),
        Failure(operation: .write, path: "/tmp/service/x", code: denied, expected: .fileOperationFailed),
    ])
    func `an error about a file of the cache or of a temporary directory names what to do`(failure: Failure) throws {
        let place = SourcePlace(file: "serverless.yml", line: 4, column: 2)
        let error = FileSystemError(failure.operation, failure.path, code: failure.code)
        for (place, variable) in [(place, false), (nil, true)] {
            let cache = CacheFolder(path: "/cache/f", place: place, temporaryDirectory: "/tmp")
            let diagnostic = try #require(cache.describe(error).diagnostics.first)
            #expect(diagnostic.code == failure.expected)
            let text = ([diagnostic.message] + diagnostic.help).joined(separator: "\n")
            for word in failure.words { #expect(text.contains(word)) }
            guard failure.expected == .unusableCache else { continue }
            #expect(diagnostic.place == place)
            #expect(text.contains("XDG_CACHE_HOME") == variable)
            #expect(text.contains("cacheLocation"))
        }
    }

    @Test func `other errors are described as they are`() {
        let cache = CacheFolder(path: "/cache/f", temporaryDirectory: "/tmp")
        let error = DiagnosticError(.downloadFailed, "message")
        #expect(cache.describe(error).diagnostics == error.diagnostics)
    }

    private let files = LiveFileSystem()

    @Test func `the target of a link changes a project, and links are copied as links`() async throws {
        try await TemporaryDirectory.with(in: "/tmp", prefix: "links") { folder in
            let root = folder / "project"
            try files.createDirectory(root / "src")
            try files.write("1", to: root / "src/a.py")
            try files.createSymbolicLink(at: root / "link", to: "src/a.py")
            let tree = SourceTree(root, files: files)
            let first = try await tree.digest()
            let copy = folder / "copy"
            try await tree.copy(to: copy)
            #expect(try files.symbolicLinkTarget(of: copy / "link") == "src/a.py")
            try files.remove(root / "link")
            #expect(try await tree.digest() != first)
            try files.createSymbolicLink(at: root / "link", to: "src/b.py")
            #expect(try await tree.digest() != first)
            try files.remove(root / "link")
            try files.createSymbolicLink(at: root / "link", to: "src/a.py")
            #expect(try await tree.digest() == first)
        }
    }

    @Test func `wheels without a digest share a note only if name, address, index and hashes are equal`() async throws {
        let wheel = WheelBuilder("alpha", "1.0")
        let body = wheel.bytes()
        try await FetchingFixture.with({ _ in HTTPResponse(status: 200, body: body) }) { fixture in
            let copy = fixture.folder / "copy"
            try fixture.files.write(body, to: copy)
            let sha512 = FileHash(
                algorithm: "sha512",
                digest: try #require(try fixture.files.digest(of: copy, algorithm: "sha512"))
            )
            func asked(
                _ name: String = "alpha-1.0-py3-none-any.whl",
                _ address: String = "https://h/a.whl",
                _ index: String? = nil,
                _ hashes: [FileHash] = []
            ) throws -> WheelFetcher.FileRequest {
                WheelFetcher.FileRequest(
                    name: try PackageName(parsing: "alpha"),
                    file: LockedFile(name: name, address: address, hashes: hashes),
                    index: index.map { IndexAddress($0) },
                    place: nil
                )
            }
            let requests = try [
                asked(), asked("alpha-1.0-py2-none-any.whl"), asked("alpha-1.0-py3-none-any.whl", "https://h/b.whl"),
                asked("alpha-1.0-py3-none-any.whl", "https://h/a.whl", "https://one/"),
                asked("alpha-1.0-py3-none-any.whl", "https://h/a.whl", nil, [sha512]),
            ]
            for (count, request) in requests.enumerated() {
                _ = try await fixture.fetcher().wheel(request)
                #expect(fixture.transport.requests.count == count + 1)
            }
            // Credentials do not change the file.
            for request in requests + [try asked("alpha-1.0-py3-none-any.whl", "https://u:p@h/a.whl")] {
                _ = try await fixture.fetcher().wheel(request)
            }
            #expect(fixture.transport.requests.count == requests.count)
        }
    }

    @Test func `a wheel with several hashes is found in the store by any SHA-256`() async throws {
        let wheel = WheelBuilder("alpha", "1.0")
        let body = wheel.bytes()
        try await FetchingFixture.with({ _ in HTTPResponse(status: 200, body: body) }) { fixture in
            let digest = FileHash(algorithm: "sha256", digest: SHA256.digest(of: body).hexadecimal)
            let md5 = FileHash(algorithm: "md5", digest: String(repeating: "0", count: 32))
            let asked = try fixture.asked(wheel, address: "https://h/a.whl", hashes: [md5, digest])
            _ = try await fixture.fetcher().wheel(asked)
            #expect(try fixture.cached("files").isEmpty)
            _ = try await fixture.fetcher().wheel(asked)
            #expect(fixture.transport.requests.count == 1)
        }
    }

    @Test func `only file URLs are local paths`() {
        #expect(WheelFetcher.localPath("file:///a%20b/c.whl") == "/a b/c.whl")
        #expect(WheelFetcher.localPath("https://h/c.whl") == nil)
        #expect(WheelFetcher.localPath("/a/c.whl") == nil)
        #expect(WheelFetcher.localPath(nil) == nil)
    }
}
