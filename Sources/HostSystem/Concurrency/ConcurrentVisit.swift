import Dispatch
import Synchronization

/// Visits elements, and the elements that this leads to, on all processors; blocks until all are visited.
///
/// - Parameters:
///   - start: the first elements.
///   - visit: returns what it finds at an element, and the elements to visit next; runs on any thread.
/// - Returns: what was found, in no particular order.
/// - Throws: the error of an element; no further elements are visited after it.
package func concurrentVisit<Element: Sendable, Found: Sendable, Failure: Error>(
    _ start: [Element],
    visit: @escaping @Sendable (Element) throws(Failure) -> (found: Found, next: [Element])
) throws(Failure) -> [Found] {
    var all: [Found] = []
    var elements = start
    while !elements.isEmpty {
        let round = elements
        let results = Mutex<[Result<(found: Found, next: [Element]), Failure>?]>(
            Array(repeating: nil, count: round.count)
        )
        if round.count == 1 {
            let result = outcome(round[0], visit)
            results.withLock { $0[0] = result }
        } else {
            DispatchQueue.concurrentPerform(iterations: round.count) { position in
                let result = outcome(round[position], visit)
                results.withLock { $0[position] = result }
            }
        }
        elements = []
        for result in results.withLock({ $0 }) {
            guard let (found, next) = try result?.get() else { continue }
            all.append(found)
            elements += next
        }
    }
    return all
}

private func outcome<Element, Found, Failure: Error>(
    _ element: Element,
    _ visit: (Element) throws(Failure) -> (found: Found, next: [Element])
) -> Result<(found: Found, next: [Element]), Failure> {
    do throws(Failure) { return .success(try visit(element)) } catch { return .failure(error) }
}
