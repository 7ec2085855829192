import BundleAnalysis
import CloudFormation
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import ServerlessConfig

/// The report that `package --report` writes.
struct RequestedReport: Sendable {
    /// The file to write.
    let file: LocalPath
    private let service: Service
    /// The artifacts before the run.
    private let previous: ArtifactChange.Previous

    /// Notes what was there before the run; `nil` if no report is requested.
    ///
    /// - Parameters:
    ///   - run: the command.
    ///   - service: the service to package.
    ///   - directory: the directory of artifacts.
    /// - Throws: `DiagnosticError` if something that is not a file is at the path, `FileSystemError`.
    init?(_ run: CommandRun, of service: Service, in directory: LocalPath) throws {
        let requested: LocalPath
        switch run.invocation.values["report"] {
        case .text(let name)?: requested = service.directory / name
        case .flag(true)?: requested = directory / "report.html"
        default: return nil
        }
        file = try Self.replaceable(requested, run.machine.files)
        self.service = service
        previous = ArtifactChange.Previous(in: directory, files: run.machine.files)
    }

    /// The file to replace: the target of a symbolic link, and never a device, a pipe or a directory.
    private static func replaceable(_ path: LocalPath, _ files: any FileSystem) throws -> LocalPath {
        guard files.exists(path) else { return path }
        guard files.isFile(path) else {
            throw DiagnosticError(
                .invalidOptionValue,
                "cannot write the report to '\(path)', which is not a regular file",
                help: ["write --report FILE, or only --report for 'report.html' in the directory of the package"]
            )
        }
        return try files.realPath(of: path)
    }

    /// Analyzes the artifacts, and writes the page.
    ///
    /// - Parameters:
    ///   - report: the report of the run.
    ///   - host: the machine.
    /// - Returns: the analysis.
    /// - Throws: `DiagnosticError` if an artifact or a wheel cannot be read, `FileSystemError`, `CancellationError`.
    func write(_ report: BundleReport, on host: HostServices) async throws -> ServiceAnalysis {
        let analysis = try await ServiceAnalysis.of(
            report,
            service: service.name,
            stage: service.stage,
            functions: service.functions.map { use(of: $0, report) },
            previous: previous,
            on: host
        )
        try host.files.createDirectory(file.parent)
        try host.files.write(ReportPage(analysis, version: Version.current).html, to: file)
        return analysis
    }

    private func use(of function: ServiceFunction, _ report: BundleReport) -> FunctionUse {
        let layers = (function.node["layers"] ?? service.provider["layers"])?.list ?? []
        let known = layers.compactMap { layer(of: $0, for: function, report) }
        return FunctionUse(
            key: function.key,
            runtime: function.image == nil ? service.runtime(of: function).name : "image",
            architecture: service.architecture(of: function).name,
            layers: known,
            otherLayers: layers.count - known.count
        )
    }

    /// The key of the service's layer that a reference is to; `nil` for another layer.
    private func layer(
        of reference: ConfigurationValue,
        for function: ServiceFunction,
        _ report: BundleReport
    ) -> String? {
        guard let name = reference["Ref"]?.string else { return nil }
        if let own = service.layers.first(where: { Naming.layerID($0.key) == name }) { return own.key }
        if name == Naming.layerID("pythonRequirements"),
            let layer = report.requirementLayers.first(where: { $0.functions.contains(function.key) })
        {
            return layer.key
        }
        return report.requirementLayers.first { Naming.layerID($0.key) == name }?.key
    }
}
