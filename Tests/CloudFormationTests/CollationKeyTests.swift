import Testing

@testable import CloudFormation

@Suite struct CollationKeyTests {
    /// The right order is that of `localeCompare` in node.
    @Test func `keys have the same order as with localeCompare`() {
        let ordered = ["_x", "-x", ".a", "$a", "1", "a", "A", "a_b", "A_B", "aB", "Ab", "AB", "ba", "Role", "Runtime"]
        #expect(ordered.shuffled().sorted { CollationKey($0) < CollationKey($1) } == ordered)
    }
}
