import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

struct TransportTests {
    private func fixture(
        _ body: @escaping @Sendable (LocalIndex, LocalPath, CurlTransport) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            try LiveFileSystem().createDirectory(folder / "files")
            try LiveFileSystem().write([UInt8](repeating: 7, count: 300_000), to: folder / "files/a-1.tar.gz")
            try await LocalIndex.with(folder / "files") { index in
                try await body(index, folder, CurlTransport(environment: Environment()))
            }
        }
    }

    private static func file(_ index: LocalIndex) throws -> HTTPRequest {
        var request = HTTPRequest(
            "GET",
            try #require(WebAddress("http://127.0.0.1:\(index.port)/files/a-1.tar.gz"))
        )
        // A loaded machine may take long to respond.
        request.timeouts = HTTPTimeouts(connect: .seconds(3600), stall: .seconds(3600))
        return request
    }

    @Test func `a response with any status is a value`() async throws {
        try await fixture { index, _, transport in
            let page = try #require(WebAddress(index.address + "/a/"))
            let response = try await transport.send(HTTPRequest("GET", page))
            #expect(response.status == 200)
            #expect(response.header("content-type") == "text/html; charset=utf-8")
            let missing = try #require(WebAddress(index.address + "/b/"))
            #expect(try await transport.send(HTTPRequest("GET", missing)).status == 404)
        }
    }

    @Test func `a response over the limit is an error`() async throws {
        try await fixture { index, _, transport in
            var request = try Self.file(index)
            request.limitBytes = 1000
            let error = await #expect(throws: HTTPError.self) { try await transport.send(request) }
            #expect(error?.cause == .tooLarge(limitBytes: 1000))
        }
    }

    @Test func `a download has the digest of all bytes, also if it continues a partial file`() async throws {
        try await fixture { index, folder, transport in
            let expected = SHA256.digest(of: [UInt8](repeating: 7, count: 300_000))
            let whole = try await transport.download(Self.file(index), HTTPDownload(to: folder / "whole"))
            #expect(whole.sha256 == expected)
            #expect(whole.size == 300_000)
            try LiveFileSystem().write([UInt8](repeating: 7, count: 100_000), to: folder / "part")
            for _ in 0..<2 {
                let rest = try await transport.download(
                    Self.file(index),
                    HTTPDownload(to: folder / "part", resumes: true)
                )
                #expect(rest.sha256 == expected)
                #expect(try LiveFileSystem().status(of: folder / "part").size == 300_000)
            }
            #expect(index.requests.last == "GET /files/a-1.tar.gz bytes=300000-")
            #expect(index.requests.contains("GET /files/a-1.tar.gz bytes=100000-"))
        }
    }

    @Test func `a server that ignores ranges sends a partial file again from its start`() async throws {
        try await fixture { index, folder, transport in
            try index.setFailures(["a-1.tar.gz": "no-ranges"])
            try LiveFileSystem().write([UInt8](repeating: 9, count: 100_000), to: folder / "part")
            let result = try await transport.download(
                Self.file(index),
                HTTPDownload(to: folder / "part", resumes: true)
            )
            #expect(index.requests == ["GET /files/a-1.tar.gz bytes=100000-"])
            #expect(result.sha256 == SHA256.digest(of: [UInt8](repeating: 7, count: 300_000)))
            #expect(try LiveFileSystem().status(of: folder / "part").size == 300_000)
        }
    }

    @Test func `a download that a server without ranges interrupts starts again in the same run`() async throws {
        try await fixture { index, folder, transport in
            try index.setFailures(["a-1.tar.gz": "no-ranges-cut"])
            let retrying = RetryingTransport(transport, clock: MonotonicClock(ManualClock()))
            let result = try await retrying.download(Self.file(index), HTTPDownload(to: folder / "f"))
            #expect(result.sha256 == SHA256.digest(of: [UInt8](repeating: 7, count: 300_000)))
            #expect(index.requests.count == 2)
        }
    }

    @Test func `a partial file that is longer than the file is discarded`() async throws {
        try await fixture { index, folder, transport in
            try LiveFileSystem().write([UInt8](repeating: 9, count: 400_000), to: folder / "part")
            let result = try await transport.download(
                Self.file(index),
                HTTPDownload(to: folder / "part", resumes: true)
            )
            #expect(result.size == 300_000)
        }
    }

    @Test func `an interrupted download continues without requesting its bytes again`() async throws {
        try await fixture { index, folder, transport in
            try index.setFailures(["a-1.tar.gz": "truncate"])
            let clock = ManualClock()
            let retrying = RetryingTransport(transport, clock: MonotonicClock(clock), random: { 0 })
            let result = try await retrying.download(Self.file(index), HTTPDownload(to: folder / "f"))
            #expect(result.size == 300_000)
            #expect(clock.pauses == [.milliseconds(300)])
            #expect(index.requests.last == "GET /files/a-1.tar.gz bytes=150000-")
        }
    }

    @Test func `a download from the start never continues an existing file`() async throws {
        try await fixture { index, folder, transport in
            try LiveFileSystem().write([UInt8](repeating: 9, count: 1000), to: folder / "f")
            try index.setFailures(["a-1.tar.gz": "once-500"])
            let retrying = RetryingTransport(transport, clock: MonotonicClock(ManualClock()), random: { 0 })
            let result = try await retrying.download(Self.file(index), HTTPDownload(to: folder / "f"))
            #expect(result.sha256 == SHA256.digest(of: [UInt8](repeating: 7, count: 300_000)))
        }
    }

    @Test func `a request is sent again after growing pauses if its error is transient`() async throws {
        let clock = ManualClock()
        let stub = StubTransport { _ in HTTPResponse(status: 503) }
        let address = try #require(WebAddress("http://h/"))
        let answer = try await RetryingTransport(stub, clock: MonotonicClock(clock), random: { 0 })
            .send(HTTPRequest("GET", address))
        #expect(answer.status == 503)
        #expect(clock.pauses == [.milliseconds(300), .milliseconds(600), .milliseconds(1200)])
        let refusing = StubTransport { _ in HTTPResponse(status: 404) }
        _ = try await RetryingTransport(refusing, clock: MonotonicClock(clock), random: { 0 })
            .send(HTTPRequest("GET", address))
        #expect(refusing.requests.count == 1)
    }

    @Test func `a server that sends nothing for too long is an error`() async throws {
        try await fixture { index, _, transport in
            try index.setFailures(["a-1.tar.gz": "stall"])
            var request = try Self.file(index)
            request.timeouts.stall = .seconds(1)
            let stalling = request
            let error = await #expect(throws: HTTPError.self) { try await transport.send(stalling) }
            #expect(error?.cause == .timedOut)
        }
    }

    @Test func `a transfer ends if its task is cancelled`() async throws {
        try await fixture { index, _, transport in
            try index.setFailures(["a-1.tar.gz": "stall"])
            let request = try Self.file(index)
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await transport.send(request) }
                    try await Task.sleep(for: .milliseconds(100))
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func `a cancelled transfer does not affect later ones`() async throws {
        try await fixture { index, _, transport in
            let request = try Self.file(index)
            for _ in 0..<50 {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await transport.send(request) }
                    group.cancelAll()
                }
                #expect(try await transport.send(request).status == 200)
            }
        }
    }

    @Test func `credentials come from the request, the address or the netrc file`() async throws {
        try await fixture { index, folder, transport in
            try index.setFailures(["*": "login"])
            var request = try Self.file(index)
            #expect(try await transport.send(request).status == 401)
            request.credentials = HTTPCredentials(user: "user", password: Secret("secret"))
            #expect(try await transport.send(request).status == 200)
            request.credentials = nil
            request.address.user = "user"
            request.address.password = Secret("secret")
            #expect(try await transport.send(request).status == 200)
            try LiveFileSystem().write("machine 127.0.0.1 login user password secret\n", to: folder / "netrc")
            let knowing = CurlTransport(environment: Environment(["NETRC": "\(folder / "netrc")"]))
            var asking = try Self.file(index)
            asking.usesNetrc = true
            #expect(try await knowing.send(asking).status == 200)
        }
    }

    @Test func `a redirect to another origin carries no credentials, one to the same origin does`() async throws {
        try await fixture { index, folder, transport in
            try LiveFileSystem().createDirectory(folder / "other")
            try LiveFileSystem().write("text", to: folder / "other/b-1.tar.gz")
            try LiveFileSystem().write("text", to: folder / "files/b-1.tar.gz")
            try await LocalIndex.with(folder / "other") { other in
                try other.setFailures(["*": "login"])
                for port in [other.port, index.port] {
                    try index.setFailures([
                        "a-1.tar.gz": "http://127.0.0.1:\(port)/files/b-1.tar.gz", "b-1.tar.gz": "login",
                    ])
                    var request = try Self.file(index)
                    request.credentials = HTTPCredentials(user: "user", password: Secret("secret"))
                    #expect(try await transport.send(request).status == (port == other.port ? 401 : 200))
                    request.credentials = nil
                    request.headers = [HTTPHeader("Authorization", "Basic dXNlcjpzZWNyZXQ=")]
                    #expect(try await transport.send(request).status == (port == other.port ? 401 : 200))
                }
            }
        }
    }

    @Test func `a server that does not listen is reported as not connected`() async throws {
        let address = try #require(WebAddress("http://127.0.0.1:9/"))
        let transport = CurlTransport(environment: Environment())
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest("GET", address)) }
        #expect(error?.cause == .notConnected)
        #expect(error?.diagnostics.first?.help.first?.hasPrefix("check the network") == true)
    }
}
