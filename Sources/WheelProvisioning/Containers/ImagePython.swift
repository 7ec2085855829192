import ContainerEngine
import Diagnostics
import RequirementFormats

/// The interpreters in an image, as its greeting lists them.
struct ImagePython: Sendable {
    /// The paths or names of interpreters with their versions, the preferred one first.
    private let interpreters: [(path: String, version: String)]
    private let missing: [String]

    /// The shell script that lists the interpreters, and what else an image lacks.
    static func script(for target: Target) -> String {
        """
        for p in /var/lang/bin/\(target.runtime.name) \(target.runtime.name) python3 python; do
          command -v "$p" >/dev/null 2>&1 || continue
          v=$("$p" -c 'import sys, pip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
          echo "python $p $v"
        done
        for p in tar mktemp; do command -v "$p" >/dev/null 2>&1 || echo "missing $p"; done
        """
    }

    /// Reads the lines that the script has printed.
    init(_ greeting: [String]) {
        let lines = greeting.map { $0.split(separator: " ").map(String.init) }
        interpreters = lines.compactMap { $0.count == 3 && $0[0] == "python" ? ($0[1], $0[2]) : nil }
        missing = lines.compactMap { $0.count == 2 && $0[0] == "missing" ? $0[1] : nil }
    }

    /// The interpreter of a target's version.
    ///
    /// - Throws: A `DiagnosticError` if the image has none, or lacks another program.
    func interpreter(for target: Target, image: String, _ options: ContainerOptions) throws(DiagnosticError) -> String {
        let option = options.file == nil ? "dockerImage" : "dockerFile"
        let place = options.places[option] ?? options.users[target]?.place
        let lacking = missing + (interpreters.isEmpty ? ["a Python with pip"] : [])
        guard lacking.isEmpty, let first = interpreters.first else {
            throw DiagnosticError(
                .unusableImage,
                "image '\(image)' cannot build wheels: it has no \(lacking.joined(separator: ", "))",
                at: place,
                help: ["install it in the image, or use '\(ContainerOptions.publishedImage(for: target))'"]
            )
        }
        if let fitting = interpreters.first(where: { $0.version == target.runtime.version }) { return fitting.path }
        let user = options.users[target]
        throw DiagnosticError(
            .imagePythonMismatch,
            "image '\(image)' has Python \(first.version), which does not match '\(target)'",
            at: place,
            notes: user.map { ["function '\($0.function)' has the target '\(target)'"] } ?? [],
            help: [
                "set 'dockerImage' to a mapping from runtime to image",
                "or remove '\(option)': wheels are chosen for the runtime of each function",
            ]
        )
    }
}
