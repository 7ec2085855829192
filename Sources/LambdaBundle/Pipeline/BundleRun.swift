import ConfigurationValues
import Diagnostics
import HostSystem
import RequirementFormats
import WheelProvisioning
import ZipArchive

/// One run of a ``Bundler``.
struct BundleRun: Sendable {
    let files: any FileSystem
    let compiler: BytecodeCompiler
    let wallClock: WallClock
    let clock: MonotonicClock
    let processorCount: Int
    let request: BundleRequest
    /// The options, the plan and the requirements of the request.
    let preparation: BundlePreparation
    let provider: any WheelProvider
    let progress: @Sendable (BundleProgress) -> Void
    /// The directories of the service, read once for all artifacts.
    let tree: FileTree
    /// The wheels of the run, opened once for all artifacts.
    let openWheels: OpenWheels

    init(
        files: any FileSystem,
        compiler: BytecodeCompiler,
        wallClock: WallClock,
        clock: MonotonicClock,
        processorCount: Int,
        request: BundleRequest,
        preparation: BundlePreparation,
        provider: any WheelProvider,
        progress: @escaping @Sendable (BundleProgress) -> Void
    ) {
        self.files = files
        self.compiler = compiler
        self.wallClock = wallClock
        self.clock = clock
        self.processorCount = processorCount
        self.request = request
        self.preparation = preparation
        self.provider = provider
        self.progress = progress
        let own = [request.outputDirectory, request.cacheDirectory].compactMap { $0 }
        tree = FileTree(request.directory, files: files, hiding: own)
        openWheels = OpenWheels(
            cache: request.cacheDirectory.map { $0 / "derived" },
            files: files,
            processorCount: processorCount
        )
    }

    /// Makes all artifacts, and moves them to the output directory when all of them are complete.
    func bundle() async throws -> BundleReport {
        let start = wallClock.nowMilliseconds
        let inputs = try await inputs()
        var records = ArtifactRecords(
            for: request.outputDirectory,
            in: request.cacheDirectory,
            places: ConfigurationPlaces(request, preparation.sets.values),
            files: files
        )
        let results = try await results(of: inputs, records)
        for result in results { record(result, in: &records, since: start) }
        records.save(keeping: Set(results.map(\.input.plan.path)))
        removeStale()
        try leaveHelpers()
        return report(of: results)
    }

    /// The wheels of all requirements, each source and target once.
    func collectedWheels() async throws -> [WheelRequest: [StoredWheel]] {
        let collector = WheelCollector(
            provider: provider,
            options: preparation.provisioningOptions,
            clock: clock,
            progress: progress
        )
        return try await collector.wheels(for: preparation.wheelRequests, of: preparation.sets)
    }

    /// The inputs of each artifact; project files and wheels are collected at the same time.
    private func inputs() async throws -> [ArtifactInput] {
        let planned = preparation.plan.artifacts
        let development = DevelopmentDependencies(service: tree.root, files: files)
        async let selection = planned.concurrentMap(limit: processorCount) { plan in
            guard case .files(let scope, _) = plan.content else { return [SelectedFile]() }
            // Patterns do not exclude the helper that unpacks an archive of requirements.
            let mayBeEmpty = plan.payload?.isNested == true || plan.isShared && planned.contains { $0.isSharedArchive }
            let files = try scope.select(from: tree, without: development, subject: plan.subject)
            guard files.isEmpty, !mayBeEmpty else { return files }
            throw try EmptyArtifact(plan: plan, scope: scope, request: request, tree: tree).error()
        }
        let wheels = try await collectedWheels()
        let vendors = try preparation.vendorFiles(from: tree)
        let functions = inspectedFunctions
        return Self.withoutEmpty(planned, try await selection)
            .map { plan, files in
                ArtifactInput(
                    plan,
                    files: files,
                    options: preparation.options,
                    functions: functions,
                    pluginsNotRun: request.pluginsNotRun,
                    wheels: wheels,
                    vendors: vendors,
                    interpreter: compiler.interpreter(for:)
                )
            }
    }

