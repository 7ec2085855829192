import HostSystem

/// How long an index may leave us without a byte, and how often it is asked again.
///
/// A slow download that goes on is never given up: only silence is.
struct TimeoutSettings: Hashable, Sendable {
    /// The longest silence, in whole seconds, at least one.
    let seconds: Int
    /// What uv is told beside what the user tells it.
    let variables: [String: String]

    /// Seconds of silence where nobody says, as pip has them.
    private static let usualSeconds = 15
    /// The longest silence that can be asked for: a day.
    private static let greatestSeconds = 86_400
    /// Tries after the first where nobody says; uv's own three would make four times the silence.
    private static let usualRetries = 2

    /// Takes what uv is told, else what pip is told (`timeout`, `retries`).
    init(environment: Environment, pip: PipConfiguration) {
        let names = ["UV_HTTP_TIMEOUT", "UV_REQUEST_TIMEOUT", "HTTP_TIMEOUT"]
        let own = names.lazy.compactMap { environment.nonEmpty($0) }.first
        let asked =
            own ?? pip.value("timeout", environment: environment) ?? environment.nonEmpty("PIP_DEFAULT_TIMEOUT")
        let number = asked.flatMap { Double($0) }.map { min($0, Double(Self.greatestSeconds)).rounded(.up) }
        seconds = max(1, number.flatMap { Int(exactly: $0) } ?? Self.usualSeconds)
        var variables: [String: String] = [:]
        if own == nil { variables["UV_HTTP_TIMEOUT"] = "\(seconds)" }
        if environment.nonEmpty("UV_HTTP_RETRIES") == nil {
            let retries = pip.value("retries", environment: environment).flatMap { UInt8($0) }
            variables["UV_HTTP_RETRIES"] = "\(retries.map { Int($0) } ?? Self.usualRetries)"
        }
        self.variables = variables
    }
}
