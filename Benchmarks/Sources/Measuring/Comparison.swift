/// Something that is measured, by name.
package struct Subject {
    /// What it is called in the table.
    package let name: String
    /// The program and its arguments.
    package let words: [String]
    /// Where it runs.
    package let directory: String
    /// What is run before each measurement, outside of it.
    package let preparation: [String]?

    /// Describes a subject.
    package init(_ name: String, _ words: [String], in directory: String, after preparation: [String]? = nil) {
        self.name = name
        self.words = words
        self.directory = directory
        self.preparation = preparation
    }
}

/// Subjects that are run in turn, so that whatever else the machine does meets all of them.
package enum Comparison {
    /// Runs all subjects in turn, several times, and gives the table.
    ///
    /// - Parameters:
    ///   - subjects: what is measured; ratios are to the median of the first.
    ///   - rounds: how often each is run.
    /// - Returns: a table in Markdown.
    /// - Throws: `MeasuringError` where one of them fails.
    package static func table(of subjects: [Subject], rounds: Int) throws -> String {
        var runs: [[Run]] = Array(repeating: [], count: subjects.count)
        for _ in 0..<rounds {
            for (index, subject) in subjects.enumerated() {
                if let preparation = subject.preparation { _ = try Run(preparation, in: subject.directory) }
                runs[index].append(try Run(subject.words, in: subject.directory))
            }
        }
        let reference = median(runs[0])
        var lines = [
            "| what | minimum | median | maximum | memory | ratio |", "|---|---:|---:|---:|---:|---:|",
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
