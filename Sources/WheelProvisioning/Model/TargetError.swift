package import Diagnostics
import HostSystem
import PythonPackaging
package import RequirementFormats

/// What is wrong with a requirement source for some targets, told once however many they are.
package struct TargetError: Error, Hashable, Sendable {
    /// The targets, in order.
    package private(set) var targets: [Target]
    /// What is told, without the targets.
    private let diagnostic: Diagnostic
    /// What follows the targets in the message.
    private let ending: String

    /// Makes a error of one target.
    ///
    /// - Parameters:
    ///   - target: the target, which the message ends with, or which stands before `ending`.
    ///   - diagnostic: what is told; its message is what stands before the target.
    ///   - ending: what follows the target in the message.
    init(for target: Target, _ diagnostic: Diagnostic, ending: String = "") {
        targets = [target]
        self.diagnostic = diagnostic
        self.ending = ending
    }

    /// Takes in the same error of other targets.
    ///
    /// - Returns: whether it is the same error.
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
        var told = diagnostic
        told.message = [diagnostic.message, list].joined(separator: " ") + ending
        return [told]
    }
}
