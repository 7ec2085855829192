import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing
import WheelProvisioning

@testable import LambdaBundle

struct ProvisioningProgressTests {
    /// Keeps the result and the duration of each stage.
    private final class Finished: Sendable {
        private let state = Mutex<[BundleProgress]>([])

        var all: [BundleProgress] { state.withLock { $0 } }

        @Sendable func add(_ progress: BundleProgress) {
            guard case .finished = progress else { return }
            state.withLock { $0.append(progress) }
        }
    }

    @Test func `every file and build is counted once, and every step has its own time`() throws {
        let clock = ManualClock()
        let finished = Finished()
        let intel = Target(try #require(PythonRuntime(name: "python3.11")), .x86_64)
        let arm = Target(try #require(PythonRuntime(name: "python3.13")), .arm64)
        let one = try PackageName(parsing: "one")
        let counter = ProvisioningProgress(requestCount: 2, clock: MonotonicClock(clock), progress: finished.add)
        clock.pass(.seconds(1))
        counter.count(.resolved(intel, distributions: 2, isReused: false))
        counter.count(.downloading("numpy-2.2.6-cp311.whl", receivedBytes: 1_000_000, totalBytes: nil))
        clock.pass(.seconds(2))
        counter.count(.resolved(arm, distributions: 2, isReused: false))
        counter.count(.downloading("numpy-2.3.5-cp313.whl", receivedBytes: 1_000_000, totalBytes: nil))
        counter.count(.downloaded("numpy-2.2.6-cp311.whl", bytes: 3 << 20))
        clock.pass(.seconds(4))
        counter.count(.downloaded("numpy-2.3.5-cp313.whl", bytes: 4 << 20))
        counter.count(.building(one, intel))
        counter.count(.building(one, arm))
        clock.pass(.seconds(8))
        counter.count(.built(one, intel))
        counter.count(.built(one, arm))
        counter.finish([:])
        #expect(
            finished.all == [
                .finished(.resolved(wheels: 0, targets: 0), duration: .seconds(3)),
                .finished(.downloaded(files: 2, bytes: 7 << 20), duration: .seconds(6)),
                .finished(.built(wheels: 2), duration: .seconds(8)),
            ]
        )
    }
}
