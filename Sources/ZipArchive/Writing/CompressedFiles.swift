import Synchronization

/// Compressed files that several archives have in common, so that each is read and compressed about once.
///
/// Where functions are packaged individually, most files of the service are in every artifact. What is kept takes a
/// bounded amount of memory: files that come when it is full are compressed for each archive. Keep one no longer than
/// files stay as they are.
package final class CompressedFiles: Sendable {
    private struct State {
        var contents: [String: CompressedContent] = [:]
        var freeBytes: Int
    }

    private let state: Mutex<State>

    /// Makes an empty store.
    ///
    /// - Parameter limit: how many bytes of compressed contents it keeps.
    package init(limit: Int = 32 << 20) { state = Mutex(State(freeBytes: limit)) }

    /// The compressed content of the file at a path, which is made where it is not known yet.
    func content(of path: String, make: () throws -> CompressedContent) rethrows -> CompressedContent {
        if let known = state.withLock({ $0.contents[path] }) { return known }
        // Not under the lock, as others compress meanwhile; two that come at once both do the work.
        let made = try make()
        state.withLock { state in
            guard made.data.count <= state.freeBytes, state.contents[path] == nil else { return }
            state.freeBytes -= made.data.count
            state.contents[path] = made
        }
        return made
    }
}
