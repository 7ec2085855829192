import ConfigurationValues
import Diagnostics
import HostSystem
import Synchronization

/// Facts about the output that are kept until the program ends.
final class OutputRecord: Sendable {
    private struct State {
        var diagnostics: [Diagnostic] = []
        var located: [(diagnostic: Diagnostic, place: SourcePlace?)] = []
        var failure: Int32?
        var warningCount = 0
        var status: ExitStatus?
    }

    private let state = Mutex(State())

    /// The diagnostics that are written as JSON at the end, in order.
    var diagnostics: [Diagnostic] { state.withLock(\.diagnostics) }
    /// The diagnostics for a build server, with their places in the checkout, in order.
    var located: [(diagnostic: Diagnostic, place: SourcePlace?)] { state.withLock(\.located) }
    /// The first `errno` of a result that could not be written.
    var failure: Int32? { state.withLock(\.failure) }

    /// The number of warnings that were reported.
    var warningCount: Int { state.withLock(\.warningCount) }

    /// The status that a command which succeeds ends the program with; `nil` if it set none.
    var status: ExitStatus? { state.withLock(\.status) }

    /// Sets the status that the program ends with if the command succeeds.
    func end(with status: ExitStatus) { state.withLock { $0.status = status } }

    /// Counts warnings that are reported.
    func countWarnings(_ count: Int) { state.withLock { $0.warningCount += count } }

    /// Keeps diagnostics until the program ends.
    func add(_ diagnostics: [Diagnostic]) { state.withLock { $0.diagnostics += diagnostics.inOrderOfPlaces } }

    /// Keeps diagnostics for a build server, with their places in the checkout.
    func add(_ located: [(diagnostic: Diagnostic, place: SourcePlace?)]) { state.withLock { $0.located += located } }

    /// Keeps the `errno` of a result that could not be written; only the first one counts.
    func fail(_ code: Int32) { state.withLock { if $0.failure == nil { $0.failure = code } } }
}

extension [Diagnostic] {
    /// The diagnostics sorted by file, line and column; files are in the order of their first diagnostics, and
    /// diagnostics without a place are last.
    var inOrderOfPlaces: [Diagnostic] {
        var ranks: [String: Int] = [:]
        for diagnostic in self {
            if let file = diagnostic.place?.file, ranks[file] == nil { ranks[file] = ranks.count }
        }
        func position(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            guard let place = diagnostic.place else { return (Int.max, 0, 0) }
            return (ranks[place.file] ?? 0, place.line, place.column)
        }
        return enumerated()
            .sorted { left, right in
                let (first, second) = (position(left.element), position(right.element))
                return first == second ? left.offset < right.offset : first < second
            }
            .map(\.element)
    }
}
