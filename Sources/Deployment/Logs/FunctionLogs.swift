package import AWSClient
import ConfigurationValues
import Diagnostics
import HostSystem
package import ServerlessConfig

/// The logs of deployed functions.
package struct FunctionLogs: Sendable {
    /// The events to read.
    package struct Request: Sendable {
        /// The functions whose logs are read.
        package var functions: [ServiceFunction]
        /// The earliest time, in milliseconds since 1970.
        package var start: Int64
        /// The pattern of events; `nil` for all.
        package var pattern: String?
        /// Whether new events are waited for.
        package var isTailing: Bool
        /// The pause between two questions for new events.
        package var interval: Duration

        /// Creates a request for the events since a time.
        package init(
            functions: [ServiceFunction],
            start: Int64,
            pattern: String? = nil,
            isTailing: Bool = false,
            interval: Duration = .seconds(1)
        ) {
            self.functions = functions
            self.start = start
            self.pattern = pattern
            self.isTailing = isTailing
            self.interval = interval
        }
    }

    private let context: DeploymentContext

    /// Creates the logs of a service's functions.
    package init(_ context: DeploymentContext) { self.context = context }

    /// The log group of a function: its own setting, or the default of Lambda.
    package static func group(of function: ServiceFunction, in service: Service) -> String {
        let setting = function.node["logs"]?["logGroup"] ?? service.provider["logs"]?["lambda"]?["logGroup"]
        return setting?.string ?? "/aws/lambda/\(function.name)"
    }

    /// Reads events in the order of their times, and with `isTailing` goes on until the task is cancelled.
    ///
    /// - Parameters:
    ///   - request: the events to read.
    ///   - show: gets each event once, with the position of its function in the request.
    /// - Throws: ``DiagnosticError`` if there is no log, `AWSError`, `CancellationError`.
    package func read(_ request: Request, show: (_ function: Int, LogsAPI.Event) -> Void) async throws {
        var start = request.start
        var seen: Set<String> = []
        var isFirst = true
        while true {
            let found = try await events(request, start: start, isFirst: isFirst)
            for (function, event) in found where event.identifier.isEmpty || seen.insert(event.identifier).inserted {
                show(function, event)
                // Events of streams that are behind may come later: ask again from the newest time, not after it.
                start = max(start, event.timestamp)
            }
            guard request.isTailing else { return }
            isFirst = false
            try await context.host.clock.sleep(for: request.interval)
        }
    }

    private func events(
        _ request: Request,
        start: Int64,
        isFirst: Bool
    ) async throws -> [(function: Int, event: LogsAPI.Event)] {
        let numbered = Array(request.functions.enumerated())
        let logs = context.aws.logs
        let service = context.service
        let found = try await numbered.concurrentMap(limit: DeploymentContext.concurrentCalls) { number, function in
            let group = Self.group(of: function, in: service)
            var filter = LogsAPI.Filter(group: group)
            filter.pattern = request.pattern
            filter.start = start
            if isFirst, !request.isTailing {
                guard let streams = try await logs.newestStreams(of: group, limit: 50) else {
                    throw Self.missingGroup(group, function)
                }
                guard !streams.isEmpty else { throw Self.noStreams(group, function) }
            }
            guard let events = try await logs.events(filter) else {
                // A function that is tailed may write its first line later.
                if request.isTailing { return [(Int, LogsAPI.Event)]() }
                throw Self.missingGroup(group, function)
            }
            return events.map { (number, $0) }
        }
        let all = found.flatMap { $0 }
        return all.enumerated()
            .sorted { ($0.element.1.timestamp, $0.offset) < ($1.element.1.timestamp, $1.offset) }
            .map { (function: $0.element.0, event: $0.element.1) }
    }

    private static func missingGroup(_ group: String, _ function: ServiceFunction) -> DiagnosticError {
        DiagnosticError(
            .missingLogs,
            "\(function.label) has no log: there is no log group '\(group)'",
            help: ["deploy the service first, or check '--stage' and '--region'"]
        )
    }

    private static func noStreams(_ group: String, _ function: ServiceFunction) -> DiagnosticError {
        DiagnosticError(
            .missingLogs,
            "\(function.label) has not written to its log yet: the log group '\(group)' is empty",
            help: ["invoke the function first"]
        )
    }
}
