import AWSClient
import HostSystem
package import OrderedJSON
package import ServerlessConfig

/// The metrics of functions in a period.
package struct FunctionMetrics: Hashable, Sendable {
    /// The number of invocations.
    package var invocations: Double = 0
    /// The number of invocations that were throttled.
    package var throttles: Double = 0
    /// The number of invocations that failed.
    package var errors: Double = 0
    /// The average duration in milliseconds.
    package var averageMilliseconds: Double = 0

    /// Adds up the metrics of functions.
    ///
    /// - Parameters:
    ///   - functions: the functions.
    ///   - start: the start of the period in milliseconds since 1970.
    ///   - end: the end of the period in milliseconds since 1970.
    ///   - context: the context.
    /// - Returns: the sums, and the average of the durations.
    /// - Throws: `AWSError`.
    package static func find(
        of functions: [ServiceFunction],
        from start: Int64,
        to end: Int64,
        _ context: DeploymentContext
    ) async throws -> FunctionMetrics {
        let isLong = abs(end - start) > 24 * 3_600_000
        let names: [(metric: String, statistic: String, unit: String)] = [
            ("Invocations", "Sum", "Count"), ("Throttles", "Sum", "Count"), ("Errors", "Sum", "Count"),
            ("Duration", "Average", "Milliseconds"),
        ]
        let questions = functions.flatMap { function in names.map { (function: function.name, name: $0) } }
        let cloudWatch = context.aws.cloudWatch
        let values = try await questions.concurrentMap(limit: DeploymentContext.concurrentCalls) { question in
            let points = try await cloudWatch.statistics(
                CloudWatchAPI.Query(
                    namespace: "AWS/Lambda",
                    metric: question.name.metric,
                    dimensions: ["FunctionName": question.function],
                    start: start,
                    end: end,
                    periodSeconds: isLong ? 86_400 : 3_600,
                    statistics: [question.name.statistic],
                    unit: question.name.unit
                )
            )
            return (metric: question.name.metric, values: points.compactMap { $0.values[question.name.statistic] })
        }
        func all(_ metric: String) -> [Double] { values.filter { $0.metric == metric }.flatMap(\.values) }
        let durations = all("Duration")
        return FunctionMetrics(
            invocations: all("Invocations").reduce(0, +),
            throttles: all("Throttles").reduce(0, +),
            errors: all("Errors").reduce(0, +),
            averageMilliseconds: durations.isEmpty ? 0 : durations.reduce(0, +) / Double(durations.count)
        )
    }

    /// The metrics as a JSON object.
    package var json: JSONValue {
        [
            "invocations": .number(invocations), "throttles": .number(throttles), "errors": .number(errors),
            "averageDurationMilliseconds": .number(averageMilliseconds),
        ]
    }
}
