import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import ZipArchive

/// An artifact that is complete, with its inputs.
struct ArtifactResult: Sendable {
    /// The inputs of the artifact.
    var input: ArtifactInput
    /// The artifact as it is reported.
    var artifact: BundleReport.Artifact
    /// Whether its file is in the staging directory.
    var isStaged = false
    /// The warnings and notes about it.
    var findings: [Diagnostic] = []
}

/// The source of an artifact.
enum ArtifactSource: Sendable {
    /// An earlier run made it from the same inputs.
    case kept(ArtifactRecords.Entry)
    /// It is made from this content.
    case made(of: ArtifactContent)
    /// The user created this file.
    case prebuilt(LocalPath)

    /// The content of an artifact that is made, or `nil` if its file exists.
    var content: ArtifactContent? { if case .made(let content) = self { content } else { nil } }
}

/// Makes artifacts; content that they share is made once.
struct ArtifactFactory: Sendable {
    /// The output directory of the artifacts.
    let output: LocalPath
    let files: any FileSystem
    let openWheels: OpenWheels
    let staging: StagingFolder
    let compiler: BytecodeCompiler
    let clock: MonotonicClock
    let processorCount: Int
    /// The compressed files that artifacts have in common, or `nil` if there is only one artifact.
    let compressedFiles: CompressedFiles?
    /// The functions whose handlers are checked, by key.
    let functions: [String: InspectedArtifact.Function]
    /// The directory of the service.
    let directory: LocalPath
    /// The plugins of the service that are not run and may add files to artifacts.
    let pluginsNotRun: [String]
    /// The place that requires a distribution by name, or `nil` if only other distributions require it.
    let requirementPlace: @Sendable (PackageName) -> SourcePlace?

    /// Collects the content of artifacts that cannot be reused, and checks their sizes.
    ///
    /// - Parameters:
    ///   - inputs: the inputs of each artifact.
    ///   - kept: for each input, the artifact that an earlier run made from it, or `nil`.
    /// - Returns: the source of each artifact, in the order of the inputs.
    /// - Throws: a `DiagnosticError` with the errors of all artifacts, `CancellationError`.
    func sources(of inputs: [ArtifactInput], kept: [ArtifactRecords.Entry?]) async throws -> [ArtifactSource] {
        let missing = zip(inputs, kept).filter { $1 == nil }.map(\.0)
        let requirements = try await requirements(of: missing)
        let nested = try await nested(of: missing, requirements)
        let work = zip(inputs, kept).map { ($0, $1) }
        let sources = try await work.concurrentMap(limit: processorCount) { input, kept -> ArtifactSource in
            let parts: ArtifactContent.Requirements?
            switch (input.plan.content, input.recipeKey) {
            case (.prebuilt(let path), _): return .prebuilt(path)
            case (.layer, let key?): parts = requirements[key].map { .layer($0) }
            case (.files(_, let payload?), let key?):
                parts = payload.isNested ? nested[key].map { .nested($0) } : requirements[key].map { .root($0) }
            default: parts = nil
            }
            if let kept { return .kept(kept) }
            let own = input.files.map(SourceFile.init)
            return .made(of: try ArtifactContent(serviceFiles: own, requirements: parts, reader: files))
        }
        try ArtifactInspection.checkSizes(of: inspected(inputs, sources).map(\.artifact))
        return sources
    }

    /// The requirements of each distinct recipe, by key.
    private func requirements(of inputs: [ArtifactInput]) async throws -> [String: RequirementContent] {
        var recipes: [String: RequirementRecipe] = [:]
        for input in inputs {
            if let key = input.recipeKey, let recipe = input.recipe { recipes[key] = recipe }
        }
        let sorted = recipes.sorted { $0.key < $1.key }
        let made = try await sorted.concurrentMap(limit: processorCount) { key, recipe in
            var content = try await RequirementContent(recipe, openWheels: openWheels, scratch: staging.folder)
            if recipe.compilesBytecode {
                if let bytecode = try await compiler.compile(content, in: staging.folder) {
                    content.add(bytecode: bytecode, slim: recipe.slim)
                } else {
                    content.noteMissingInterpreter()
                }
            }
            return (key, content)
        }
        return Dictionary(uniqueKeysWithValues: made)
    }

