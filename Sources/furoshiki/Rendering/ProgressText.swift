import LambdaBundle

/// The text of the progress line: a spinner, and what each stage that is working has done.
struct ProgressText: Sendable {
    /// What the program does if no stage is working.
    let activity: String
    private var stages: [BundleProgress.Stage: BundleProgress.StageState] = [:]
    private var wait: (hosts: [String], start: Duration)?
    /// The number of downloaded bytes at some times in the last seconds.
    private var samples: [(time: Duration, bytes: Int64)] = []

    /// The time over which a rate is measured.
    private static let window = Duration.seconds(5)
    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]

    /// Creates the text for work of which nothing is known yet.
    init(activity: String) { self.activity = activity }

    /// Adds a fact, which was reported at a time.
    mutating func add(_ event: BundleProgress, at now: Duration) {
        switch event {
        case .advanced(let stage, let state):
            stages[stage] = state
            wait = nil
            guard stage == .download else { return }
            samples.append((now, state.bytes))
            // The newest sample that is too old is the start of the window.
            while samples.count > 2, now - samples[1].time >= Self.window { samples.removeFirst() }
        case .waiting(let hosts, let duration): wait = (hosts, now - duration)
        case .finished, .found: break
        }
    }

    /// The line at a time, for a number of columns.
    func line(at now: Duration, columns: Int) -> String {
        let frame = Self.frames[Int(now / .milliseconds(100)) % Self.frames.count]
        if let wait {
            return
                "\(frame) Waiting for \(wait.hosts.joined(separator: ", ")) (\((now - wait.start).components.seconds) s)"
        }
        let working = BundleProgress.Stage.allCases.filter { stages[$0].map { $0.completed < $0.total } ?? false }
        let parts = working.compactMap { stage in stages[stage].map { part(stage, $0, now) } }
        guard let last = working.last, let names = stages[last]?.names else { return "\(frame) \(activity)" }
        // One sentence: only its first word is capitalized.
        let all = parts.prefix(1) + parts.dropFirst().map { $0.prefix(1).lowercased() + $0.dropFirst() }
        return Self.adding(names, to: "\(frame) " + all.joined(separator: ", "), columns: columns)
    }

    /// What a stage that is working has done.
    private func part(
        _ stage: BundleProgress.Stage,
        _ state: BundleProgress.StageState,
        _ now: Duration
    ) -> String {
        switch stage {
        case .resolution: "Resolving requirements" + (state.total > 1 ? " \(state.completed) of \(state.total)" : "")
        case .download: "Downloading \(Self.amount(state))" + (rate(now).map { ", \(Quantity.megabytes($0))/s" } ?? "")
        case .build: "Building wheels \(state.completed) of \(state.total)"
        case .artifacts: "Writing artifacts \(state.completed) of \(state.total)"
        }
    }

    private static func amount(_ state: BundleProgress.StageState) -> String {
        let bytes = Quantity.megabytes(state.bytes)
        guard let total = state.totalBytes.map(Quantity.megabytes) else { return bytes }
        let (number, unit) = (bytes.split(separator: " "), total.split(separator: " "))
        // The same unit is written once.
        return (number.last == unit.last ? String(number[0]) : bytes) + " of " + total
    }

    /// The downloaded bytes in a second; `nil` before a second has passed.
    private func rate(_ now: Duration) -> Int64? {
        guard let first = samples.first, let last = samples.last, now - first.time >= .seconds(1) else { return nil }
        return Int64(Double(last.bytes - first.bytes) / ((now - first.time) / .seconds(1)))
    }

    /// A line with as many names as fit, and the number of the others.
    private static func adding(_ names: [String], to line: String, columns: Int) -> String {
        for count in stride(from: names.count, to: 0, by: -1) {
            let rest = names.count > count ? " and \(names.count - count) more" : ""
            let text = line + ": " + names.prefix(count).joined(separator: ", ") + rest
            if DisplayWidth.columns(of: text) <= columns { return text }
        }
        return line
    }
}
