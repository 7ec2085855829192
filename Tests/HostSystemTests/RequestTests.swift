import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing

/// What a request says about how it is sent, against a server on the loopback interface.
struct RequestTests {
    private static let hasOpenSSL = Environment.current().findProgram("openssl") != nil

    @Test func `the user agent names the program and its version, unless the request has another one`() async throws {
        try await EchoServer.with { server async throws -> Void in
            let transport = CurlTransport(
                environment: Environment(),
                files: LiveFileSystem(),
                userAgent: "program/1.2.3"
            )
            _ = try await transport.send(HTTPRequest("GET", server.address("/a")))
            let own = [HTTPHeader("User-Agent", "other/4")]
            _ = try await transport.send(HTTPRequest("GET", server.address("/a"), headers: own))
            #expect(server.requests.map { $0.headers["user-agent"] } == ["program/1.2.3", "other/4"])
        }
    }

    @Test func `a request that must not use the proxy is sent to the server itself`() async throws {
        try await EchoServer.with { server async throws -> Void in
            // Nothing listens on the port of this proxy.
            let transport = CurlTransport(environment: Environment(["http_proxy": "http://127.0.0.1:9"]))
            var request = HTTPRequest("GET", server.address("/latest/meta-data"))
            let proxied = request
            let error = await #expect(throws: HTTPError.self) { try await transport.send(proxied) }
            #expect(error?.cause == .notConnected)
            request.usesProxy = false
            #expect(try await transport.send(request).status == 200)
        }
    }

    @Test(arguments: [HTTPRequest.Body.bytes([UInt8](repeating: 1, count: 500_000)), .file("/dev/null")])
    func `the progress of an upload ends with its size`(body: HTTPRequest.Body) async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder async throws -> Void in
            var body = body
            if case .file = body {
                try LiveFileSystem().write([UInt8](repeating: 2, count: 500_000), to: folder / "f")
                body = .file(folder / "f")
            }
            let content = body
            try await EchoServer.with { server async throws -> Void in
                let reports = Mutex<[[Int64]]>([])
                var request = HTTPRequest("PUT", server.address("/upload"), body: content)
                request.uploadProgress = { sent, total in reports.withLock { $0.append([sent, total]) } }
                #expect(try await CurlTransport(environment: Environment()).send(request).status == 200)
                #expect(server.requests.map(\.size) == [500_000])
                let seen = reports.withLock { $0 }
                #expect(seen.last == [500_000, 500_000])
                #expect(seen.map { $0[0] } == seen.map { $0[0] }.sorted())
            }
        }
    }

    @Test func `a request is completed again for each attempt`() async throws {
        try await EchoServer.with { server async throws -> Void in
            let attempts = Atomic(0)
            var request = HTTPRequest("GET", server.address("/flaky/503/2"))
            request.prepare = { request in
                let attempt = attempts.add(1, ordering: .relaxed).newValue
                request.headers.append(HTTPHeader("X-Date", "attempt \(attempt)"))
            }
            let transport = RetryingTransport(
                CurlTransport(environment: Environment()),
                clock: MonotonicClock(ManualClock()),
                random: { 0 }
            )
            #expect(try await transport.send(request).status == 200)
            #expect(server.requests.map { $0.headers["x-date"] } == ["attempt 1", "attempt 2", "attempt 3"])
        }
    }

    @Test(.enabled(if: hasOpenSSL, "needs the program openssl"))
    func `a server is trusted only with its certificate`() async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder async throws -> Void in
            let certificate = try await EchoServer.Certificate(in: folder)
            let environment = Environment(["ONE_CA": certificate.file.string, "MISSING_CA": "/no/such/file"])
            let transport = CurlTransport(environment: environment)
            try await EchoServer.with(certificate) { server async throws -> Void in
                func status(_ trust: ServerTrust) async throws -> Int {
                    var request = HTTPRequest("GET", server.address("/a"))
                    request.trust = trust
                    return try await transport.send(request).status
                }
                #expect(try await status(.file(certificate.file)) == 200)
                #expect(try await status(.variables(["MISSING_CA", "ONE_CA"])) == 200)
                #expect(try await status(.anyServer) == 200)
                for trust in [ServerTrust.standard, .variables(["OTHER_CA"])] {
                    let error = await #expect(throws: HTTPError.self) { try await status(trust) }
                    #expect(error?.cause == .untrusted)
                    #expect(error?.diagnostics.map(\.code) == [.untrustedCertificate])
                }
            }
        }
    }

    @Test(.enabled(if: hasOpenSSL, "needs the program openssl"))
    func `the first existing file of certificates of the system is used, unless a variable names another`() async throws
    {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder async throws -> Void in
            let certificate = try await EchoServer.Certificate(in: folder)
            try LiveFileSystem().createDirectory(folder / "other")
            let other = try await EchoServer.Certificate(in: folder / "other")
            let places = SystemCertificates(files: ["/no/such/file", certificate.file, other.file], folders: [])
            try await EchoServer.with(certificate) { server async throws -> Void in
                func status(_ variables: [String: String]) async throws -> Int {
                    let transport = CurlTransport(
                        environment: Environment(variables),
                        files: LiveFileSystem(),
                        userAgent: "program/1.2.3",
                        systemCertificates: places
                    )
                    return try await transport.send(HTTPRequest("GET", server.address("/a"))).status
                }
                #expect(try await status([:]) == 200)
                #expect(try await status(["SSL_CERT_DIR": folder.string]) == 200)
                let error = await #expect(throws: HTTPError.self) {
                    try await status(["SSL_CERT_FILE": other.file.string])
                }
                #expect(error?.cause == .untrusted)
            }
        }
    }

    @Test(.enabled(if: hasOpenSSL, "needs the program openssl"))
    func `a redirect from https to http is refused`() async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder async throws -> Void in
            let certificate = try await EchoServer.Certificate(in: folder)
            try await EchoServer.with { plain async throws -> Void in
                try await EchoServer.with(certificate) { server async throws -> Void in
                    let transport = CurlTransport(environment: Environment())
                    func send(_ target: WebAddress) async throws -> Int {
                        var request = HTTPRequest("GET", server.address("/to/\(target.string)"))
                        request.trust = .file(certificate.file)
                        return try await transport.send(request).status
                    }
                    #expect(try await send(server.address("/a")) == 200)
                    await #expect(throws: HTTPError.self) { try await send(plain.address("/a")) }
                    #expect(plain.requests.isEmpty)
                }
            }
        }
    }
}
