import CHost

/// The signal dispositions that the process has inherited.
package enum InheritedSignals {
    /// Whether a signal is ignored, such as SIGHUP by `nohup`, or SIGINT by shells for processes in the background.
    package static func ignore(_ number: Int32) -> Bool { host_ignores_signal(number) != 0 }
}
