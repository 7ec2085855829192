import Testing

@testable import CloudFormation

@Suite struct CollationKeyTests {
    /// The right order is that of `localeCompare` in node.
    @Test func `keys have the same order as with localeCompare`() {
        let ordered = ["_x", "-x", ".a", "$a", "1", "a", "A", "a_b", "A_B", "aB", "Ab", "AB", "ba", "Role", "Runtime"]
        #expect(ordered.shuffled().sorted { CollationKey($0) < CollationKey($1) } == ordered)
    }

    @Test func `two strings have the same order as their keys`() {
        let strings = [
            "", "a", "A", "ab", "aB", "Ab", "a1", "1a", "a-b", "a_b", "a.b", "é", "aé", "z", "Z9", "ba", "10", "9",
        ]
        for (left, right) in strings.flatMap({ left in strings.map { (left, $0) } }) {
            let expected = CollationKey(left) < CollationKey(right)
            #expect(CollationKey.precedes(left, right) == expected, "\(left) \(right)")
        }
    }
}
