import HostSystem

/// The pauses between questions whether AWS has finished something: short at first, then longer.
struct PollSchedule: Sendable {
    private let fixed: Duration?
    private var next: Duration = .milliseconds(400)

    /// Creates the schedule; `SLS_AWS_MONITORING_FREQUENCY` sets a fixed pause in milliseconds.
    init(_ environment: Environment) {
        fixed = environment.nonEmpty("SLS_AWS_MONITORING_FREQUENCY").flatMap { Int($0) }
            .flatMap { $0 > 0 ? .milliseconds($0) : nil }
    }

    mutating func pause() -> Duration {
        if let fixed { return fixed }
        defer { next = min(next * 3 / 2, .seconds(5)) }
        return next
    }
}
