import HostSystem
import Synchronization

/// The credentials of a client: looked up when the first call needs them, and again before they expire.
final class CredentialsCache: Sendable {
    private let provider: any AWSCredentialsProvider
    private let wallClock: WallClock
    private let known = Mutex<AWSCredentials?>(nil)
    /// One lookup at a time, so that calls that start together share it.
    private let lookups = ConcurrencyLimit(1)

    /// Credentials with less time left are replaced, so that a call does not outlive them.
    private static let marginMilliseconds: Int64 = 5 * 60 * 1000

    init(_ provider: any AWSCredentialsProvider, wallClock: WallClock) {
        self.provider = provider
        self.wallClock = wallClock
    }

    /// Credentials that are valid now.
    func credentials() async throws -> AWSCredentials {
        if let current { return current }
        return try await lookups.run {
            if let current { return current }
            let found = try await provider.credentials()
            known.withLock { $0 = found }
            return found
        }
    }

    /// Forgets credentials that a service called expired.
    ///
    /// - Returns: whether others can be looked up.
    func discard(_ expired: AWSCredentials) -> Bool {
        guard expired.expiration != nil else { return false }
        known.withLock { if $0 == expired { $0 = nil } }
        return true
    }

    private var current: AWSCredentials? {
        guard let credentials = known.withLock({ $0 }) else { return nil }
        guard let expiration = credentials.expiration else { return credentials }
        return expiration - wallClock.nowMilliseconds < Self.marginMilliseconds ? nil : credentials
    }
}
