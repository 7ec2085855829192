/// Waits until the task is cancelled, however long the machine takes to do so.
///
/// - Throws: `CancellationError`.
package func untilCancelled() async throws {
    while true { try await Task.sleep(for: .seconds(1 << 30)) }
}
