#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file whose bytes are read through memory, without a copy; unmapped with its last reference.
///
/// The file must not be cut while it is mapped, which holds for what is only ever replaced by renaming.
package final class MappedFile: Sendable {
    // Safe: it never changes, and the pages that it points to are mapped read-only until `deinit`.
    private nonisolated(unsafe) let start: UnsafeRawPointer?
    /// The size in bytes.
    package let count: Int

    /// Maps a whole file.
    package init(_ path: LocalPath) throws(FileSystemError) {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .read)
        count = try file.size(.map)
        guard count > 0 else {
            start = nil
            return
        }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, file.number, 0), address != MAP_FAILED else {
            throw FileSystemError(.map, path)
        }
        start = UnsafeRawPointer(address)
    }

    deinit {
        if let start { munmap(UnsafeMutableRawPointer(mutating: start), count) }
    }

    /// Reads the bytes, which are valid within the closure.
    package func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The pages are there until `deinit`, and `self` outlives the call; a span cannot leave it.
        let buffer = UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
        return try body(Span(_unsafeElements: buffer))
    }

    /// A copy of a part of the bytes.
    package func bytes(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range \(range) in \(count) mapped bytes")
        guard let start else { return [] }
        // Within the pages, as was just checked.
        return [UInt8](UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count))
    }
}
