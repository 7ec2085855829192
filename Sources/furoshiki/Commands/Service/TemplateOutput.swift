import CloudFormation
import ConfigurationValues
import Diagnostics
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

    /// Refuses a service of which no template can be made.
    ///
    /// What templates say of artifacts does not decide whether they can be made.
    static func check(_ service: Service) throws(DiagnosticError) {
        let artifacts = ArtifactReferences(functions: [:], layers: [:], directory: "")
        _ = try TemplateCompiler.templates(of: CompileContext(service: service, artifacts: artifacts, milliseconds: 0))
    }

    /// Whether there is a folder for the package already.
    ///
    /// - Throws: ``DiagnosticError`` where there is something else.
    static func isThere(_ directory: LocalPath, in files: any FileSystem) throws(DiagnosticError) -> Bool {
        guard files.exists(directory), !files.isDirectory(directory) else { return files.exists(directory) }
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
        let createPath = directory / Self.createName
        if let create = templates.create {
            try files.write(writer.bytes(of: create), to: createPath)
        } else {
            try files.remove(createPath)
        }
        let update = JSONWriter(indentation: isMinified ? nil : 2).bytes(of: templates.update)
        try files.write(update, to: directory / Self.updateName)
        let state = ServiceState.document(
            of: context,
            templates,
            serviceArtifact: report.serviceArtifact,
            in: directory.relative(to: service.directory).string
        )
        try files.write(writer.bytes(of: state), to: directory / Self.stateName)
        return templates.warnings
    }

    /// Takes away what would not fit the artifacts of this run, or all where there was no package before.
    func discard(in files: any FileSystem, wholly: Bool) throws {
        if wholly { return try files.remove(directory) }
        for name in [Self.createName, Self.updateName, Self.stateName] { try files.remove(directory / name) }
    }

    private static let createName = "cloudformation-template-create-stack.json"
    private static let updateName = "cloudformation-template-update-stack.json"
    private static let stateName = "serverless-state.json"

    private func references(milliseconds: Int) -> ArtifactReferences {
        func artifact(_ index: Int) -> ArtifactReferences.Artifact {
            let artifact = report.artifacts[index]
            return .init(fileName: artifact.fileName, sha256Base64: artifact.sha256Base64)
        }
        var references: [String: [String: String]] = [:]
        for layer in report.requirementLayers {
            for function in layer.functions {
                references[function, default: [:]]["PythonRequirementsLambdaLayer"] =
                    Naming.layerID(layer.key)
            }
        }
        let layers = report.requirementLayers.map { layer in
            let node = ConfigurationValue(.object(layer.settings))
            return ServiceLayer(key: layer.key, name: node["name"]?.string ?? layer.key, node: node)
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
