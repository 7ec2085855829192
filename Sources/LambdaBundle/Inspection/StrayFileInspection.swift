package import Diagnostics
package import HostSystem
import ZipArchive

/// Finds files of the service that are rarely meant to be in an artifact: secrets, virtual environments and caches.
package struct StrayFileInspection: Sendable {
    private let files: any FileSystem

    /// Creates an inspection that reads files which may be private keys.
    package init(files: any FileSystem) { self.files = files }

    /// Inspects the files of the service in an artifact.
    ///
    /// - Parameter artifact: the artifact to inspect.
    /// - Returns: at most one warning, whose notes and help are facts and patterns for ``summary(of:at:)``.
    package func findings(in artifact: InspectedArtifact) -> [Diagnostic] {
        let own = artifact.content.files.filter { $0.origin == .service }
        let environments = own.map(\.path.string).filter { $0.hasSuffix("/pyvenv.cfg") }
            .map { String($0.dropLast("pyvenv.cfg".count)) }
        var facts: [String] = []
        var patterns: [String] = []
        func add(_ fact: String, _ pattern: String) {
            guard !facts.contains(fact) else { return }
            facts.append(fact)
            patterns.append(pattern)
        }
        for file in own {
            let path = file.path.string
            if let environment = environments.first(where: { path.hasPrefix($0) }) {
                add("'\(environment)' (a virtual environment)", "!\(environment)**")
            } else if path.hasPrefix("__pycache__/") || path.contains("/__pycache__/") {
                add("'__pycache__/'", "!**/__pycache__/**")
            } else if path.hasPrefix("node_modules/") || path.contains("/node_modules/") {
                // Packages may contain examples.
                continue
            } else if Self.isEnvironmentFile(file.path.lastComponent) {
                add("'\(path.onOneLine)'", "!\(path)")
            } else if isPrivateKey(file) {
                add("'\(path.onOneLine)' (a private key)", "!\(path)")
            }
        }
        guard !facts.isEmpty else { return [] }
        return [Diagnostic(.warning, .strayFiles, Self.message, notes: facts, help: patterns)]
    }

    private static let message = "the artifacts contain files that may be secret, or are not needed at run time"

    /// The number of files that are named.
    private static let maximumCount = 6

    /// One warning for those about all artifacts; other diagnostics are unchanged.
    ///
    /// - Parameters:
    ///   - findings: the findings about all artifacts.
    ///   - place: the place of `package` in the configuration.
    /// - Returns: the findings with one warning about stray files.
    package static func summary(of findings: [Diagnostic], at place: SourcePlace?) -> [Diagnostic] {
        findings.summarizing(.strayFiles) { facts, patterns in
            let more = facts.count > maximumCount ? " and \(facts.count - maximumCount) more" : ""
            return Diagnostic(
                .warning,
                .strayFiles,
                "\(message): " + facts.prefix(maximumCount).joined(separator: ", ") + more,
                at: place,
                help: ["exclude them with package.patterns: " + patterns.map { "'\($0)'" }.joined(separator: ", ")]
            )
        }
    }

    /// Whether a file has the name of one with variables for the environment, and is not an example.
    private static func isEnvironmentFile(_ name: some StringProtocol) -> Bool {
        guard name == ".env" || name.hasPrefix(".env.") else { return false }
        return !["example", "sample", "template", "dist", "defaults"].contains { name.hasSuffix(".\($0)") }
    }

    /// Whether a file has the name and the content of a private key (RFC 7468).
    private func isPrivateKey(_ file: ContentFile) -> Bool {
        let name = file.path.lastComponent
        let isNamed = [".pem", ".key"].contains { name.hasSuffix($0) } || name.hasPrefix("id_") && !name.contains(".")
        guard isNamed, file.size < 1 << 16, case .file(let path, _) = file.content,
            let bytes = try? files.read(LocalPath(path))
        else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----")
    }
}
