import CHost

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The number of processors, which limits concurrent work.
package enum ProcessorCount {
    /// The number of processors that this process can use, at least one.
    package static var available: Int {
        let usable = Int(host_usable_processors())
        return usable > 0 ? usable : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }
}
