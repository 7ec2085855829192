import ConfigurationValues
import Diagnostics
import HostSystem

extension BundlePlanner {
    /// Checks that every artifact is written to the output directory, and that the directory is not a link.
    ///
    /// The names of artifacts come from the configuration, and could lead to files anywhere. The validation mode makes no
    /// difference.
    ///
    /// - Throws: a `DiagnosticError` with all names that lead elsewhere.
    func checkNames() throws(DiagnosticError) {
        var errors: [Diagnostic] = []
        for artifact in plan.artifacts where !artifact.isPrebuilt {
            guard let error = outsideError(for: artifact), !errors.contains(error) else { continue }
            errors.append(error)
        }
        if let error = linkError { errors.append(error) }
        if !errors.isEmpty { throw DiagnosticError(errors) }
    }

    /// Whether a path cannot be that of a file in a directory.
    static func leadsOutside(_ path: String) -> Bool {
        let local = LocalPath(path)
        return local.isAbsolute || local.components.isEmpty || local.components.first == ".." || path.contains("\0")
    }

    /// The error for an artifact outside the output directory; `nil` for any other.
    private func outsideError(for artifact: ArtifactPlan) -> Diagnostic? {
        guard Self.leadsOutside(artifact.path) else { return nil }
        let (name, setting, place) = culprit(of: artifact)
        return Diagnostic(
            .error,
            .pathOutsidePackage,
            "the zip file '\(Self.printable(artifact.path))' of \(artifact.subject) would be outside the output directory",
            at: place,
            notes: ["its name comes from \(setting) '\(Self.printable(name))'"],
            help: ["use a name without '/' and '..'"]
        )
    }

    /// The value in the configuration that makes the path of an artifact lead outside.
    private func culprit(of artifact: ArtifactPlan) -> (name: String, setting: String, place: SourcePlace?) {
        if let layer = request.layers.first(where: { $0.key == artifact.layer }) {
            return (layer.key, "the key of the layer", layer.place)
        }
        let functions = request.functions.filter {
            artifact.functions.contains($0.key) || "\($0.key).zip" == artifact.path
        }
        if case .files(let files, _) = artifact.content, let module = files.module,
            let function = functions.first
        {
            return Self.leadsOutside(module)
                ? (module, "'module'", function.module?.place ?? function.place)
                : (function.name, "the name of the function", function.place)
        }
        if let function = functions.first(where: { Self.leadsOutside("\($0.key).zip") }) {
            return (function.key, "the key of the function", function.place)
        }
        return (request.service, "the name of the service", request.servicePlace)
    }

    /// The error if the output directory is a link, whose target may have files of others, which would be removed.
    private var linkError: Diagnostic? {
        let directory = request.outputDirectory
        guard directory == request.directory / ".serverless",
            let status = files.statusIfPresent(of: directory, followingLinks: false), status.kind == .symbolicLink
        else { return nil }
        let target = (try? files.symbolicLinkTarget(of: directory)).map { " to '\($0)'" } ?? ""
        return Diagnostic(
            .error,
            .outputDirectoryIsLink,
            "the output directory '.serverless' is a symbolic link\(target)",
            notes: ["zip files that the service does not use are removed from '.serverless'"],
            help: ["remove the link, or name another directory with '--package' or 'package.path'"]
        )
    }

    private static func printable(_ text: String) -> String { text.replacing("\0", with: "\\0") }
}
