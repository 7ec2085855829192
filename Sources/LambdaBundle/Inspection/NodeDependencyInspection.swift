package import Diagnostics
package import HostSystem
import OrderedJSON
import RequirementFormats
import ZipArchive

/// Finds packages of Node.js that the code of an artifact imports and that were never installed.
package struct NodeDependencyInspection: Sendable {
    private let files: any FileSystem
    private let directory: LocalPath

    /// Creates an inspection that reads the files of a service.
    ///
    /// - Parameters:
    ///   - files: reads the files of the service.
    ///   - directory: the directory of the service.
    package init(files: any FileSystem, directory: LocalPath) {
        self.files = files
        self.directory = directory
    }

    /// Inspects the code of an artifact.
    ///
    /// - Parameter artifact: the artifact to inspect.
    /// - Returns: at most one warning, whose notes are names and whose help is a remedy for ``summary(of:)``.
    package func findings(in artifact: InspectedArtifact) -> [Diagnostic] {
        let functions = artifact.functions.filter { function in
            // A layer may contain the packages.
            if case .other(let name) = function.runtime {
                name.hasPrefix("nodejs") && !function.hasLayers
            } else {
                false
            }
        }
        guard let first = functions.first, !isInstalled else { return [] }
        let required = requiredPackages
        guard !required.isEmpty else { return [] }
        let missing = required.filter { name in imports(name, artifact) }
        guard !missing.isEmpty else { return [] }
        let command =
            files.isFile(directory / "yarn.lock")
            ? "yarn install" : files.isFile(directory / "pnpm-lock.yaml") ? "pnpm install" : "npm install"
        return [
            Diagnostic(
                .warning,
                .dependenciesNotInstalled,
                "packages of Node.js are not installed",
                at: first.handlerPlace,
                notes: missing,
                help: ["run '\(command)' before packaging"]
            )
        ]
    }

    /// The number of packages that are named.
    private static let maximumCount = 6

    /// One warning for those about all artifacts; other diagnostics are unchanged.
    ///
    /// - Parameter findings: the findings about all artifacts.
    /// - Returns: the findings with one warning about packages that are not installed.
    package static func summary(of findings: [Diagnostic]) -> [Diagnostic] {
        let place = findings.first { $0.code == .dependenciesNotInstalled }?.place
        return findings.summarizing(.dependenciesNotInstalled) { names, help in
            let more = names.count > maximumCount ? " and \(names.count - maximumCount) more" : ""
            let list = names.prefix(maximumCount).map { "'\($0.onOneLine)'" }.joined(separator: ", ") + more
            return Diagnostic(
                .warning,
                .dependenciesNotInstalled,
                "the code imports \(list), but 'node_modules' does not exist",
                at: place,
                help: help
            )
        }
    }

    /// Whether there is a `node_modules` in the directory of the service, or above it in a workspace.
    private var isInstalled: Bool {
        if files.isDirectory(directory / "node_modules") { return true }
        var folder = directory.parent
        while folder.parent != folder {
            if files.isDirectory(folder / "node_modules"), files.isFile(folder / "package.json") { return true }
            folder = folder.parent
        }
        return false
    }

    /// The packages in `dependencies` of `package.json` that no runtime contains.
    private var requiredPackages: [String] {
        let path = directory / "package.json"
        // A file that is not valid is not needed for packaging.
        guard let status = files.statusIfPresent(of: path), status.kind == .file, status.size < 1 << 20,
            let bytes = try? files.read(path),
            let members = (try? JSONValue(parsing: bytes))?["dependencies"]?.objectValue
        else { return [] }
        return members.keys.filter { name in
            name != "aws-sdk" && !["@aws-sdk/", "@smithy/", "@types/"].contains { name.hasPrefix($0) }
        }
    }

    /// Whether the code of the service in an artifact imports a package.
    private func imports(_ name: String, _ artifact: InspectedArtifact) -> Bool {
        artifact.content.files.lazy
            .filter { file in
                file.origin == .service && file.size < 1 << 20
                    && [".js", ".mjs", ".cjs"].contains { file.path.string.hasSuffix($0) }
            }
            .prefix(200)
            .contains { file in
                guard case .file(let path, _) = file.content, let bytes = try? files.read(LocalPath(path)) else {
                    return false
                }
                return NodeText.imports(name, in: bytes)
            }
    }
}
