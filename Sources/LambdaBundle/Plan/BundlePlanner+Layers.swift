import ConfigurationValues
import Diagnostics
import HostSystem

extension BundlePlanner {
    /// Adds the layers in the `layers` section of the service.
    mutating func addLayers() throws(DiagnosticError) {
        for layer in request.layers {
            let settings = PackageSettings(layer.package)
            if let artifact = settings.artifact {
                var prebuilt = try prebuilt(artifact, at: settings.artifactPlace, subject: "layer '\(layer.key)'")
                prebuilt.layer = layer.key
                plan.artifacts.append(prebuilt)
                continue
            }
            guard let folder = layer.path?.string, files.isDirectory(request.directory / folder) else {
                throw missing(layer.path?.string ?? "", property: "path")
                    .error(.missingLayerDirectory, of: "layer '\(layer.key)'", at: layer.path?.place ?? layer.place)
            }
            let include = service.include + service.patterns + settings.include + settings.patterns
            let files = ProjectFiles(
                folder: folder,
                rules: SelectionRules(
                    exclude: defaultExcludes + service.exclude + dotenvExcludes + settings.exclude,
                    include: include
                ),
                excludesDevelopmentDependencies: service.excludesDevelopmentDependencies
            )
            let isTaken = plan.artifacts.contains { $0.path == "\(layer.key).zip" && !$0.isPrebuilt }
            plan.artifacts.append(
                ArtifactPlan(
                    path: isTaken ? "\(layer.key)-layer.zip" : "\(layer.key).zip",
                    content: .files(files, nil),
                    layer: layer.key,
                    subject: "layer '\(layer.key)'"
                )
            )
        }
    }

    // MARK: Patterns

    private var defaultExcludes: [String] {
        [
            ".git/**", ".gitignore", ".DS_Store", "npm-debug.log", "yarn-*.log", ".serverless/**",
            ".serverless_plugins/**",
        ] + [request.configurationFile, request.localPluginDirectory].compactMap { $0 }
    }

    private var dotenvExcludes: [String] { request.usesDotenv ? [".env*"] : [] }

    /// The rules of a function or the service: the default patterns, followed by the given ones.
    func rules(exclude: [String], include: [String]) -> SelectionRules {
        let layers = request.layers.compactMap { $0.path?.string }.map { "\($0)/**" }
        return SelectionRules(
            exclude: defaultExcludes + service.exclude + layers + dotenvExcludes + exclude,
            include: service.include + service.patterns + include
        )
    }
}
