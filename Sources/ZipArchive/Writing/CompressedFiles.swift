import Synchronization

/// A cache of compressed files that several archives share, so that each file is read and compressed about once.
///
/// If functions are packaged individually, most files of the service are in every artifact. The cache has a limited
/// size: once it is full, further files are compressed for each archive. It must not outlive a change of the files.
package final class CompressedFiles: Sendable {
    private struct State {
        var contents: [String: CompressedContent] = [:]
        var blocks: [String: BlockwiseFile] = [:]
        var freeBytes: Int
    }

    private let state: Mutex<State>

    /// Creates an empty cache.
    ///
    /// - Parameter limit: the maximum total size of the compressed contents in bytes.
    package init(limit: Int = 32 << 20) { state = Mutex(State(freeBytes: limit)) }

    /// The compressed content of the file at a path, which is compressed unless it is cached.
    ///
    /// It is `nil` if the file is compressed in blocks.
    func content(of path: String, make: () throws -> CompressedContent?) rethrows -> CompressedContent? {
        if let known = state.withLock({ $0.contents[path] }) { return known }
        // Not under the lock, so that others can compress meanwhile; two concurrent calls both do the work.
        guard let made = try make() else { return nil }
        state.withLock { state in
            guard made.data.count <= state.freeBytes, state.contents[path] == nil else { return }
            state.freeBytes -= made.data.count
            state.contents[path] = made
        }
        return made
    }

    /// The file at a path that was compressed in blocks; `nil` if it was not yet.
    ///
    /// These are on disk, so they do not count for the limit.
    func blocks(of path: String) -> BlockwiseFile? { state.withLock { $0.blocks[path] } }

    /// Keeps a file that was compressed in blocks.
    func keep(_ file: BlockwiseFile, of path: String) { state.withLock { $0.blocks[path] = file } }
}