    /// The artifacts without an empty one: if patterns exclude everything except the archive of requirements, functions
    /// without requirements use the artifact with the archive.
    private static func withoutEmpty(
        _ plans: [ArtifactPlan],
        _ selection: [[SelectedFile]]
    ) -> [(ArtifactPlan, [SelectedFile])] {
        var result = zip(plans, selection).map { ($0, $1) }
        guard let empty = result.firstIndex(where: { $0.0.isShared && $0.0.payload == nil && $0.1.isEmpty }),
            let archive = result.firstIndex(where: { $0.0.isSharedArchive })
        else { return result }
        result[archive].0.functions += result[empty].0.functions
        result.remove(at: empty)
        return result
    }

    /// Makes the artifacts that cannot be reused, all of them before the first one is moved to the output directory.
    private func results(
        of inputs: [ArtifactInput],
        _ records: ArtifactRecords
    ) async throws -> [ArtifactResult] {
        let start = clock.now
        let known = inputs.map { records.artifact($0.plan.path, key: $0.key, in: request.outputDirectory) }
        let spliced = zip(inputs, known).flatMap { input, known in known == nil ? input.recipe?.wheels ?? [] : [] }
        let results = try await StagingFolder.with(in: request.outputDirectory, files: files) { staging in
            let factory = ArtifactFactory(
                output: request.outputDirectory,
                files: files,
                openWheels: openWheels,
                staging: staging,
                compiler: compiler,
                clock: clock,
                processorCount: processorCount,
                compressedFiles: inputs.count > 1 ? CompressedFiles() : nil,
                functions: inspectedFunctions,
                directory: request.directory,
                pluginsNotRun: request.pluginsNotRun,
                requirementPlace: { [sets = preparation.sets] name in
                    sets.values.lazy.compactMap { $0.place(of: name) }.first
                }
            )
            let verification = WheelVerification(files: files)
            let (sources, results) = try await verification.verifying(spliced) {
                let sources = try await factory.sources(of: inputs, kept: known)
                // The inspection uses a processor that copying and hashing the wheels does not. If it finds errors, the
                // artifacts are not moved to the output directory.
                async let inspection = factory.inspect(inputs, sources)
                let counter = ProgressCounter(.artifacts, total: inputs.count, progress)
                let work = inputs.indices.map { ($0, inputs[$0]) }
                var results = try await work.concurrentMap(limit: processorCount) { index, input in
                    try await counter.count(input.plan.path) {
                        let result = try await factory.result(of: input, from: sources[index])
                        return (result, result.artifact.zippedBytes)
                    }
                }
                let findings = try await inspection
                for index in results.indices { results[index].findings += findings[index] }
                return (sources, results)
            }
            for result in results { try staging.commit(result.input.plan.path, if: result.isStaged) }
            for (input, source) in zip(inputs, sources) { try showCommands(of: source.content, input) }
            return results
        }
        reportFinish(of: results, since: start)
        return results
    }

    private func reportFinish(of results: [ArtifactResult], since start: Duration) {
        let reported = results.filter { !$0.input.plan.isAuxiliary }
        guard !reported.isEmpty else { return }
        let written = reported.filter { $0.artifact.origin != .reused }
        let result = BundleProgress.StageResult.wrote(
            artifacts: written.count,
            bytes: written.reduce(0) { $0 + $1.artifact.zippedBytes },
            unchanged: reported.count - written.count
        )
        progress(.finished(result, duration: clock.now - start))
    }

    private func report(of results: [ArtifactResult]) -> BundleReport {
        var report = BundleReport()
        report.requirementLayers = preparation.plan.requirementLayers
        report.serviceArtifact = preparation.plan.serviceArtifact.map { LocalPath($0).lastComponent }
        report.findings = preparation.findings + credentialFindings(results)
        for (index, result) in results.filter({ !$0.input.plan.isAuxiliary }).enumerated() {
            report.artifacts.append(result.artifact)
            report.artifacts[index].wheels = result.input.recipe?.wheels ?? []
            for function in result.input.plan.functions { report.functions[function] = index }
            if let layer = result.input.plan.layer { report.layers[layer] = index }
            // Findings about requirements that several artifacts share are reported once.
            report.findings += result.findings.filter { !report.findings.contains($0) }
        }
        let places = ConfigurationPlaces(request, preparation.sets.values)
        let slim = places["custom.pythonRequirements.slim"]
        report.findings = MetadataInspection.summary(of: report.findings, at: slim)
        report.findings = NodeDependencyInspection.summary(of: report.findings)
        report.findings = StrayFileInspection.summary(of: report.findings, at: places["package"])
        return report
    }

