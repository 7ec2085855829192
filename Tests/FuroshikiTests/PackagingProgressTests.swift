import LambdaBundle
import Testing

@testable import furoshiki

struct PackagingProgressTests {
    @Test(
        arguments: [
            (.resolved(wheels: 22, targets: 1), "Resolved: 22 wheels"),
            (.resolved(wheels: 1, targets: 2), "Resolved: 1 wheel for 2 targets"),
            (.downloaded(files: 2, bytes: 7 << 20), "Downloaded: 2 files, 7.0 MB"),
            (.built(wheels: 1), "Built: 1 wheel"),
            (.wrote(artifacts: 0, bytes: 0, unchanged: 3), "Wrote: nothing, 3 unchanged"),
            (.wrote(artifacts: 1, bytes: 3 << 20, unchanged: 0), "Wrote: 1 artifact, 3.0 MB"),
            (.wrote(artifacts: 2, bytes: 3 << 20, unchanged: 1), "Wrote: 2 artifacts, 3.0 MB, 1 unchanged"),
        ] as [(BundleProgress.StageResult, String)]
    )
    func `the result of a stage is one line`(_ result: BundleProgress.StageResult, _ line: String) {
        #expect(PackagingProgress.summary(of: result) == line)
    }

    @Test
    func `a log shows a wait once for each server, and again when it takes long`() {
        let log = WaitLog()
        let events = [
            (["a"], 5), (["a"], 6), (["a", "b"], 6), (["b"], 7), (["a"], 29), (["a"], 30), (["b"], 31), (["a"], 59),
            (["a"], 60), (["c"], 5), (["a"], 130), (["a"], 131),
        ]
        let shown = events.filter { log.admits($0.0, .seconds($0.1)) }.map(\.1)
        #expect(shown == [5, 6, 30, 60, 5, 130])
    }
}
