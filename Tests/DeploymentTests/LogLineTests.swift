import Deployment
import Testing

@Suite("Lines of Lambda logs")
struct LogLineTests {
    @Test(
        "are shown without request IDs",
        arguments: [
            ("START RequestId: 7e5f Version: $LATEST\n", "START"), ("END RequestId: 7e5f\n", nil),
            ("2026-01-02T03:04:05.678Z\t7e5f\tINFO\tlamp is lit\n", "2026-01-02 03:04:05.678\tINFO\tlamp is lit"),
            (
                "[WARNING]\t2026-01-02T03:04:05.678Z\t7e5f\tpython speaks\n",
                "2026-01-02 03:04:05.678\t[WARNING]\tpython speaks"
            ),
            (
                "REPORT RequestId: 7e5f\tDuration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 1024 MB\tMax Memory Used: 60 MB\t\n",
                "END Duration: 1.23 ms Memory Used: 60 MB"
            ),
            ("plain\twords", "plain\twords"), ("a\tb\tc\td", "a\tb\tc\td"),
        ] as [(String, String?)]
    )
    func text(_ message: String, _ expected: String?) {
        #expect(LogLine.text(of: message) == expected)
    }
}
