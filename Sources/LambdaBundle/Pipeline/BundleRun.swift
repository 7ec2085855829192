import HostSystem
import ZipArchive

/// One run of a ``Bundler``.
struct BundleRun: Sendable {
    let host: Bundler.Host
    let request: BundleRequest
    let progress: @Sendable (BundleProgress) -> Void
    /// The service's directories.
    let tree: FileTree

    init(host: Bundler.Host, request: BundleRequest, progress: @escaping @Sendable (BundleProgress) -> Void) {
        self.host = host
        self.request = request
        self.progress = progress
        tree = FileTree(request.directory, files: host.files)
    }

    /// Plans, makes and puts in place all artifacts.
    func run() async throws -> BundleReport {
        let start = host.clock.nowMilliseconds
        let (options, plan) = try plan()
        let contents = try await selection(of: plan)
        var ledger = ArtifactLedger(for: request.outputDirectory, in: request.cacheDirectory, files: host.files)
        let known = ledger
        let results = try await StagingFolder.with(in: request.outputDirectory, files: host.files) { staging in
            let work = zip(plan.artifacts, contents).map { ($0, $1) }
            let limit = host.processorCount
            let made = try await work.concurrentMap(limit: limit) { plan, files in
                try await artifact(plan, files, options, known, staging)
            }
            for artifact in made { try staging.commit(artifact.plan.path, if: artifact.isStaged) }
            return made
        }
        var report = BundleReport()
        report.findings = options.findings + plan.findings
        report.requirementLayers = plan.requirementLayers
        report.serviceArtifact = plan.serviceArtifact.map { LocalPath($0).lastComponent }
        for (index, result) in results.enumerated() {
            report.artifacts.append(result.artifact)
            for function in result.plan.functions { report.functions[function] = index }
            if let layer = result.plan.layer { report.layers[layer] = index }
            record(result, in: &ledger, since: start)
        }
        ledger.save(keeping: Set(plan.artifacts.map(\.path)))
        removeStale(besides: plan)
        return report
    }

    private func plan() throws -> (RequirementOptions, BundlePlan) {
        guard request.installsRequirements else {
            var planner = BundlePlanner(
                request: request,
                options: RequirementOptions(),
                runtimes: RuntimeTable(),
                files: host.files,
                requirements: { _ in nil }
            )
            return (RequirementOptions(), try planner.makePlan())
        }
        let options = try RequirementOptions(request.pythonRequirements)
        var planner = BundlePlanner(
            request: request,
            options: options,
            runtimes: try RuntimeTable(request),
            files: host.files,
            requirements: { _ in nil }
        )
        return (options, try planner.makePlan())
    }

    /// The project files of each artifact, in parallel over the processors.
    private func selection(of plan: BundlePlan) async throws -> [[SelectedFile]] {
        try await plan.artifacts.concurrentMap(limit: host.processorCount) { artifact in
            guard case .files(let files, _) = artifact.content else { return [] }
            return try files.select(from: tree, subject: artifact.subject)
        }
    }

    // MARK: Artifacts

    /// An artifact that is ready.
    struct Result: Sendable {
        var plan: ArtifactPlan
        var artifact: BundleReport.Artifact
        /// Whether it waits in the staging folder.
        var isStaged = false
        /// The key of what went into it, and when the newest of that was changed; `nil` for what is not recorded.
        var key: String?
        var newestChange: Int64 = 0
    }

    private func artifact(
        _ plan: ArtifactPlan,
        _ files: [SelectedFile],
        _ options: RequirementOptions,
        _ ledger: ArtifactLedger,
        _ staging: StagingFolder
    ) async throws -> Result {
        let start = ContinuousClock.now
        var result: Result
        switch plan.content {
        case .remote(let address):
            let name = LocalPath(address).lastComponent
            let place = request.outputDirectory / name
            result = Result(plan: plan, artifact: .init(fileName: name, path: place, origin: .remote(address)))
        case .prebuilt(let path):
            result = Result(plan: plan, artifact: try prebuilt(path))
        case .files, .layer:
            result = try await written(plan, files, ledger, staging)
        }
        result.artifact.functions = plan.functions
        result.artifact.duration = ContinuousClock.now - start
        return result
    }

    private func prebuilt(_ path: LocalPath) throws -> BundleReport.Artifact {
        let file = try MappedFile(path)
        let digest = file.withBytes { SHA256.digest(of: $0) }
        var artifact = BundleReport.Artifact(fileName: path.lastComponent, path: path, origin: .prebuilt)
        artifact.zippedBytes = Int64(file.count)
        artifact.sha256 = digest.hexadecimal
        artifact.sha256Base64 = digest.base64
        return artifact
    }

    private func written(
        _ plan: ArtifactPlan,
        _ files: [SelectedFile],
        _ ledger: ArtifactLedger,
        _ staging: StagingFolder
    ) async throws -> Result {
        var key = ContentKey(version: ArtifactLedger.version)
        key.add(files.count)
        for file in files {
            key.add(file.name)
            key.add(file.source.string)
            key.add(file.status)
        }
        let finished = key.finish()
        if let kept = ledger.artifact(plan.path, key: finished, in: request.outputDirectory) {
            return Result(plan: plan, artifact: kept, key: finished, newestChange: files.newestChange)
        }
        let path = try staging.place(for: plan.path)
        let digest = ArchiveDigest()
        let writer = ZipWriter(concurrency: host.processorCount, observer: digest)
        let summary = try await writer.write(try files.map { try $0.member() }, to: path.string)
        let sha256 = digest.finish()
        let place = request.outputDirectory / plan.path
        var artifact = BundleReport.Artifact(fileName: place.lastComponent, path: place, origin: .written)
        artifact.zippedBytes = Int64(summary.archiveSize)
        artifact.unzippedBytes = Int64(summary.contentSize)
        artifact.entryCount = summary.entryCount
        artifact.sha256 = sha256.hexadecimal
        artifact.sha256Base64 = sha256.base64
        return Result(
            plan: plan,
            artifact: artifact,
            isStaged: true,
            key: finished,
            newestChange: files.newestChange
        )
    }

    // MARK: Afterwards

    /// Notes an artifact for later runs, unless something in it changed so late that another change may go unseen.
    private func record(_ result: Result, in ledger: inout ArtifactLedger, since start: Int64) {
        guard result.isStaged, let key = result.key,
            let status = host.files.statusIfPresent(of: result.artifact.path, followingLinks: false)
        else { return }
        guard result.newestChange < start * 1_000_000 - ArtifactLedger.clockSlack else {
            ledger[result.plan.path] = nil
            return
        }
        ledger[result.plan.path] = ArtifactLedger.Entry(key: key, status: status, artifact: result.artifact)
    }

    /// Removes archives of earlier runs that no function or layer has any more, from the folder that is ours alone.
    private func removeStale(besides plan: BundlePlan) {
        guard request.outputDirectory == request.directory / ".serverless" else { return }
        let kept = Set(
            plan.artifacts.map { artifact in
                switch artifact.content {
                case .prebuilt(let path): path
                default: request.outputDirectory / artifact.path
                }
            }
        )
        try? host.files.walk(request.outputDirectory) { path, kind in
            let place = request.outputDirectory / path
            if kind == .file, place.fileExtension == "zip", !kept.contains(place) { try host.files.remove(place) }
            return true
        }
    }
}

extension [SelectedFile] {
    /// When the newest of the files was changed, in nanoseconds since 1970.
    fileprivate var newestChange: Int64 { map(\.status.changedNanoseconds).max() ?? 0 }
}
