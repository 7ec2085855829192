package import Diagnostics
import HostSystem
import PythonPackaging
package import RequirementFormats

/// An error of a requirement source for one or more targets, which is reported once for all of them.
package struct TargetError: Error, Hashable, Sendable {
    /// The targets, in order.
    package private(set) var targets: [Target]
    /// The diagnostic, whose message does not contain the targets yet.
    private let diagnostic: Diagnostic
    /// The end of the message, after the targets.
    private let ending: String

    /// Makes an error for one target.
    ///
    /// - Parameters:
    ///   - target: The target, which is inserted in the message.
    ///   - diagnostic: The diagnostic; its message is the part before the target.
    ///   - ending: The end of the message, after the target.
    init(for target: Target, _ diagnostic: Diagnostic, ending: String = "") {
        targets = [target]
        self.diagnostic = diagnostic
        self.ending = ending
    }

    /// Whether a build failed that was needed to find dependencies.
    var isAboutBuild: Bool { diagnostic.code == .buildFailed }

    /// Adds the targets of another error, if it is otherwise equal.
    ///
    /// - Returns: Whether the errors are equal except for their targets.
    package mutating func merge(_ other: TargetError) -> Bool {
        guard diagnostic == other.diagnostic, ending == other.ending else { return false }
        targets = Set(targets + other.targets).sorted()
        return true
    }
}

extension TargetError: DiagnosticConvertible {
    package var diagnostics: [Diagnostic] {
        let names = targets.map { "'\($0)'" }
        let list =
            names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        var result = diagnostic
        result.message = [diagnostic.message, list].joined(separator: " ") + ending
        return [result]
    }
}
