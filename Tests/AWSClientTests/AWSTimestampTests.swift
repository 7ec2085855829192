import AWSClient
import Testing

@Suite struct AWSTimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-02-03T04:05:06.789Z", 1_770_091_506_789),
        ("2026-02-03T04:05:06.7Z", 1_770_091_506_700),
        ("2026-02-03T04:05:06.7894561Z", 1_770_091_506_789), ("2026-02-03T06:05:06+02:00", 1_770_091_506_000),
        ("2026-02-03T02:35:06-0130", 1_770_091_506_000), ("2026-02-03T04:05:06", 1_770_091_506_000),
        ("2024-02-29T00:00:00UTC", 1_709_164_800_000), ("2000-03-01 00:00:00Z", 951_868_800_000),
    ])
    func `a time in ISO 8601 is read`(text: String, expected: Int64) { #expect(AWSTimestamp.iso8601(text) == expected) }

    @Test(arguments: ["", "2026-02-03", "2026-13-03T04:05:06Z", "2026-02-03T24:05:06Z", "2026-02-03T04:05:06Zx", "x"])
    func `another string is not a time in ISO 8601`(text: String) { #expect(AWSTimestamp.iso8601(text) == nil) }

    @Test func `the date of a response is read`() {
        #expect(AWSTimestamp.http("Tue, 03 Feb 2026 04:05:06 GMT") == 1_770_091_506_000)
        #expect(AWSTimestamp.http("Tue, 03 Feb 2026 04:05:06 CET") == nil)
        #expect(AWSTimestamp.http("Tuesday") == nil)
    }
}
