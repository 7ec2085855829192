import FuroshikiTestSupport
import HostSystem
import ServiceLifecycle
import Synchronization
import Testing

@Suite struct LifecycleTests {
    private struct Refusal: Error, Equatable { let name: String }

    private static func adding(_ event: LifecycleEvent) -> LifecycleStep<[LifecycleEvent]> {
        LifecycleStep(event) { $0.append(event) }
    }

    @Test func `each step makes the next state of the one before`() async throws {
        let lifecycle = Lifecycle([.cleanup, .initialize, .finalize].map(Self.adding))
        var observed: [LifecycleEvent] = []
        let state = try await lifecycle.run(from: [], observe: { observed.append($0) })
        #expect(state == [.cleanup, .initialize, .finalize])
        #expect(observed == state)
    }

    @Test func `a step in the background runs while the steps that it names do`() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let lifecycle = Lifecycle<[LifecycleEvent]>([
            // It ends only when a later step has run.
            LifecycleStep(.createDeploymentArtifacts, overlapping: [.compileEvents]) { _ in
                for await _ in signals { break }
                return { $0.append(.createDeploymentArtifacts) }
            },
            LifecycleStep(.compileEvents) { state in
                state.append(.compileEvents)
                signal.yield()
            },
            Self.adding(.finalize),
        ])
        #expect(try await lifecycle.run(from: []) == [.compileEvents, .createDeploymentArtifacts, .finalize])
    }

    @Test func `a step that is inserted sees what all steps before it have made`() async throws {
        let lifecycle = Lifecycle<[LifecycleEvent]>([
            LifecycleStep(.createDeploymentArtifacts, overlapping: [.compileEvents]) { _ in
                { $0.append(.createDeploymentArtifacts) }
            },
            Self.adding(.compileEvents),
        ])
        let inserted = LifecycleStep<[LifecycleEvent]>(.compileLayers) { state in
            #expect(state == [.createDeploymentArtifacts])
            state.append(.compileLayers)
        }
        #expect(
            try await lifecycle.inserting(inserted, before: .compileEvents).run(from: [])
                == [.createDeploymentArtifacts, .compileLayers, .compileEvents]
        )
        #expect(
            lifecycle.inserting(inserted, after: .compileEvents).steps.map(\.event)
                == [.createDeploymentArtifacts, .compileEvents, .compileLayers]
        )
    }

    @Test func `an error cancels the steps in the background and is the one that is thrown`() async throws {
        let wasCancelled = Mutex(false)
        let lifecycle = Lifecycle<[LifecycleEvent]>([
            LifecycleStep(.createDeploymentArtifacts, overlapping: [.compileEvents]) { _ in
                do {
                    try await untilCancelled()
                } catch {
                    wasCancelled.withLock { $0 = true }
                    throw Refusal(name: "background")
                }
                return { _ in }
            },
            LifecycleStep(.compileEvents) { _ in throw Refusal(name: "foreground") },
        ])
        await #expect(throws: Refusal(name: "foreground")) { try await lifecycle.run(from: []) }
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func `what a step in the background has done when another fails is known to the cleanup`() async throws {
        let lifecycle = Lifecycle<[LifecycleEvent]>([
            LifecycleStep(.createDeploymentArtifacts, overlapping: [.compileEvents]) { _ in
                { $0.append(.createDeploymentArtifacts) }
            },
            LifecycleStep(.compileEvents) { _ in throw Refusal(name: "foreground") },
        ])
        var left: [LifecycleEvent] = []
        await #expect(throws: Refusal.self) { try await lifecycle.run(from: [], cleanUp: { left = $0.state }) }
        #expect(left == [.createDeploymentArtifacts])
    }

    @Test func `an error of a step in the background ends the step that runs by itself at once`() async throws {
        let wasCancelled = Mutex(false)
        let lifecycle = Lifecycle<[LifecycleEvent]>([
            Self.adding(.initialize),
            LifecycleStep(.createDeploymentArtifacts, overlapping: [.compileEvents]) { _ in
                throw Refusal(name: "background")
            },
            LifecycleStep(.compileEvents) { _ in
                do {
                    try await untilCancelled()
                } catch {
                    wasCancelled.withLock { $0 = true }
                    throw error
                }
            },
            Self.adding(.finalize),
        ])
        var failure: LifecycleFailure<[LifecycleEvent]>?
        await #expect(throws: Refusal(name: "background")) {
            try await lifecycle.run(from: [], cleanUp: { failure = $0 })
        }
        #expect(wasCancelled.withLock { $0 })
        #expect(failure?.event == .createDeploymentArtifacts)
        #expect(failure?.state == [.initialize])
    }

    @Test func `a step in the background that ends while another runs by itself loses nothing`() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let lifecycle = Lifecycle<[LifecycleEvent]>([
            LifecycleStep(.createDeploymentArtifacts, overlapping: [.compileEvents]) { _ in
                defer { signal.yield() }
                return { $0.append(.createDeploymentArtifacts) }
            },
            LifecycleStep(.compileEvents) { state in
                for await _ in signals { break }
                // The other step has ended, or ends now; its change comes after this one.
                await Task.yield()
                state.append(.compileEvents)
            },
            Self.adding(.finalize),
        ])
        #expect(try await lifecycle.run(from: []) == [.compileEvents, .createDeploymentArtifacts, .finalize])
    }
}
