extension Sequence where Element: Sendable {
    /// Maps elements concurrently and returns the results in order.
    ///
    /// The first error cancels the remaining work and is thrown.
    /// - Parameters:
    ///   - limit: the maximum number of concurrent tasks, at least one.
    ///   - transform: the work for one element.
    /// - Returns: the results in the order of the elements.
    /// - Throws: the first error of `transform`, or `CancellationError`.
    package func concurrentMap<Result: Sendable>(
        limit: Int,
        _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        let elements = Array(self)
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: elements.count)
            var next = 0
            func addNext() {
                guard next < elements.count else { return }
                let index = next
                next += 1
                group.addTask { (index, try await transform(elements[index])) }
            }
            for _ in 0..<Swift.max(1, limit) { addNext() }
            while let (index, result) = try await group.next() {
                results[index] = result
                try Task.checkCancellation()
                addNext()
            }
            return results.compactMap { $0 }
        }
    }
}
