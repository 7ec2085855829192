import CloudFormation
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// The templates of a packaged service, and the state that lets the package be deployed later.
struct TemplateOutput {
    let service: Service
    let report: BundleReport
    /// The folder that all is written to.
    let directory: LocalPath
    let isMinified: Bool

    /// Refuses a service of which no template can be made, before artifacts take their time.
    ///
    /// What templates say of artifacts does not decide whether they can be made.
    static func check(_ service: Service) throws(DiagnosticError) {
        let artifacts = ArtifactReferences(functions: [:], layers: [:], directory: "")
        _ = try TemplateCompiler.templates(of: CompileContext(service: service, artifacts: artifacts, milliseconds: 0))
    }

    /// Refuses a place for the package where there is something else.
    static func check(_ directory: LocalPath, in files: any FileSystem) throws(DiagnosticError) {
        guard files.exists(directory), !files.isDirectory(directory) else { return }
        throw DiagnosticError(
            "'\(directory)' is in the way: the package needs a folder of that name",
            category: .system,
            help: ["move it, or name another folder with '--package'"]
        )
    }

    /// Compiles and writes the templates, and the code of custom resources where the stack uses them.
    ///
    /// - Returns: what the owner should know of what was compiled.
    func write(in files: any FileSystem, clock: WallClock) async throws -> [Diagnostic] {
        let milliseconds = Int(clock.nowMilliseconds)
        let context = CompileContext(
            service: service,
            artifacts: references(milliseconds: milliseconds),
            milliseconds: milliseconds
        )
        let templates = try TemplateCompiler.templates(of: context)
        let writer = JSONWriter(indentation: 2)
        try files.createDirectory(directory)
        if CustomResource.areUsed(in: templates.update) {
            try await SmallArchive.write(CustomResource.files, to: directory / CustomResource.archiveName)
        }
        let createPath = directory / "cloudformation-template-create-stack.json"
        if let create = templates.create {
            try files.write(writer.bytes(of: create), to: createPath)
        } else {
            try files.remove(createPath)
        }
        let update = JSONWriter(indentation: isMinified ? nil : 2).bytes(of: templates.update)
        try files.write(update, to: directory / "cloudformation-template-update-stack.json")
        let state = ServiceState.document(of: context, templates, serviceArtifact: report.serviceArtifact)
        try files.write(writer.bytes(of: state), to: directory / "serverless-state.json")
        return templates.warnings
    }

    private func references(milliseconds: Int) -> ArtifactReferences {
        func artifact(_ index: Int) -> ArtifactReferences.Artifact {
            let artifact = report.artifacts[index]
            return .init(fileName: artifact.fileName, sha256Base64: artifact.sha256Base64)
        }
        var references: [String: [String: String]] = [:]
        for layer in report.requirementLayers {
            for function in layer.functions {
                references[function, default: [:]]["PythonRequirementsLambdaLayer"] =
                    Naming.normalizedFunctionName(layer.key) + "LambdaLayer"
            }
        }
        let layers = report.requirementLayers.map { layer in
            let node = Node(.object(layer.settings))
            return Layer(key: layer.key, name: node["name"]?.string ?? layer.key, node: node)
        }
        let prefix = service.provider["deploymentPrefix"]?.string ?? "serverless"
        let time = InstantText.iso8601(milliseconds: Int64(milliseconds))
        return ArtifactReferences(
            functions: report.functions.mapValues(artifact),
            layers: report.layers.mapValues(artifact),
            dependencyLayers: layers,
            layerReferences: references,
            directory: "\(prefix)/\(service.name)/\(service.stage)/\(milliseconds)-\(time)"
        )
    }
}
