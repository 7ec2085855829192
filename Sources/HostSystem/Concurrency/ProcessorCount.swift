import CHost

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much the machine can do at a time.
package enum ProcessorCount {
    /// The processors that this process may use, at least one.
    package static var available: Int {
        let usable = Int(host_usable_processors())
        return usable > 0 ? usable : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }
}
