import CDeflate

/// CRC-32 as zip archives use it (APPNOTE 4.4.7).
package enum CRC32 {
    /// The checksum of bytes, continuing the checksum of the bytes before them.
    package static func checksum(_ bytes: Span<UInt8>, continuing before: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { libdeflate_crc32(before, $0.baseAddress, $0.count) }
    }
}

/// A decompressor of deflate streams (RFC 1951); it must not be shared between threads.
struct Inflater: ~Copyable {
    private let handle: OpaquePointer?

    init() { handle = libdeflate_alloc_decompressor() }

    deinit { if let handle { libdeflate_free_decompressor(handle) } }

    /// The content of a deflate stream; `nil` if the content does not have exactly `size` bytes, or the stream is not
    /// all of the input.
    func inflate(_ input: Span<UInt8>, size: Int) -> [UInt8]? {
        guard let handle else { return nil }
        var consumed = 0
        var produced = 0
        var outcome = LIBDEFLATE_SUCCESS
        // libdeflate reports how many bytes it wrote, and never writes past the capacity.
        let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
            input.withUnsafeBytes { input in
                outcome = libdeflate_deflate_decompress_ex(
                    handle,
                    input.baseAddress,
                    input.count,
                    buffer.baseAddress,
                    size,
                    &consumed,
                    &produced
                )
            }
            count = outcome == LIBDEFLATE_SUCCESS ? produced : 0
        }
        return outcome == LIBDEFLATE_SUCCESS && produced == size && consumed == input.count ? result : nil
    }
}

/// A compressor to deflate streams (RFC 1951); it must not be shared between threads.
struct Deflater: ~Copyable {
    private let handle: OpaquePointer?

    /// Creates a compressor with a level from 1 (fastest) to 12 (smallest).
    init(level: Int) { handle = libdeflate_alloc_compressor(Int32(level)) }

    deinit { if let handle { libdeflate_free_compressor(handle) } }

    /// The deflate stream of bytes; `nil` if it would not be smaller than the bytes.
    func deflate(_ input: Span<UInt8>) -> [UInt8]? {
        guard let handle, input.count > 1 else { return nil }
        // As above, libdeflate reports how many bytes it wrote.
        let result = [UInt8](unsafeUninitializedCapacity: input.count) { buffer, count in
            count = input.withUnsafeBytes { input in
                libdeflate_deflate_compress(
                    handle,
                    input.baseAddress,
                    input.count,
                    buffer.baseAddress,
                    input.count - 1
                )
            }
        }
        return result.isEmpty ? nil : result
    }
}
