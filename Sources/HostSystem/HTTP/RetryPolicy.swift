/// When and how often a request is sent again after it failed.
package struct RetryPolicy: Hashable, Sendable {
    /// The maximum number of times that the request is sent, at least one.
    package var attempts: Int
    /// Whether sending the request twice has the effect of sending it once (RFC 9110 section 9.2.2).
    ///
    /// If not, a request that may have reached the server is not sent again.
    package var isIdempotent: Bool
    /// The statuses of a response after which the request is sent again.
    package var statuses: Set<Int>
    /// The pause before the second attempt; each further pause is twice as long.
    package var firstPause: Duration
    /// The maximum pause; if the server asks for a longer one with `Retry-After`, the request is not sent again.
    package var longestPause: Duration
    /// The part of a pause that is random, from 0 for none to 1 for all, so that clients do not retry in step.
    package var jitter: Double

    /// Creates a policy; by default with four attempts and without jitter.
    package init(
        attempts: Int = 4,
        isIdempotent: Bool,
        statuses: Set<Int>,
        firstPause: Duration = .milliseconds(300),
        longestPause: Duration = .seconds(30),
        jitter: Double = 0
    ) {
        self.attempts = attempts
        self.isIdempotent = isIdempotent
        self.statuses = statuses
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.jitter = jitter
    }

    /// The statuses that say that the same request may succeed later.
    ///
    /// 501 and 505 are not among them: a server that lacks a feature will not have it a second later.
    package static let transientStatuses = Set(500..<600).subtracting([501, 505]).union([408, 429])

    /// The policy of requests that may be repeated.
    package static let idempotent = RetryPolicy(isIdempotent: true, statuses: transientStatuses)
    /// The policy of requests that must not be repeated if they may have had an effect; a server that responds with 429
    /// or 503 has not processed the request.
    package static let nonIdempotent = RetryPolicy(isIdempotent: false, statuses: [429, 503])
    /// The policy of requests that are sent only once.
    package static let never = RetryPolicy(attempts: 1, isIdempotent: false, statuses: [])

    /// The default policy of a method (RFC 9110 section 9.2.2).
    package static func standard(for method: String) -> RetryPolicy {
        ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"].contains(method) ? idempotent : nonIdempotent
    }

    /// Whether the request is sent again after an error.
    func retries(after error: HTTPError) -> Bool { error.isTransient && (isIdempotent || !error.mayHaveBeenSent) }

    /// The pause before an attempt.
    ///
    /// - Parameters:
    ///   - failures: the number of attempts that have failed, at least one.
    ///   - random: returns a random number from 0 to 1.
    /// - Returns: the pause, at most ``longestPause``.
    func pause(after failures: Int, random: () -> Double) -> Duration {
        var pause = firstPause
        for _ in 1..<max(failures, 1) where pause < longestPause { pause *= 2 }
        pause = min(pause, longestPause)
        return jitter > 0 ? pause * (1 - jitter * random()) : pause
    }
}
