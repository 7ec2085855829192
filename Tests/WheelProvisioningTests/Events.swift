import Synchronization
import WheelProvisioning

/// Keeps what a provider tells.
final class Events: Sendable {
    private let state = Mutex<[ProvisioningEvent]>([])

    /// All that was told, in order.
    var all: [ProvisioningEvent] { state.withLock { $0 } }

    /// Keeps an event.
    @Sendable func add(_ event: ProvisioningEvent) { state.withLock { $0.append(event) } }
}
