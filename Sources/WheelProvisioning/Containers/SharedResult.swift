import HostSystem
import Synchronization

/// A result that the first caller makes, and that all others wait for.
///
/// Errors are kept too, so that an image is not pulled again for each distribution; only a cancellation is not.
final class SharedResult<Value: Sendable>: Sendable {
    private let turns = ConcurrencyLimit(1)
    private let result = Mutex<Result<Value, any Error>?>(nil)

    /// The result, which is made if this is the first call.
    func value(_ make: () async throws -> Value) async throws -> Value {
        if let known = result.withLock({ $0 }) { return try known.get() }
        return try await turns.run {
            if let known = result.withLock({ $0 }) { return try known.get() }
            do {
                let value = try await make()
                result.withLock { $0 = .success(value) }
                return value
            } catch let error as CancellationError {
                throw error
            } catch {
                result.withLock { $0 = .failure(error) }
                throw error
            }
        }
    }

    /// Sets the result if it is known already.
    func set(_ value: Value) { result.withLock { $0 = .success(value) } }
}