    /// Warnings about requirement sources with credentials in artifacts.
    private func credentialFindings(_ results: [ArtifactResult]) -> [Diagnostic] {
        let sources = preparation.sets.values.flatMap(\.files)
        guard !sources.isEmpty else { return [] }
        let packaged = results.filter { !$0.input.plan.isAuxiliary }.flatMap { $0.input.files.map(\.source) }
        return PackagedCredentials(sources: sources, directory: request.directory, files: files)
            .findings(in: Set(packaged))
    }

    // MARK: Afterwards

    /// The directory for the requirements of an artifact: `requirements` below the name of the module, with the name
    /// of the target if there are several; `nil` if the artifact has no requirements.
    func requirementFolder(of plan: ArtifactPlan, in output: LocalPath) -> LocalPath? {
        guard let payload = plan.payload, case .files(let scope, _) = plan.content else { return nil }
        let targets = Set(preparation.plan.artifacts.compactMap(\.payload?.target))
        let name = targets.count == 1 ? "requirements" : "requirements-\(payload.target.fileNamePart)"
        return output / (scope.module ?? ".") / name
    }

    /// Writes the commands of requirements beside the artifacts, unless the requirements are installed there.
    private func showCommands(of content: ArtifactContent?, _ input: ArtifactInput) throws {
        guard let requirements = content?.requirements, let key = input.recipeKey,
            let folder = requirementFolder(of: input.plan, in: request.outputDirectory)
        else { return }
        let tree = RequirementTree(files: files, processorCount: processorCount)
        guard !tree.holds(key, folder) else { return }
        try files.remove(folder)
        try tree.writeCommands(of: requirements, to: folder)
    }

    /// Records an artifact for later runs, unless an input changed so recently that another change may not be noticed.
    private func record(_ result: ArtifactResult, in records: inout ArtifactRecords, since start: Int64) {
        guard result.isStaged,
            let status = files.statusIfPresent(of: result.artifact.path, followingLinks: false)
        else { return }
        let isSettled = result.input.newestChange < start * 1_000_000 - ArtifactRecords.clockSlack
        records[result.input.plan.path] =
            isSettled
            ? ArtifactRecords.Entry(
                key: result.input.key,
                status: status,
                artifact: result.artifact,
                findings: result.findings
            ) : nil
    }

    /// Removes the zip files of earlier runs that no function or layer uses, from the directory that is only ours.
    private func removeStale() {
        guard request.outputDirectory == request.directory / ".serverless" else { return }
        let kept = Set(
            preparation.plan.artifacts.map { artifact in
                if case .prebuilt(let path) = artifact.content { return path }
                return request.outputDirectory / artifact.path
            }
        )
        // A file that cannot be removed does no harm, as no template refers to it.
        try? files.walk(request.outputDirectory) { path, kind in
            let place = request.outputDirectory / path
            if kind == .file, place.fileExtension == "zip", !kept.contains(place) { try files.remove(place) }
            // Installed requirements may contain zip files.
            return !files.isFile(place / RequirementTree.markerName)
        }
    }

    /// Writes copies of the unpacking helper beside the code if the option for it is set.
    private func leaveHelpers() throws {
        guard preparation.options.keepsZipHelper else { return }
        for plan in preparation.plan.artifacts where plan.payload?.isNested == true {
            guard case .files(let scope, _) = plan.content else { continue }
            let folder = request.directory / (scope.module ?? ".")
            try files.write(UnzipHelper.source, to: folder / UnzipHelper.fileName)
        }
    }
}

extension ArtifactPlan {
    /// Whether it is for the functions that are not packaged individually.
    fileprivate var isShared: Bool {
        guard case .files(let scope, _) = content else { return false }
        return layer == nil && scope.module == nil && subject == Self.sharedSubject
    }

    /// Whether it is for the functions that are not packaged individually, and has an archive of requirements.
    fileprivate var isSharedArchive: Bool { isShared && payload?.isNested == true }
}
