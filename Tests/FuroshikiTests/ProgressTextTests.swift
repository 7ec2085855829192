import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import Testing

@testable import furoshiki

struct ProgressTextTests {
    private func line(_ events: [(Int, BundleProgress)], at milliseconds: Int, columns: Int = 100) -> String {
        var text = ProgressText(activity: "Packaging shop")
        for (time, event) in events { text.add(event, at: .milliseconds(time)) }
        return text.line(at: .milliseconds(milliseconds), columns: columns)
    }

    private static let names = ["numpy", "pandas", "scipy"]

    private func download(_ bytes: Int64, of total: Int64?, names: [String] = names) -> BundleProgress {
        .advanced(.download, .init(completed: 0, total: 3, bytes: bytes, totalBytes: total, names: names))
    }

    @Test
    func `the spinner turns while nothing is reported`() {
        #expect(line([], at: 0) == "⠋ Packaging shop")
        #expect(line([], at: 1_150) == "⠙ Packaging shop")
    }

    @Test
    func `a download shows bytes, the total, the rate and the names`() {
        let events = [(0, download(0, of: 80 << 20)), (2_000, download(20 << 20, of: 80 << 20))]
        #expect(
            line(events, at: 2_000) == "⠋ Downloading 20.0 of 80.0 MB, 10.0 MB/s: numpy, pandas, scipy"
        )
        #expect(line(events, at: 2_000, columns: 60) == "⠋ Downloading 20.0 of 80.0 MB, 10.0 MB/s: numpy and 2 more")
        #expect(line(events, at: 2_000, columns: 40) == "⠋ Downloading 20.0 of 80.0 MB, 10.0 MB/s")
        #expect(line([(0, download(200 << 10, of: 3 << 20))], at: 0, columns: 40) == "⠋ Downloading 0.2 of 3.0 MB")
        #expect(line([(0, download(500, of: nil, names: []))], at: 0) == "⠋ Downloading 500 B")
    }

    @Test
    func `the rate is that of the last seconds`() {
        var events = [(0, download(0, of: nil))]
        for second in 1...10 { events.append((second * 1_000, download(Int64(second) << 20, of: nil))) }
        events.append((11_000, download(16 << 20, of: nil)))
        #expect(line(events, at: 11_000, columns: 40) == "⠋ Downloading 16.0 MB, 2.0 MB/s")
    }

    @Test
    func `only stages that are working are named`() {
        let resolving = BundleProgress.advanced(.resolution, .init(completed: 1, total: 2))
        let uv = BundleProgress.advanced(
            .download,
            .init(completed: 1, total: 1, bytes: 20 << 20, totalBytes: 20 << 20)
        )
        #expect(line([(0, resolving), (0, uv)], at: 0) == "⠋ Resolving requirements 1 of 2")
        #expect(
            line([(0, resolving), (0, uv), (0, download(1 << 20, of: nil, names: ["six"]))], at: 0)
                == "⠋ Resolving requirements 1 of 2, downloading 1.0 MB: six"
        )
        let resolved = BundleProgress.advanced(.resolution, .init(completed: 2, total: 2))
        let building = BundleProgress.advanced(.build, .init(completed: 0, total: 1, names: ["odd"]))
        #expect(line([(0, resolved), (0, uv), (0, building)], at: 0) == "⠋ Building wheels 0 of 1: odd")
        let writing = BundleProgress.advanced(.artifacts, .init(completed: 1, total: 4, names: ["a.zip"]))
        #expect(line([(0, resolved), (0, writing)], at: 0) == "⠋ Writing artifacts 1 of 4: a.zip")
    }

    @Test
    func `a wait grows until something is received`() {
        let events = [(0, download(0, of: nil)), (5_000, .waiting(hosts: ["pypi.org"], .seconds(5)))]
        #expect(line(events, at: 9_000) == "⠋ Waiting for pypi.org (9 s)")
        #expect(line(events + [(9_500, download(1 << 20, of: nil))], at: 9_500).hasPrefix("⠴ Downloading"))
    }

    @Test
    func `the line is drawn in each period, and removed for other output`() async throws {
        let streams = MemoryStreams(terminals: [.error: 20])
        let line = ProgressLine(on: streams, clock: MonotonicClock(StoppedClock(after: 3)), isLive: true)
        line.set { now, columns in "\(columns) columns, \(Int(now / .milliseconds(1))) ms" }
        line.refresh()
        #expect(streams.text(of: .error).isEmpty)
        await line.whileDrawing {
            while !streams.text(of: .error).contains("300 ms") { await Task.yield() }
        }
        line.clear()
        let text = streams.text(of: .error).replacing("\u{1B}[2K", with: "")
        #expect(text == "\r19 columns, 100 ms\r19 columns, 200 ms\r19 columns, 300 ms\r")
    }
}
