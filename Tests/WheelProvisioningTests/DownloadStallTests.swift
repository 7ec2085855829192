import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing

@testable import WheelProvisioning

/// Downloads that receive nothing for a while.
struct DownloadStallTests {
    /// A clock whose sleeps end when a test says so, and whose time passes separately.
    private final class SteppedClock: Clock {
        typealias Instant = ManualClock.Instant

        let time = ManualClock()
        private let wakes = AsyncStream<Void>.makeStream()
        private let sleeps = AsyncStream<Void>.makeStream()

        var now: Instant { time.now }
        var minimumResolution: Duration { .nanoseconds(1) }

        func sleep(until deadline: Instant, tolerance: Duration?) async throws {
            sleeps.continuation.yield()
            for await _ in wakes.stream { return }
            throw CancellationError()
        }

        /// Waits until the only task that sleeps does so, for the first time or again.
        func waitForSleep() async { for await _ in sleeps.stream { return } }

        /// Ends the current sleep, and waits for the next one.
        func step() async {
            wakes.continuation.yield()
            await waitForSleep()
        }
    }

    /// A transport whose only download receives something, and then nothing.
    private struct SlowTransport: HTTPTransport {
        let clock: SteppedClock

        func send(_ request: HTTPRequest) async throws -> HTTPResponse { HTTPResponse(status: 404, body: []) }

        func download(_ request: HTTPRequest, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
            await clock.waitForSleep()
            clock.time.pass(.seconds(5))
            download.progress?(2, 4)
            clock.time.pass(.seconds(1))
            // One second after something was received, there is nothing to report.
            await clock.step()
            clock.time.pass(.seconds(7))
            await clock.step()
            try LiveFileSystem().write("done", to: download.destination)
            return HTTPDownloadResult(
                response: HTTPResponse(status: 200, body: []),
                sha256: SHA256.digest(of: "done"),
                size: 4
            )
        }
    }

    @Test func `a wait is reported with the time since something was received`() async throws {
        try await TemporaryDirectory.with(in: "/tmp", files: LiveFileSystem()) { folder in
            let events = Events()
            let clock = SteppedClock()
            let environment = Environment(["PIP_CONFIG_FILE": "/dev/null"])
            let downloader = Downloader(
                transport: SlowTransport(clock: clock),
                settings: try IndexSettings(IndexOptions(), environment: environment, files: LiveFileSystem()),
                wheelhouse: Wheelhouse(folder, files: LiveFileSystem()),
                clock: MonotonicClock(clock),
                report: events.add
            )
            let address = try #require(WebAddress("https://files.example/a.whl"))
            let file = try await downloader.fetch(
                Downloader.Request(
                    name: try PackageName(parsing: "a"),
                    fileName: "a.whl",
                    address: address,
                    hashes: [],
                    place: nil
                )
            )
            #expect(file.sha256 == SHA256.digest(of: "done"))
            #expect(
                events.all == [
                    .downloading("a.whl", receivedBytes: 2, totalBytes: 4),
                    .waiting(hosts: ["files.example"], .seconds(8)), .downloaded("a.whl", bytes: 4),
                ]
            )
        }
    }
}
