/// A list of named steps, each of which returns a new state.
///
/// Code between two steps can read and change the whole state, as steps keep nothing outside it.
package struct Lifecycle<State: Sendable>: Sendable {
    /// The steps, in order.
    package private(set) var steps: [LifecycleStep<State>]

    /// Creates a lifecycle of steps with different names.
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
    /// Steps run one after another, except that a step may overlap others that it names. The first error of any step ends
    /// all that run, and is the one that is thrown.
    ///
    /// - Parameters:
    ///   - state: the first state.
    ///   - observe: called with the name of each step when it starts.
    ///   - cleanUp: called with what is known of a failure.
    /// - Returns: the last state.
    /// - Throws: what a step throws, `CancellationError`.
    package func run(
        from state: State,
        observe: (LifecycleEvent) -> Void = { _ in },
        cleanUp: (LifecycleFailure<State>) -> Void = { _ in }
    ) async throws -> State {
        var state = state
        let failure = await withTaskGroup(of: FinishedStep.self) { group -> LifecycleFailure<State>? in
            var background = Background(group: group)
            do throws(StepError) {
                for step in steps {
                    try await background.finish(before: step, changing: &state)
                    observe(step.event)
                    background.start(step, from: state)
                    if step.overlapping.isEmpty { try await background.finish(step, changing: &state) }
                }
                try await background.finishAll(changing: &state)
                return nil
            } catch {
                await background.cancel(changing: &state)
                return LifecycleFailure(event: error.event, error: error.error, state: state)
            }
        }
        guard let failure else { return state }
        cleanUp(failure)
        throw failure.error
    }

    /// The error of a step.
    private struct StepError: Error {
        let event: LifecycleEvent
        let error: any Error
    }

    /// What a step in the background came to.
    private struct FinishedStep: Sendable {
        let event: LifecycleEvent
        let outcome: Result<LifecycleStep<State>.Change, any Error>
    }

    /// The steps that run now.
    private struct Background {
        var group: TaskGroup<FinishedStep>
        private var running: [LifecycleStep<State>] = []
        /// What steps have made while another step ran by itself, which does not know of it.
        private var changes: [LifecycleStep<State>.Change] = []
        /// The step that runs by itself, whose change is that of the whole state and so comes first.
        private var alone: LifecycleEvent?

        init(group: TaskGroup<FinishedStep>) { self.group = group }

        mutating func start(_ step: LifecycleStep<State>, from state: State) {
            running.append(step)
            group.addTask {
                do {
                    // What has begun before a failure may end, so that it is known to the cleanup.
                    if step.overlapping.isEmpty { try Task.checkCancellation() }
                    return FinishedStep(event: step.event, outcome: .success(try await step.work(state)))
                } catch {
                    return FinishedStep(event: step.event, outcome: .failure(error))
                }
            }
        }

        /// Waits until only steps run that a step may overlap.
        mutating func finish(
            before step: LifecycleStep<State>,
            changing state: inout State
        ) async throws(StepError) {
            while running.contains(where: { !$0.overlapping.contains(step.event) }) { try await finishNext() }
            apply(to: &state)
        }

        /// Waits for the end of a step that runs by itself; an error of another one ends it at once.
        mutating func finish(_ step: LifecycleStep<State>, changing state: inout State) async throws(StepError) {
            alone = step.event
            while running.contains(where: { $0.event == step.event }) { try await finishNext() }
            apply(to: &state)
        }

        mutating func finishAll(changing state: inout State) async throws(StepError) {
            while !running.isEmpty { try await finishNext() }
            apply(to: &state)
        }

        /// Waits for the end of any step.
        private mutating func finishNext() async throws(StepError) {
            guard let finished = await group.next() else { return running = [] }
            running.removeAll { $0.event == finished.event }
            switch finished.outcome {
            case .success(let change): keep(change, of: finished.event)
            case .failure(let error): throw StepError(event: finished.event, error: error)
            }
        }

        private mutating func keep(_ change: @escaping LifecycleStep<State>.Change, of event: LifecycleEvent) {
            changes.insert(change, at: event == alone ? 0 : changes.endIndex)
        }

        private mutating func apply(to state: inout State) {
            for change in changes { change(&state) }
            (changes, alone) = ([], nil)
        }

        /// Ends all of them; what was already done stays done, and so is in the state.
        mutating func cancel(changing state: inout State) async {
            group.cancelAll()
            while let finished = await group.next() {
                if case .success(let change) = finished.outcome { keep(change, of: finished.event) }
            }
            apply(to: &state)
        }
    }
}

/// What is known when a lifecycle fails.
package struct LifecycleFailure<State: Sendable>: Sendable {
    /// The step that failed.
    package let event: LifecycleEvent
    /// The error of the step.
    package let error: any Error
    /// The state after all steps that did not fail.
    package let state: State

    /// The same failure, seen by a part of the state.
    package func narrowed<Inner: Sendable>(to path: KeyPath<State, Inner>) -> LifecycleFailure<Inner> {
        LifecycleFailure<Inner>(event: event, error: error, state: state[keyPath: path])
    }
}
