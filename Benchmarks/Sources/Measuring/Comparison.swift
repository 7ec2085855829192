/// A command to measure, with a name.
package struct Subject {
    /// The name in the first column of the table.
    package let name: String
    /// The program, looked up in `PATH`, and its arguments.
    package let command: [String]
    /// The working directory of the command.
    package let directory: String
    /// A command to run before each measurement, which is not measured; `nil` for none.
    package let preparation: [String]?

    /// Creates a subject from a name, a command and its working directory.
    package init(_ name: String, _ command: [String], in directory: String, after preparation: [String]? = nil) {
        self.name = name
        self.command = command
        self.directory = directory
        self.preparation = preparation
    }
}

/// Runs subjects in turn, so that other load on the system affects all of them equally.
package enum Comparison {
    /// Runs all subjects several times, in turn.
    ///
    /// - Parameters:
    ///   - subjects: the commands to measure; ratios are relative to the median of the first.
    ///   - rounds: the number of runs of each subject.
    /// - Returns: a table in Markdown.
    /// - Throws: `MeasuringError` if a command fails.
    package static func table(of subjects: [Subject], rounds: Int) throws -> String {
        var runs: [[Run]] = Array(repeating: [], count: subjects.count)
        for _ in 0..<rounds {
            for (index, subject) in subjects.enumerated() {
                if let preparation = subject.preparation { _ = try Run(preparation, in: subject.directory) }
                runs[index].append(try Run(subject.command, in: subject.directory))
            }
        }
        let reference = median(runs[0])
        var lines = [
            "| Command | Minimum | Median | Maximum | Memory | Ratio |", "|---|---:|---:|---:|---:|---:|",
        ]
        for (subject, runs) in zip(subjects, runs) {
            let times = runs.map(\.duration).sorted()
            let memory = (runs.map(\.peakBytes).max() ?? 0) / 1_000_000
            let cells = [times[0], median(runs), times[times.count - 1]].map(text)
            let ratio = hundredths(median(runs) / reference)
            lines.append("| \(subject.name) | \(cells.joined(separator: " | ")) | \(memory) MB | \(ratio) |")
        }
        return lines.joined(separator: "\n")
    }

    private static func median(_ runs: [Run]) -> Duration {
        let times = runs.map(\.duration).sorted()
        return times[times.count / 2]
    }

    private static func text(_ duration: Duration) -> String {
        let microseconds = duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
        return microseconds < 1_000_000
            ? "\(hundredths(Double(microseconds) / 1000)) ms" : "\(hundredths(Double(microseconds) / 1_000_000)) s"
    }

    private static func hundredths(_ number: Double) -> String {
        let whole = Int((number * 100).rounded())
        let rest = whole % 100
        return "\(whole / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
