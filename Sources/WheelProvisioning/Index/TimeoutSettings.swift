import HostSystem

/// How long to wait for the next byte of an index, and how often to retry.
///
/// A slow download that makes progress is never aborted.
struct TimeoutSettings: Hashable, Sendable {
    /// The longest time without a byte, in whole seconds, at least one.
    let seconds: Int
    /// The environment variables for uv, for settings that the user has not set for it.
    let variables: [String: String]

    /// The default timeout in seconds, which is that of pip.
    private static let defaultSeconds = 15
    /// The longest timeout that can be set, which is a day.
    private static let maximumSeconds = 86_400
    /// The default number of retries; with the three of uv, the total would be four times the timeout.
    private static let defaultRetries = 2

    /// Reads the settings of uv, or those of pip (`timeout`, `retries`) if uv has none.
    init(environment: Environment, pip: PipConfiguration) {
        let names = ["UV_HTTP_TIMEOUT", "UV_REQUEST_TIMEOUT", "HTTP_TIMEOUT"]
        let own = names.lazy.compactMap { environment.nonEmpty($0) }.first
        let configured =
            own ?? pip.value("timeout", environment: environment) ?? environment.nonEmpty("PIP_DEFAULT_TIMEOUT")
        let number = configured.flatMap { Double($0) }.map { min($0, Double(Self.maximumSeconds)).rounded(.up) }
        seconds = max(1, number.flatMap { Int(exactly: $0) } ?? Self.defaultSeconds)
        var variables: [String: String] = [:]
        if own == nil { variables["UV_HTTP_TIMEOUT"] = "\(seconds)" }
        if environment.nonEmpty("UV_HTTP_RETRIES") == nil {
            let retries = pip.value("retries", environment: environment).flatMap { UInt8($0) }
            variables["UV_HTTP_RETRIES"] = "\(retries.map { Int($0) } ?? Self.defaultRetries)"
        }
        self.variables = variables
    }
}
