import Diagnostics
import Testing

@Suite struct NearestNamesTests {
    @Test(
        arguments: [
            ("functoins", ["functions", "provider", "layers"], "functions"),
            ("memorysize", ["memorySize", "timeout"], "memorySize"),
            ("pythn3.11", ["python3.10", "python3.11", "nodejs20.x"], "python3.11"),
            ("xyz", ["functions", "provider"], nil),
            ("a", [], nil),
        ] as [(String, [String], String?)]
    )
    func `the nearest name is found, and none where all are far`(text: String, names: [String], expected: String?) {
        #expect(NearestNames.nearest(to: text, among: names) == expected)
    }

    @Test func `equally near names keep their order`() {
        #expect(NearestNames.ordered(["ab", "ac", "a"], nearestTo: "a") == ["a", "ab", "ac"])
    }

    @Test func `a name of a megabyte has no nearest name, and is not compared completely`() {
        let text = String(repeating: "ab", count: 500_000)
        #expect(NearestNames.nearest(to: text, among: ["ab", "abab"]) == nil)
        #expect(NearestNames.ordered(["x", "abab"], nearestTo: text) == ["abab", "x"])
    }
}
