import Synchronization
import WheelProvisioning

/// Keeps what a supplier tells.
final class Events: Sendable {
    private let state = Mutex<[SupplyEvent]>([])

    /// All that was told, in order.
    var all: [SupplyEvent] { state.withLock { $0 } }

    /// Keeps an event.
    @Sendable func add(_ event: SupplyEvent) { state.withLock { $0.append(event) } }
}
