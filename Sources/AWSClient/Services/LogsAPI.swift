import OrderedJSON

/// The operations of CloudWatch Logs.
package struct LogsAPI: Sendable {
    let client: AWSClient

    /// A line of a log.
    package struct Event: Hashable, Sendable {
        /// The identifier, which is unique.
        package var identifier: String
        /// The stream with the line.
        package var stream: String
        /// When it happened, in milliseconds since 1970.
        package var timestamp: Int64
        /// The text, usually with a line break at its end.
        package var message: String
    }

    /// The events of a log group to find.
    package struct Filter: Hashable, Sendable {
        /// The log group to read.
        package var group: String
        /// The streams; empty for all.
        package var streams: [String] = []
        /// The pattern of events; `nil` for all.
        package var pattern: String?
        /// The earliest time, in milliseconds since 1970.
        package var start: Int64?
        /// The end of the time, which is not included.
        package var end: Int64?

        /// Creates a filter for all events of a log group.
        package init(group: String) { self.group = group }
    }

    /// The events that a filter finds, in the order of their times.
    ///
    /// - Returns: `nil` if the log group does not exist.
    package func events(_ filter: Filter) async throws -> [Event]? {
        var parameters: JSONValue = ["logGroupName": .string(filter.group)]
        if !filter.streams.isEmpty { parameters["logStreamNames"] = .array(filter.streams.map { .string($0) }) }
        parameters["filterPattern"] = filter.pattern.map { .string($0) }
        parameters["startTime"] = filter.start.map { .number(Double($0)) }
        parameters["endTime"] = filter.end.map { .number(Double($0)) }
        do {
            let events = try await client.pages { mark in
                var page = parameters
                page["nextToken"] = mark.map { .string($0) }
                let json = try await client.json(.json(.logs, "FilterLogEvents", page))
                return ((json["events"]?.arrayValue ?? []).map(Event.init), json["nextToken"]?.stringValue)
            }
            return events.sorted { $0.timestamp < $1.timestamp }
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return nil
        }
    }

    /// The streams of a log group that were written last, newest first.
    ///
    /// - Returns: `nil` if the log group does not exist.
    package func newestStreams(of group: String, limit: Int = 50) async throws -> [String]? {
        let parameters: JSONValue = [
            "logGroupName": .string(group), "descending": true, "limit": .number(Double(limit)),
            "orderBy": "LastEventTime",
        ]
        do {
            let json = try await client.json(.json(.logs, "DescribeLogStreams", parameters))
            return (json["logStreams"]?.arrayValue ?? []).compactMap { $0["logStreamName"]?.stringValue }
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return nil
        }
    }

    /// Deletes a log group; does nothing if there is none.
    package func deleteGroup(_ name: String) async throws {
        do {
            _ = try await client.json(.json(.logs, "DeleteLogGroup", ["logGroupName": .string(name)]))
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return
        }
    }
}

extension LogsAPI.Event {
    init(_ json: JSONValue) {
        identifier = json["eventId"]?.stringValue ?? ""
        stream = json["logStreamName"]?.stringValue ?? ""
        timestamp = json["timestamp"]?.numberValue.map { Int64($0) } ?? 0
        message = json["message"]?.stringValue ?? ""
    }
}

extension AWSClient {
    /// The operations of CloudWatch Logs.
    package var logs: LogsAPI { LogsAPI(client: self) }
}
