import Synchronization

/// The progress of an upload in parts, summed up.
final class UploadProgress: Sendable {
    private let total: Int64
    private let function: (@Sendable (Int64, Int64) -> Void)?
    private let sent = Mutex<[Int: Int64]>([:])

    /// Creates the progress of an upload with a size in bytes.
    init(total: Int64, report: (@Sendable (_ sentBytes: Int64, _ totalBytes: Int64) -> Void)?) {
        self.total = total
        function = report
    }

    /// Reports how much of a part was sent.
    func report(_ bytes: Int64, ofPart part: Int) {
        guard let function else { return }
        let sum = sent.withLock { sent in
            sent[part] = bytes
            return sent.values.reduce(0, +)
        }
        function(sum, total)
    }
}
