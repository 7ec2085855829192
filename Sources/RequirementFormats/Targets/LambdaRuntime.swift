package import Diagnostics
import HostSystem

/// The runtime of a function, as the property `runtime` names it.
package enum LambdaRuntime: Hashable, Sendable {
    /// Python, so that the function gets wheels.
    case python(PythonRuntime)
    /// Another language, by its name.
    case other(String)

    /// Reads the name of a runtime.
    ///
    /// - Parameters:
    ///   - name: The value of `runtime`.
    ///   - place: The place of the value.
    /// - Throws: A `DiagnosticError` that lists the known runtimes, nearest first, if the name is not a runtime.
    package init(named name: String, at place: SourcePlace?) throws(DiagnosticError) {
        if let python = PythonRuntime(name: name) {
            self = .python(python)
        } else if Self.isOfOtherLanguage(name) {
            self = .other(name)
        } else {
            throw Self.unknown(name, at: place)
        }
    }

    /// The error for a name that is not the name of a runtime.
    package static func unknown(_ name: String, at place: SourcePlace?) -> DiagnosticError {
        let known = PythonRuntime.current.map(\.name)
        let nearest = NearestNames.ordered(known.reversed() + otherNames, nearestTo: name)
        var help = ["to use another runtime in one function, set 'runtime' on the function"]
        if let nearest = NearestNames.nearest(to: name, among: known.reversed() + otherNames) {
            help.insert(NearestNames.question(nearest), at: 0)
        }
        return DiagnosticError(
            .unknownRuntime,
            "unknown runtime '\(name)'",
            at: place,
            notes: [
                "known runtimes, nearest first: \(nearest.joined(separator: ", "))",
                "the Python runtimes are \(known.first ?? "") to \(known.last ?? "")",
            ],
            help: help
        )
    }

    /// The runtimes of other languages with which Lambda creates functions, newest of a language first.
    private static let otherNames = [
        "nodejs24.x", "nodejs22.x", "nodejs20.x", "nodejs18.x", "java25", "java21", "java17", "java11", "java8.al2",
        "dotnet10", "dotnet8", "ruby3.4", "ruby3.3", "ruby3.2", "provided.al2023", "provided.al2",
    ]

    /// Whether a name has the form of a runtime of another language, in any version.
    private static func isOfOtherLanguage(_ name: String) -> Bool {
        if otherNames.contains(name) || ["nodejs", "provided", "go1.x"].contains(name) { return true }
        let families = [
            ("nodejs", ".x"), ("nodejs", ".x-edge"), ("java", ""), ("java", ".al2"), ("java", ".al2023"),
            ("dotnet", ""), ("dotnetcore", ""), ("ruby", ""), ("provided.al", ""),
        ]
        return families.contains { prefix, suffix in
            guard name.hasPrefix(prefix), name.hasSuffix(suffix),
                name.utf8.count > prefix.utf8.count + suffix.utf8.count
            else { return false }
            let version = name.dropFirst(prefix.count).dropLast(suffix.count)
            return version.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
                && version.utf8.first != 0x2E && version.utf8.last != 0x2E
        }
    }
}
