import HostSystem
import Synchronization
import ZipArchive

/// Calculates the digest of an archive while it is written.
final class DigestObserver: ByteObserver {
    private let hash = Mutex<SHA256?>(SHA256())

    func observe(_ bytes: Span<UInt8>) {
        hash.withLock { $0?.update(bytes) }
    }

    func finish() -> SHA256Digest {
        hash.withLock { $0.take()?.finalize() ?? SHA256().finalize() }
    }
}