    /// The nested archives of requirements, each of which is written once, by key.
    private func nested(
        of inputs: [ArtifactInput],
        _ requirements: [String: RequirementContent]
    ) async throws -> [String: NestedRequirements] {
        let keys = Set(inputs.filter { $0.plan.payload?.isNested == true }.compactMap(\.recipeKey))
        let writer = ArtifactWriter(concurrency: processorCount)
        let made = try await keys.sorted()
            .concurrentMap(limit: processorCount) { key -> (String, NestedRequirements)? in
                guard let content = requirements[key] else { return nil }
                return (key, try await writer.write(content, to: staging.folder / ".\(key).zip"))
            }
        return Dictionary(uniqueKeysWithValues: made.compactMap { $0 })
    }

    // MARK: Inspection

    /// The findings of the inspection of each artifact, in the order of the inputs.
    ///
    /// - Throws: a `DiagnosticError` with the errors of all artifacts.
    func inspect(_ inputs: [ArtifactInput], _ sources: [ArtifactSource]) async throws -> [[Diagnostic]] {
        let work = inspected(inputs, sources)
        let inspection = ArtifactInspection(
            openWheels: openWheels,
            files: files,
            directory: directory,
            pluginsNotRun: pluginsNotRun,
            requirementPlace: requirementPlace,
            processorCount: processorCount
        )
        let found = try await inspection.findings(in: work.map(\.artifact))
        var findings = [[Diagnostic]](repeating: [], count: inputs.count)
        for (item, diagnostics) in zip(work, found) { findings[item.index] = diagnostics }
        return findings
    }

    /// The artifacts to inspect, with their indexes among the inputs.
    private func inspected(
        _ inputs: [ArtifactInput],
        _ sources: [ArtifactSource]
    ) -> [(index: Int, artifact: InspectedArtifact)] {
        zip(inputs, sources).enumerated()
            .compactMap { index, pair in
                let plan = pair.0.plan
                guard let content = pair.1.content, !plan.isAuxiliary else { return nil }
                let artifact = InspectedArtifact(
                    name: plan.path,
                    content: content,
                    functions: plan.functions.compactMap { functions[$0] },
                    target: plan.payload?.target
                )
                return (index, artifact)
            }
    }

    // MARK: Artifacts

    /// Makes an artifact, or describes an existing one.
    func result(of input: ArtifactInput, from source: ArtifactSource) async throws -> ArtifactResult {
        let start = clock.now
        var result: ArtifactResult
        switch source {
        case .prebuilt(let path):
            result = ArtifactResult(input: input, artifact: try prebuilt(path))
            result.findings = [PrebuiltInspection(files: files).finding(about: path, input.plan)].compactMap { $0 }
        case .kept(let entry): result = ArtifactResult(input: input, artifact: entry.artifact, findings: entry.findings)
        case .made(let content): result = try await written(input, content)
        }
        result.artifact.functions = input.plan.functions
        result.artifact.duration = clock.now - start
        return result
    }

    private func prebuilt(_ path: LocalPath) throws -> BundleReport.Artifact {
        let (digest, size) = try files.sha256(of: path)
        var artifact = BundleReport.Artifact(fileName: path.lastComponent, path: path, origin: .prebuilt)
        artifact.zippedBytes = size
        artifact.sha256 = digest.hexadecimal
        artifact.sha256Base64 = digest.base64
        return artifact
    }

    private func written(_ input: ArtifactInput, _ content: ArtifactContent) async throws -> ArtifactResult {
        let writer = ArtifactWriter(concurrency: processorCount, compressedFiles: compressedFiles)
        let written = try await writer.write(content, to: try staging.place(for: input.plan.path))
        let place = output / input.plan.path
        var artifact = BundleReport.Artifact(fileName: place.lastComponent, path: place, origin: .written)
        artifact.target = input.plan.payload?.target.description
        artifact.zippedBytes = written.zippedBytes
        artifact.unzippedBytes = written.unzippedBytes
        artifact.entryCount = written.entryCount
        artifact.sha256 = written.sha256.hexadecimal
        artifact.sha256Base64 = written.sha256.base64
        artifact.distributions = content.requirements?.distributions ?? []
        let findings = content.findings + (content.requirements?.findings ?? [])
        return ArtifactResult(input: input, artifact: artifact, isStaged: true, findings: findings)
    }
}
