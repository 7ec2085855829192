import HostSystem
import Testing

@Suite struct InstantTextTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_709_251_200_001, "2024-03-01T00:00:00.001Z"),
            (4_102_444_800_000, "2100-01-01T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func `a point in time is formatted in UTC with milliseconds`(milliseconds: Int64, text: String) {
        #expect(InstantText.iso8601(milliseconds: milliseconds) == text)
    }
}
