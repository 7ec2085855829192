/// A named list of steps, each of which makes the next state of the one before.
///
/// Whatever runs between two steps sees the whole state, and may change it: no step keeps anything outside of it.
package struct Lifecycle<State: Sendable>: Sendable {
    /// The steps, in order.
    package private(set) var steps: [LifecycleStep<State>]

    /// Makes a lifecycle of steps with different names.
    package init(_ steps: [LifecycleStep<State>]) { self.steps = steps }

    /// This lifecycle with another step before the one of a name, or at the end if there is none.
    package func inserting(_ step: LifecycleStep<State>, before event: LifecycleEvent) -> Lifecycle {
        inserting(step, at: steps.firstIndex { $0.event == event } ?? steps.endIndex)
    }

    /// This lifecycle with another step after the one of a name, or at the end if there is none.
    package func inserting(_ step: LifecycleStep<State>, after event: LifecycleEvent) -> Lifecycle {
        inserting(step, at: steps.firstIndex { $0.event == event }.map { $0 + 1 } ?? steps.endIndex)
    }

    private func inserting(_ step: LifecycleStep<State>, at index: Int) -> Lifecycle {
        var result = self
        result.steps.insert(step, at: index)
        return result
    }

    /// Runs all steps.
    ///
    /// Steps run one after another, except that a step may overlap others that it names. An error of a step that runs
    /// by itself ends the steps in the background, and is the one that is thrown.
    ///
    /// - Parameters:
    ///   - state: the first state.
    ///   - observe: called with the name of each step when it starts.
    ///   - cleanUp: called with the state at the time of a failure.
    /// - Returns: the last state.
    /// - Throws: what a step throws, `CancellationError`.
    package func run(
        from state: State,
        observe: (LifecycleEvent) -> Void = { _ in },
        cleanUp: (State) -> Void = { _ in }
    ) async throws -> State {
        var state = state
        do {
            try await withThrowingTaskGroup(of: FinishedStep.self) { group in
                var background = Background(group: group)
                do {
                    for step in steps {
                        try await background.finish(before: step, changing: &state)
                        try Task.checkCancellation()
                        observe(step.event)
                        if step.overlapping.isEmpty {
                            try await step.work(state)(&state)
                        } else {
                            background.start(step, from: state)
                        }
                    }
                    try await background.finishAll(changing: &state)
                } catch {
                    await background.cancel(changing: &state)
                    throw error
                }
            }
        } catch {
            cleanUp(state)
            throw error
        }
        return state
    }

    /// What a step in the background came to.
    private struct FinishedStep: Sendable {
        let event: LifecycleEvent
        let change: LifecycleStep<State>.Change
    }

    /// The steps that run in the background.
    private struct Background {
        var group: ThrowingTaskGroup<FinishedStep, any Error>
        private var running: [LifecycleStep<State>] = []

        init(group: ThrowingTaskGroup<FinishedStep, any Error>) { self.group = group }

        mutating func start(_ step: LifecycleStep<State>, from state: State) {
            running.append(step)
            group.addTask { FinishedStep(event: step.event, change: try await step.work(state)) }
        }

        /// Waits until only steps run that a step may overlap.
        mutating func finish(before step: LifecycleStep<State>, changing state: inout State) async throws {
            while running.contains(where: { !$0.overlapping.contains(step.event) }) {
                try await finishNext(changing: &state)
            }
        }

        mutating func finishAll(changing state: inout State) async throws {
            while !running.isEmpty { try await finishNext(changing: &state) }
        }

        private mutating func finishNext(changing state: inout State) async throws {
            guard let finished = try await group.next() else { return running = [] }
            running.removeAll { $0.event == finished.event }
            finished.change(&state)
        }

        /// Ends all of them; what was already done stays done, and so is in the state.
        mutating func cancel(changing state: inout State) async {
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .success(let finished) = result { finished.change(&state) }
            }
        }
    }
}
