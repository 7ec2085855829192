#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A clock for the time of day, which tests can set.
package struct WallClock: Sendable {
    private let read: @Sendable () -> Int64

    /// Creates a clock from a function that returns milliseconds since 1970-01-01T00:00:00Z.
    package init(milliseconds read: @escaping @Sendable () -> Int64) { self.read = read }

    /// The real clock, for the composition root only.
    package static let live = WallClock {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// A clock that always returns the same time.
    package static func fixed(milliseconds: Int64) -> WallClock { WallClock { milliseconds } }

    /// The current time in milliseconds since 1970-01-01T00:00:00Z.
    package var nowMilliseconds: Int64 { read() }
}
