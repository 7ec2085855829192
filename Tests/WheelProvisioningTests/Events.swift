import Synchronization
import WheelProvisioning

/// Collects the events of a provider.
final class Events: Sendable {
    private let state = Mutex<[ProvisioningEvent]>([])

    /// The events in the order of their arrival.
    var all: [ProvisioningEvent] { state.withLock { $0 } }

    /// Adds an event, from any thread.
    @Sendable func add(_ event: ProvisioningEvent) { state.withLock { $0.append(event) } }
}
