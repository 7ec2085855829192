import Foundation
import HostSystem
import OrderedJSON

/// Where results and talk go: results to the standard output, everything else to the standard error.
struct Terminal: Sendable {
    /// Whether faults and results are written for machines.
    let isJSON: Bool
    /// Whether colours are used on the standard error.
    let usesColor: Bool
    /// The folder that relative places of diagnostics start from.
    var directory: LocalPath

    /// Makes a terminal for an environment.
    init(isJSON: Bool, environment: Environment, directory: LocalPath) {
        self.isJSON = isJSON
        self.directory = directory
        usesColor = isatty(2) == 1 && environment.nonEmpty("NO_COLOR") == nil && environment["TERM"] != "dumb"
    }

    /// Writes a result.
    func write(_ text: String) { Self.write(Array(text.utf8), to: 1) }

    /// Writes what is not a result.
    func talk(_ text: String) { Self.write(Array((text + "\n").utf8), to: 2) }

    /// Tells diagnostics.
    func tell(_ diagnostics: [Diagnostic]) {
        guard !diagnostics.isEmpty else { return }
        if isJSON {
            let value = JSONValue.object(["diagnostics": .array(diagnostics.map(DiagnosticRenderer.json(of:)))])
            return Self.write(JSONWriter().bytes(of: value) + [UInt8(ascii: "\n")], to: 2)
        }
        let directory = directory
        let renderer = DiagnosticRenderer(usesColor: usesColor) { file in
            guard let bytes = try? LiveFileSystem().read(directory / file) else { return nil }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        }
        Self.write(Array(diagnostics.map(renderer.text(of:)).joined().utf8), to: 2)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return  // nobody reads any more; there is nobody to tell
            }
            rest = rest.dropFirst(count)
        }
    }
}
