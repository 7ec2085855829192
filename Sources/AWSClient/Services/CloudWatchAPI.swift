import HostSystem

/// The operations of CloudWatch metrics.
package struct CloudWatchAPI: Sendable {
    let client: AWSClient

    /// The statistics of a metric to compute.
    package struct Query: Hashable, Sendable {
        /// The namespace, such as `AWS/Lambda`.
        package var namespace: String
        /// The name, such as `Errors`.
        package var metric: String
        /// The dimensions, such as `FunctionName`.
        package var dimensions: [String: String]
        /// The start in milliseconds since 1970.
        package var start: Int64
        /// The end in milliseconds since 1970.
        package var end: Int64
        /// The length of a period in seconds.
        package var periodSeconds: Int
        /// The statistics, such as `Sum`.
        package var statistics: [String]
        /// The unit, such as `Count`.
        package var unit: String?

        /// Creates a query of one metric.
        package init(
            namespace: String,
            metric: String,
            dimensions: [String: String],
            start: Int64,
            end: Int64,
            periodSeconds: Int,
            statistics: [String],
            unit: String? = nil
        ) {
            self.namespace = namespace
            self.metric = metric
            self.dimensions = dimensions
            self.start = start
            self.end = end
            self.periodSeconds = periodSeconds
            self.statistics = statistics
            self.unit = unit
        }
    }

    /// The statistics of a period.
    package struct Datapoint: Hashable, Sendable {
        /// The start of the period in milliseconds since 1970.
        package var timestamp: Int64
        /// The values by the names of the statistics.
        package var values: [String: Double]
    }

    /// The statistics of a metric, in the order of time.
    package func statistics(_ query: Query) async throws -> [Datapoint] {
        var parameters = QueryParameters()
        parameters.add("Namespace", query.namespace)
        parameters.add("MetricName", query.metric)
        let dimensions = query.dimensions.sorted { $0.key < $1.key }
        if !dimensions.isEmpty {
            parameters.add("Dimensions", dimensions.map { [("Name", $0.key), ("Value", $0.value)] })
        }
        parameters.add("StartTime", InstantText.iso8601(milliseconds: query.start))
        parameters.add("EndTime", InstantText.iso8601(milliseconds: query.end))
        parameters.add("Period", query.periodSeconds)
        parameters.add("Statistics", query.statistics)
        parameters.add("Unit", query.unit)
        let result = try await client.xml(.query(.cloudWatch, "GetMetricStatistics", parameters))
        return result.list("Datapoints")
            .map { element in
                let values = query.statistics.compactMap { name in
                    element.text(name).flatMap { Double($0) }.map { (name, $0) }
                }
                return Datapoint(
                    timestamp: element.text("Timestamp").flatMap { AWSTimestamp.iso8601($0) } ?? 0,
                    values: Dictionary(values) { $1 }
                )
            }
            .sorted { $0.timestamp < $1.timestamp }
    }
}

extension AWSClient {
    /// The operations of CloudWatch metrics.
    package var cloudWatch: CloudWatchAPI { CloudWatchAPI(client: self) }
}
