extension CRC32 {
    /// The checksum of bytes that are the concatenation of two parts, from the checksums of the parts.
    ///
    /// A checksum is a polynomial modulo the one of CRC-32. To append bytes multiplies it by a power of x with their number
    /// of bits as exponent, and adds their own checksum.
    ///
    /// - Parameters:
    ///   - first: the checksum of the first part.
    ///   - second: the checksum of the second part.
    ///   - count: the number of bytes of the second part.
    /// - Returns: the checksum of the first part followed by the second.
    static func combined(_ first: UInt32, _ second: UInt32, count: Int) -> UInt32 {
        // In these checksums, the highest bit is the coefficient of 1, and the next one that of x.
        var factor: UInt32 = 1 << 31
        var square: UInt32 = 1 << 30
        for _ in 0..<3 { square = product(square, square) }
        var rest = count
        while rest > 0 {
            if rest & 1 != 0 { factor = product(factor, square) }
            square = product(square, square)
            rest >>= 1
        }
        return product(factor, first) ^ second
    }

    /// The product of two polynomials modulo the one of CRC-32.
    private static func product(_ left: UInt32, _ right: UInt32) -> UInt32 {
        var result: UInt32 = 0
        var shifted = right
        for bit in 0..<32 {
            if left & 1 << UInt32(31 - bit) != 0 { result ^= shifted }
            shifted = shifted >> 1 ^ (shifted & 1 != 0 ? 0xEDB8_8320 : 0)
        }
        return result
    }
}
