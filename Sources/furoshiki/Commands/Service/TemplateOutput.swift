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
        let directory = ArtifactDirectory(of: service, milliseconds: 0)
        _ = try TemplateCompiler.templates(of: CompileContext(service: service, artifactDirectory: directory))
    }

    /// Compiles and writes the templates, and the code of custom resources where the stack uses them.
    ///
    /// - Returns: what the owner should know of what was compiled.
    func write(in files: any FileSystem, clock: WallClock) async throws -> [Diagnostic] {
        let context = CompileContext(
            service: service,
            requirementLayers: RequirementLayers(report.requirementLayers),
            artifactDirectory: ArtifactDirectory(of: service, milliseconds: Int(clock.nowMilliseconds))
        )
        let artifacts = ArtifactReferences(report)
        let templates = try TemplateCompiler.templates(of: context, artifacts)
        let folder = directory.relative(to: service.directory).string
        let state = ServiceState(of: context, artifacts, serviceArtifact: report.serviceArtifact, in: folder)
        let package = DeploymentPackage(
            directory: directory,
            createTemplate: templates.create,
            updateTemplate: templates.update,
            state: state.document(create: templates.create, update: templates.update)
        )
        try files.createDirectory(directory)
        if package.usesCustomResources {
            try await SmallArchive.write(CustomResource.files, to: directory / CustomResource.archiveName)
        }
        try package.write(to: files, isMinified: isMinified)
        return templates.warnings
    }
}

extension ArtifactReferences {
    /// The zip files of a report.
    init(_ report: BundleReport) {
        func artifact(_ index: Int) -> Artifact {
            let artifact = report.artifacts[index]
            return Artifact(fileName: artifact.fileName, sha256Base64: artifact.sha256Base64)
        }
        self.init(functions: report.functions.mapValues(artifact), layers: report.layers.mapValues(artifact))
    }
}

extension RequirementLayers {
    /// The layers that bundling makes of requirements.
    init(_ layers: [BundleReport.RequirementLayer]) {
        // What the configuration calls the layer, however many there are.
        let reference = Naming.layerID("pythonRequirements")
        var references: [String: [String: String]] = [:]
        for layer in layers {
            for function in layer.functions {
                references[function, default: [:]][reference] = Naming.layerID(layer.key)
            }
        }
        self.init(
            layers: layers.map { layer in
                let node = ConfigurationValue(.object(layer.settings))
                return ServiceLayer(key: layer.key, name: node["name"]?.string ?? layer.key, node: node)
            },
            references: references
        )
    }
}
