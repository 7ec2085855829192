import HostSystem
import Synchronization

/// The retries that a client has left: a budget that retries take from and successful calls refill, so that an outage
/// does not multiply the calls.
///
/// The numbers are those of the standard mode of the AWS SDKs.
final class RetryQuota: Sendable {
    private static let capacity = 500
    private let tokens = Mutex(RetryQuota.capacity)

    /// The price of a retry after an error.
    static func price(after error: AWSError) -> Int {
        if case .transport(let cause) = error.cause, cause.cause == .timedOut { return 10 }
        return 5
    }

    /// Takes tokens for a retry.
    ///
    /// - Returns: whether there were enough.
    func take(_ price: Int) -> Bool {
        tokens.withLock { tokens in
            guard tokens >= price else { return false }
            tokens -= price
            return true
        }
    }

    /// Gives tokens back after a call that succeeded: the price of its last retry, or one if it had none.
    func giveBack(_ price: Int?) {
        tokens.withLock { $0 = min(Self.capacity, $0 + (price ?? 1)) }
    }
}

/// The difference between the clocks of AWS and of this machine, which is learned from errors.
final class ServerTime: Sendable {
    private let difference = Mutex<Int64>(0)

    /// The difference in milliseconds, positive if this machine is slow.
    var differenceMilliseconds: Int64 {
        get { difference.withLock { $0 } }
        set { difference.withLock { $0 = newValue } }
    }
}
