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
    /// What is known of it.
    let preparation: BundlePreparation
    let provider: any WheelProvider
    let progress: @Sendable (BundleProgress) -> Void
    /// The service's directories.
    let tree: FileTree
    /// The wheels that are open.
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

    /// Makes and puts in place all artifacts.
    func bundle() async throws -> BundleReport {
        let start = wallClock.nowMilliseconds
        let inputs = try await inputs()
        var records = ArtifactRecords(for: request.outputDirectory, in: request.cacheDirectory, files: files)
        let results = try await results(of: inputs, records)
        for result in results { record(result, in: &records, since: start) }
        records.save(keeping: Set(results.map(\.input.plan.path)))
        removeStale()
        try leaveHelpers()
        return report(of: results)
    }

    /// What goes into each artifact; project files and wheels are gathered at the same time.
    private func inputs() async throws -> [ArtifactInput] {
        let planned = preparation.plan.artifacts
        let development = DevelopmentDependencies(service: tree.root, files: files)
        async let selection = planned.concurrentMap(limit: processorCount) { plan in
            guard case .files(let scope, _) = plan.content else { return [SelectedFile]() }
            // The helper that unpacks an archive of requirements is a file that patterns do not leave out.
            let mayBeEmpty = plan.payload?.isNested == true || plan.isShared && planned.contains { $0.isSharedArchive }
            return try scope.select(from: tree, without: development, subject: plan.subject, mayBeEmpty: mayBeEmpty)
        }
        let collector = WheelCollector(
            provider: provider,
            options: preparation.provisioningOptions,
            clock: clock,
            progress: progress
        )
        let wheels = try await collector.wheels(for: preparation.wheelRequests, of: preparation.sets)
        let vendors = try preparation.vendorFiles(from: tree)
        let handlers = inspectedFunctions.compactMapValues(\.handler)
        return Self.withoutEmpty(planned, try await selection)
            .map { plan, files in
                ArtifactInput(
                    plan,
                    files: files,
                    options: preparation.options,
                    handlers: handlers,
                    wheels: wheels,
                    vendors: vendors,
                    interpreter: compiler.interpreter(for:)
                )
            }
    }

    /// The artifacts without one that is empty: where patterns leave nothing but the archive of requirements, the
    /// functions without requirements run the artifact that has it.
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

    /// Makes what no earlier run has made, all of it before any of it is put in place.
    private func results(
        of inputs: [ArtifactInput],
        _ records: ArtifactRecords
    ) async throws -> [ArtifactResult] {
        let start = clock.now
        let known = inputs.map { records.artifact($0.plan.path, key: $0.key, in: request.outputDirectory) }
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
                functions: inspectedFunctions
            )
            let sources = try await factory.sources(of: inputs, kept: known)
            let findings = try await factory.inspect(inputs, sources)
            let counter = ProgressCounter(.artifacts, total: inputs.count, progress)
            let work = inputs.indices.map { ($0, inputs[$0]) }
            let results = try await work.concurrentMap(limit: processorCount) { index, input in
                let result = try await factory.result(of: input, from: sources[index], findings: findings[index])
                counter.count(result.artifact.zippedBytes)
                return result
            }
            for result in results { try staging.commit(result.input.plan.path, if: result.isStaged) }
            for (input, source) in zip(inputs, sources) { try showCommands(of: source.content, input) }
            return results
        }
        let told = results.filter { !$0.input.plan.isAuxiliary }
        let made = told.filter { $0.artifact.origin != .reused }
        let bytes = made.reduce(0) { $0 + $1.artifact.zippedBytes }
        let kept = told.count - made.count
        let summary =
            (made.isEmpty && kept > 0
                ? "nothing" : "\(Quantity.text(made.count, "artifact")), \(Quantity.megabytes(bytes))")
            + (kept > 0 ? ", \(kept) unchanged" : "")
        if !told.isEmpty {
            progress(.finished(.artifacts, summary: summary, duration: clock.now - start))
        }
        return results
    }

    private func report(of results: [ArtifactResult]) -> BundleReport {
        var report = BundleReport()
        report.requirementLayers = preparation.plan.requirementLayers
        report.serviceArtifact = preparation.plan.serviceArtifact.map { LocalPath($0).lastComponent }
        report.findings = preparation.findings
        for (index, result) in results.filter({ !$0.input.plan.isAuxiliary }).enumerated() {
            report.artifacts.append(result.artifact)
            for function in result.input.plan.functions { report.functions[function] = index }
            if let layer = result.input.plan.layer { report.layers[layer] = index }
            // What several artifacts share is told once.
            report.findings += result.findings.filter { !report.findings.contains($0) }
        }
        report.findings += [SizeInspection.note(on: report.artifacts)].compactMap { $0 }
        return report
    }

    /// What is known of functions for the inspection of their artifacts.
    private var inspectedFunctions: [String: InspectedArtifact.Function] {
        var functions: [String: InspectedArtifact.Function] = [:]
        for function in request.functions where !function.isImage {
            let setting = function.runtime ?? request.runtime
            // A runtime that is none was refused where it matters; there is no handler of it to be looked for.
            guard let name = setting?.string, let runtime = try? LambdaRuntime(named: name, at: setting?.place) else {
                continue
            }
            functions[function.key] = InspectedArtifact.Function(
                key: function.key,
                handler: function.handler?.string,
                handlerPlace: function.handler?.place,
                runtime: runtime,
                hasLayers: function.hasLayers || preparation.options.layer != nil
            )
        }
        return functions
    }

    // MARK: Afterwards

    /// Where the requirements of an artifact are shown, or installed on demand: `requirements`, below the module's
    /// name; with several targets with the target's name behind.
    func requirementFolder(of plan: ArtifactPlan, in output: LocalPath) -> LocalPath? {
        guard let payload = plan.payload, case .files(let scope, _) = plan.content else { return nil }
        let targets = Set(preparation.plan.artifacts.compactMap(\.payload?.target))
        let name = targets.count == 1 ? "requirements" : "requirements-\(payload.target.fileNamePart)"
        return output / (scope.module ?? ".") / name
    }

    /// Lays out the commands that requirements bring, beside the artifacts; what is installed there already stays.
    private func showCommands(of content: ArtifactContent?, _ input: ArtifactInput) throws {
        guard let requirements = content?.requirements, let key = input.recipeKey,
            let folder = requirementFolder(of: input.plan, in: request.outputDirectory)
        else { return }
        let tree = RequirementTree(files: files, processorCount: processorCount)
        guard !tree.holds(key, folder) else { return }
        try files.remove(folder)
        try tree.writeCommands(of: requirements, to: folder)
    }

    /// Notes an artifact for later runs, unless something in it changed so late that another change may go unseen.
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

    /// Removes archives of earlier runs that no function or layer has any more, from the folder that is ours alone.
    private func removeStale() {
        guard request.outputDirectory == request.directory / ".serverless" else { return }
        let kept = Set(
            preparation.plan.artifacts.map { artifact in
                if case .prebuilt(let path) = artifact.content { return path }
                return request.outputDirectory / artifact.path
            }
        )
        // What cannot be removed is in nobody's way: no template names it.
        try? files.walk(request.outputDirectory) { path, kind in
            let place = request.outputDirectory / path
            if kind == .file, place.fileExtension == "zip", !kept.contains(place) { try files.remove(place) }
            // Installed requirements may bring archives of their own.
            return !files.isFile(place / RequirementTree.markerName)
        }
    }

    /// Leaves copies of the unpacking helper beside the code where the user asks for them.
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
    /// Whether functions share it that are not packaged individually.
    fileprivate var isShared: Bool {
        guard case .files(let scope, _) = content else { return false }
        return layer == nil && scope.module == nil && subject == Self.sharedSubject
    }

    /// Whether functions share it, and it has an archive of requirements.
    fileprivate var isSharedArchive: Bool { isShared && payload?.isNested == true }
}
