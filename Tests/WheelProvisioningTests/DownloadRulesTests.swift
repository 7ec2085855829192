import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// The keys, waiting times and hash checks of downloads.
struct DownloadRulesTests {
    private func request(_ hashes: [String] = [], _ address: String = "https://h/a.whl") throws -> Downloader.Request {
        Downloader.Request(
            name: try PackageName(parsing: "alpha"),
            fileName: "alpha-1.0-py3-none-any.whl",
            address: try #require(WebAddress(address)),
            hashes: try hashes.map { try #require(FileHash($0)) },
            place: nil
        )
    }

    private static let (a, b) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
    private static let long = "sha512:" + String(repeating: "c", count: 128)

    @Test func `the key of a download is its digest, or else depends on its address and hashes`() throws {
        #expect(try request(["sha256:\(Self.a)"]).key == Self.a)
        let keys = try [
            request().key, request([], "https://h/b.whl").key, request(["sha256:\(Self.a)", "sha256:\(Self.b)"]).key,
            request([Self.long]).key, request(["sha256:\(Self.a)", Self.long]).key,
            request(["sha256:\(Self.a)", Self.long], "https://h/b.whl").key,
        ]
        #expect(Set(keys).count == keys.count)
        #expect(!keys.contains(Self.a))
        #expect(try request(["sha256:\(Self.b)", "sha256:\(Self.a)"]).key == keys[2])
        // Credentials do not change the file.
        #expect(try request([], "https://u:p@h/a.whl").key == keys[0])
    }

    @Test func `a wait is reported from four seconds without a byte on`() {
        let clock = ManualClock()
        clock.pass(.seconds(100))
        let timer = StallTimer(clock: MonotonicClock(clock))
        #expect(timer.duration() == nil)
        clock.pass(.milliseconds(3999))
        #expect(timer.duration() == nil)
        clock.pass(.milliseconds(1))
        #expect(timer.duration() == .seconds(4))
        clock.pass(.milliseconds(2900))
        #expect(timer.duration() == .seconds(6))
        timer.restart()
        #expect(timer.duration() == nil)
        clock.pass(.seconds(5))
        #expect(timer.duration() == .seconds(5))
    }

    @Test func `a transport gets the limit, and a durable file`() async throws {
        /// A transport that records how a file is downloaded.
        final class Recorder: HTTPTransport {
            let events = Events()
            func send(_ request: HTTPRequest) async throws -> HTTPResponse { HTTPResponse(status: 500) }
            func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
                #expect(download.isDurable)
                #expect(download.limitBytes == (request.address.path == "/a.whl" ? 4 << 30 : 7))
                #expect(!download.resumes)
                return HTTPDownloadResult(response: HTTPResponse(status: 200), sha256: SHA256.digest(of: []), size: 0)
            }
        }
        try await TemporaryDirectory.with(in: "/tmp", prefix: "limit") { folder in
            let environment = Environment(["PIP_CONFIG_FILE": "/dev/null"])
            let downloader = Downloader(
                transport: Recorder(),
                settings: try IndexSettings(IndexOptions(), environment: environment, files: try InMemoryFileSystem()),
                wheelhouse: Wheelhouse(folder, files: LiveFileSystem()),
                clock: .live,
                report: { _ in }
            )
            _ = try await downloader.fetch(try request())
            var sized = try request([], "https://h/b.whl")
            sized.sizeBytes = 7
            _ = try await downloader.fetch(sized)
        }
    }

    @Test(arguments: [(28, true), (122, true), (5, false)])
    func `a part is removed if the disk is full, so that it does not use the rest`(
        code: Int32,
        isRemoved: Bool
    ) async throws {
        /// A transport whose disk fails after a part.
        struct FailingDisk: HTTPTransport {
            let code: Int32
            func send(_ request: HTTPRequest) async throws -> HTTPResponse { HTTPResponse(status: 500) }
            func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
                try LiveFileSystem().write([1], to: download.destination)
                throw FileSystemError(.write, download.destination, code: code)
            }
        }
        try await TemporaryDirectory.with(in: "/tmp", prefix: "disk") { folder in
            let environment = Environment(["PIP_CONFIG_FILE": "/dev/null"])
            let store = Wheelhouse(folder, files: LiveFileSystem())
            let downloader = Downloader(
                transport: FailingDisk(code: code),
                settings: try IndexSettings(IndexOptions(), environment: environment, files: try InMemoryFileSystem()),
                wheelhouse: store,
                clock: .live,
                report: { _ in }
            )
            let request = try request()
            await #expect(throws: FileSystemError.self) { try await downloader.fetch(request) }
            #expect(LiveFileSystem().exists(try store.partialFile(request.key)) == !isRemoved)
        }
    }

    @Test(arguments: [
        (HTTPError.Cause.timedOut, ["resume", "UV_HTTP_TIMEOUT"]), (.interrupted, ["resume"]),
        (.notConnected, ["check", "resume"]), (.untrusted, ["SSL_CERT_FILE"]), (.other, []),
    ])
    func `the help of a failed download fits its cause`(cause: HTTPError.Cause, words: [String]) async throws {
        try await FetchingFixture.with({ throw HTTPError(cause, address: $0.address, detail: "detail") }) { fixture in
            let asked = try fixture.asked(WheelBuilder("alpha", "1.0"), address: "https://files.example/a.whl")
            let error = await #expect(throws: DiagnosticError.self) { try await fixture.fetcher().wheel(asked) }
            let help = try #require(error?.diagnostics.first?.help)
            #expect(help.count == words.count)
            #expect(zip(help, words).allSatisfy { $0.contains($1) })
        }
    }

    @Test func `a mismatch shows at most four expected hashes, and the digest if it is known`() throws {
        let expected = try (1...6).map { try #require(FileHash("sha256:" + String(repeating: "\($0)", count: 64))) }
        let name = try PackageName(parsing: "alpha")
        func notes(_ found: SHA256Digest?) -> [String] {
            DiagnosticError.hashMismatch("a.whl", of: name, expected: expected, found: found, at: nil)
                .diagnostics.flatMap(\.notes)
        }
        #expect(notes(nil) == expected.prefix(4).map { "expected \($0)" })
        let digest = SHA256.digest(of: [1])
        #expect(notes(digest).last == "found sha256:\(digest.hexadecimal)")
        #expect(notes(digest).count == 5)
    }
}
