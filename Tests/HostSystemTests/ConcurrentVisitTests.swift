import HostSystem
import Testing

struct ConcurrentVisitTests {
    private struct Refused: Error, Hashable { let number: Int }

    @Test func `everything that the first elements lead to is visited once`() {
        // Each number leads to the next two, as in a binary heap.
        let found = concurrentVisit([1]) { number in (number, [2 * number, 2 * number + 1].filter { $0 < 1000 }) }
        #expect(found.sorted() == Array(1..<1000))
        #expect(concurrentVisit([Int]()) { ($0, []) }.isEmpty)
    }

    @Test func `the error of the first of several elements is thrown, and nothing is visited after them`() {
        let error = #expect(throws: Refused.self) {
            try concurrentVisit([3, 5, 4]) { number throws(Refused) -> (found: Int, next: [Int]) in
                guard number == 3 else { throw Refused(number: number) }
                return (number, [100])
            }
        }
        #expect(error == Refused(number: 5))
    }
}
