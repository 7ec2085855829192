import Synchronization

/// A transport that sends failed requests again, as the policy of each request says.
package struct RetryingTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let clock: MonotonicClock
    private let random: @Sendable () -> Double

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - base: sends the requests.
    ///   - clock: takes the pauses between attempts.
    ///   - random: returns a random number from 0 to 1, for the jitter of pauses.
    package init(_ base: any HTTPTransport, clock: MonotonicClock, random: @escaping @Sendable () -> Double) {
        self.base = base
        self.clock = clock
        self.random = random
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await retrying(request) { request in
            try await base.send(request)
        } response: {
            $0
        }
    }

    package func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
        // An attempt continues after the bytes of the previous one, but not after those of another download.
        let hasBegun = Atomic(download.resumes)
        var next = download
        next.progress = { received, total in
            hasBegun.store(true, ordering: .relaxed)
            download.progress?(received, total)
        }
        return try await retrying(request) { request in
            next.resumes = hasBegun.load(ordering: .relaxed)
            return try await base.download(request, next)
        } response: {
            $0.response
        }
    }

    private func retrying<Result>(
        _ request: HTTPRequest,
        _ attempt: (HTTPRequest) async throws -> Result,
        response: (Result) -> HTTPResponse
    ) async throws -> Result {
        let policy = request.retries
        for failures in 1..<max(policy.attempts, 1) {
            var pause = policy.pause(after: failures, random: random)
            let prepared = try await request.prepared()
            do {
                let result = try await attempt(prepared)
                let response = response(result)
                guard policy.statuses.contains(response.status) else { return result }
                if let wait = RetryAfter(response)?.duration {
                    // Asking again earlier would only be refused again.
                    if wait > policy.longestPause { return result }
                    pause = wait
                }
            } catch let error as HTTPError where policy.retries(after: error) {
                // The request is sent again after the pause.
            }
            try await clock.sleep(for: pause)
        }
        return try await attempt(try await request.prepared())
    }
}
