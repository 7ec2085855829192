import ConfigurationValues
import Diagnostics
import HostSystem
import Synchronization

/// What has to be known of the output until the program ends.
final class OutputRecord: Sendable {
    private struct State {
        var diagnostics: [Diagnostic] = []
        var failure: Int32?
    }

    private let state = Mutex(State())

    /// The diagnostics that machines are told at the end, in order.
    var diagnostics: [Diagnostic] { state.withLock(\.diagnostics) }
    /// The first `errno` of a result that could not be written.
    var failure: Int32? { state.withLock(\.failure) }

    /// Keeps diagnostics until the end.
    func add(_ diagnostics: [Diagnostic]) { state.withLock { $0.diagnostics += diagnostics.inOrderOfPlaces } }

    /// Takes down that a result could not be written.
    func fail(_ code: Int32) { state.withLock { if $0.failure == nil { $0.failure = code } } }
}

extension [Diagnostic] {
    /// The diagnostics as readers go through their files: each file's together where its first one stands, by line and
    /// column; those without a place last.
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
