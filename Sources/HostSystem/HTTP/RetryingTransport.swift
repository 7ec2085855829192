import Synchronization

/// Sends what failed for a passing reason again, after growing pauses.
package struct RetryingTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let clock: MonotonicClock
    private let attempts: Int
    private let firstPause: Duration

    /// Makes a transport around another.
    ///
    /// - Parameters:
    ///   - base: sends the requests.
    ///   - attempts: how often a request is sent at most.
    ///   - firstPause: the time before the second attempt; each further one waits twice as long, and a server's
    ///     `Retry-After` up to 30 s counts instead.
    ///   - clock: what pauses are taken on.
    package init(
        _ base: any HTTPTransport,
        attempts: Int = 4,
        firstPause: Duration = .milliseconds(300),
        clock: MonotonicClock
    ) {
        self.base = base
        self.clock = clock
        self.attempts = attempts
        self.firstPause = firstPause
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await retrying {
            try await base.send(request)
        } response: {
            $0
        }
    }

    package func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
        // What one attempt brought, the next one need not ask for again; what was there before may be of another file.
        let hasBegun = Atomic(download.resumes)
        var next = download
        next.progress = { received, total in
            hasBegun.store(true, ordering: .relaxed)
            download.progress?(received, total)
        }
        return try await retrying {
            next.resumes = hasBegun.load(ordering: .relaxed)
            return try await base.download(request, next)
        } response: {
            $0.response
        }
    }

    private func retrying<Result>(
        _ attempt: () async throws -> Result,
        response: (Result) -> HTTPResponse
    ) async throws -> Result {
        var pause = firstPause
        for _ in 1..<max(attempts, 1) {
            var wait = pause
            do {
                let result = try await attempt()
                let answer = response(result)
                guard Self.isTransient(answer.status) else { return result }
                if let seconds = answer.header("Retry-After").flatMap({ Int($0) }), (0...30).contains(seconds) {
                    wait = .seconds(seconds)
                }
            } catch let error as HTTPError where error.isTransient {
                wait = pause
            }
            try await clock.sleep(for: wait)
            pause *= 2
        }
        return try await attempt()
    }

    /// Whether a server says that it may answer otherwise later.
    private static func isTransient(_ status: Int) -> Bool {
        status == 408 || status == 429 || (500..<600).contains(status) && status != 501 && status != 505
    }
}
