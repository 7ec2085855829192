package import HostSystem
import Synchronization

/// A transport without network: a closure answers the requests, which are recorded.
package final class StubTransport: HTTPTransport {
    private let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse
    private let log = Mutex<[HTTPRequest]>([])

    /// Creates a transport whose requests are answered by a closure.
    package init(_ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) { self.answer = answer }

    /// A transport that fails all requests, for tests that must not use the network.
    package static var unreachable: StubTransport {
        StubTransport { throw HTTPError(.notConnected, address: $0.address, detail: "no network in this test") }
    }

    /// The requests so far, in order.
    package var requests: [HTTPRequest] { log.withLock { $0 } }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let request = try await request.prepared()
        log.withLock { $0.append(request) }
        return try await answer(request)
    }

    package func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
        let response = try await send(request)
        guard Int64(response.body.count) <= download.limitBytes else {
            throw HTTPError(.tooLarge(limitBytes: download.limitBytes), address: request.address, detail: "too large")
        }
        if response.isSuccess { try LiveFileSystem().write(response.body, to: download.destination) }
        let digest = SHA256.digest(of: response.body)
        return HTTPDownloadResult(response: response, sha256: digest, size: Int64(response.body.count))
    }
}
