#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The time of day, injected so that tests decide it.
package struct WallClock: Sendable {
    private let read: @Sendable () -> Int64

    /// Makes a clock of a function that returns milliseconds since 1970.
    package init(milliseconds read: @escaping @Sendable () -> Int64) { self.read = read }

    /// The machine's clock.
    package static let live = WallClock {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// A clock that stands.
    package static func fixed(milliseconds: Int64) -> WallClock { WallClock { milliseconds } }

    /// Milliseconds since 1970.
    package var nowMilliseconds: Int64 { read() }
}
