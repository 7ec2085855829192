import HostSystem
import Synchronization
import ZipArchive

/// Takes the SHA-256 of an archive while it is written.
final class ArchiveDigest: ByteObserver {
    private let state = Mutex(Optional.some(SHA256()))

    /// Adds the next bytes.
    func observe(_ bytes: Span<UInt8>) {
        state.withLock { digest in
            guard var open = digest.take() else { return }
            open.update(bytes)
            digest = consume open
        }
    }

    /// The digest of all bytes so far; no bytes count after it.
    func finish() -> SHA256Digest {
        state.withLock { digest in
            guard let open = digest.take() else { return SHA256.digest(of: [UInt8]()) }
            return open.finalize()
        }
    }
}
