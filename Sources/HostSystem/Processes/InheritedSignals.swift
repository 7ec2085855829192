import CHost

/// What a process gets from who started it as to signals.
package enum InheritedSignals {
    /// Whether a signal is ignored, as `nohup` has it with SIGHUP, and shells with SIGINT of what runs in the background.
    package static func ignore(_ number: Int32) -> Bool { host_ignores_signal(number) != 0 }
}
