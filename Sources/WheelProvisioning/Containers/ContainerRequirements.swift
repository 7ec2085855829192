import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The requirements of a set as the files that pip reads in a container.
struct ContainerRequirements: Sendable {
    /// The content of `requirements.txt`, which may contain credentials.
    let requirements: String
    /// The content of `constraints.txt`.
    let constraints: String
    /// The local projects and archives to send, by their names in the archive.
    let projects: [String: LocalPath]

    /// Writes the entries of a set, without the excluded distributions.
    ///
    /// A lock is written as its exact distributions with their hashes.
    ///
    /// - Throws: A `DiagnosticError` if the set does not support the target.
    init(_ set: RequirementSet, _ options: ProvisioningOptions, _ target: Target) throws {
        try set.python?.check(for: target)
        var projects: [String: LocalPath] = [:]
        func send(_ path: LocalPath) -> String {
            let name = "projects/\(projects.count)/\(path.lastComponent)"
            projects[name] = path
            return "file://\(PipInContainer.root)/\(PercentCoding.encode(name, allowing: "/"))"
        }
        func line(_ entry: RequirementEntry) -> String {
            guard case .local(let path, let name, let extras, let marker) = entry.subject else {
                return entry.line(withHashes: true)
            }
            let extra = extras.isEmpty ? "" : "[\(extras.map(\.written).joined(separator: ","))]"
            let condition = marker.map { " ; \($0)" } ?? ""
            let address = send(path)
            let start = name.map { "\($0.written)\(extra) @ \(address)" } ?? address + extra
            return start + condition + entry.hashes.map { " --hash=\($0)" }.joined()
        }
        switch set.content {
        case .requirements(let all):
            let list = all.omitting(options.excluded)
            // pip does not accept hashes of requirements that are only constraints without those of all others.
            requirements = list.requirements.map { line($0) + "\n" }.joined()
            constraints = list.constraints.map { $0.line() + "\n" }.joined()
        case .lock:
            let distributions = try set.exactDistributions(for: target) ?? []
            let wanted = distributions.filter { !options.excluded.contains($0.name) }
            requirements = wanted.map { Self.line(of: $0, send) + "\n" }.joined()
            constraints = ""
        }
        self.projects = projects
    }

    private static func line(of distribution: ExactDistribution, _ send: (LocalPath) -> String) -> String {
        let name = distribution.name.written
        func exact(_ hashes: [FileHash]) -> String {
            name + (distribution.version.map { "==\($0)" } ?? "") + hashes.map { " --hash=\($0)" }.joined()
        }
        switch distribution.source {
        case .wheel(let file, _), .sourceDistribution(let file, _):
            if let path = file.path { return "\(name) @ \(send(path))" + file.hashes.map { " --hash=\($0)" }.joined() }
            return exact(file.hashes)
        case .anyFile(let hashes, _): return exact(hashes)
        case .archive(let address, let subdirectory, let hashes):
            return "\(name) @ \(address)" + (subdirectory.map { "#subdirectory=\($0)" } ?? "")
                + hashes.map { " --hash=\($0)" }.joined()
        case .repository(let address, let commit, let subdirectory):
            return "\(name) @ \(address)@\(commit)" + (subdirectory.map { "#subdirectory=\($0)" } ?? "")
        case .local(let path): return "\(name) @ \(send(path))"
        }
    }
}
