import CDeflate

/// CRC-32 as zip archives use it (APPNOTE 4.4.7).
package enum CRC32 {
    /// The checksum of bytes, going on from the checksum of those before them.
    package static func checksum(_ bytes: Span<UInt8>, continuing before: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { libdeflate_crc32(before, $0.baseAddress, $0.count) }
    }
}

/// Decompresses deflate streams (RFC 1951); not to be shared between threads.
struct Inflater: ~Copyable {
    private let handle: OpaquePointer?

    init() { handle = libdeflate_alloc_decompressor() }

    deinit { if let handle { libdeflate_free_decompressor(handle) } }

    /// The content of a stream that must have exactly `size` bytes and must be all of the input; `nil` where it is
    /// not so.
    func inflate(_ input: Span<UInt8>, size: Int) -> [UInt8]? {
        guard let handle else { return nil }
        var consumed = 0
        var produced = 0
        var outcome = LIBDEFLATE_SUCCESS
        // libdeflate says how many bytes it wrote, and never writes more than there is room for.
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

/// Compresses to deflate streams (RFC 1951); not to be shared between threads.
struct Deflater: ~Copyable {
    private let handle: OpaquePointer?

    /// Makes a compressor of a level from 1 (fastest) to 12 (smallest).
    init(level: Int) { handle = libdeflate_alloc_compressor(Int32(level)) }

    deinit { if let handle { libdeflate_free_compressor(handle) } }

    /// The stream of bytes; `nil` where it would not be smaller than they are.
    func deflate(_ input: Span<UInt8>) -> [UInt8]? {
        guard let handle, input.count > 1 else { return nil }
        // As above: it says how many bytes it wrote.
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
