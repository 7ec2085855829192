/// One step of a lifecycle: it makes the next state of the one before, and reads nothing else.
package struct LifecycleStep<State: Sendable>: Sendable {
    /// What a step does to the state.
    package typealias Change = @Sendable (inout State) -> Void

    /// The name of the step.
    package let event: LifecycleEvent
    /// The steps that may run while this one does; empty if all others wait for it.
    let overlapping: Set<LifecycleEvent>
    /// Reads a state, and returns what makes the next one of it.
    let work: @Sendable (State) async throws -> Change

    /// Makes a step that runs by itself.
    ///
    /// - Parameters:
    ///   - event: the name of the step.
    ///   - body: makes the next state.
    package init(_ event: LifecycleEvent, _ body: @escaping @Sendable (inout State) async throws -> Void) {
        self.event = event
        overlapping = []
        work = { state in
            var next = state
            try await body(&next)
            let result = next
            return { $0 = result }
        }
    }

    /// Makes a step that may take long, during which others can run.
    ///
    /// - Parameters:
    ///   - event: the name of the step.
    ///   - overlapping: the steps after it that read nothing of what it makes, and make nothing of it.
    ///   - work: reads the state at its start, and returns a change of what the other steps leave alone.
    package init(
        _ event: LifecycleEvent,
        overlapping: Set<LifecycleEvent>,
        _ work: @escaping @Sendable (State) async throws -> Change
    ) {
        self.event = event
        self.overlapping = overlapping
        self.work = work
    }

    /// This step as one of a lifecycle whose state contains the step's own.
    ///
    /// - Parameter path: where the larger state has the state of the step.
    /// - Returns: the step.
    package func lifted<Outer: Sendable>(
        to path: any WritableKeyPath<Outer, State> & Sendable
    ) -> LifecycleStep<Outer> {
        let work = work
        return LifecycleStep<Outer>(event, overlapping: overlapping) { outer in
            let change = try await work(outer[keyPath: path])
            return { change(&$0[keyPath: path]) }
        }
    }
}
