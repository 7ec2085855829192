import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The choice of the best file among those that indexes have of a distribution.
struct FileChoice: Sendable {
    private let distribution: ExactDistribution
    private let files: [IndexFile]

    /// Keeps the files that have one of the hashes, or for which the index has no hash to compare.
    init(_ distribution: ExactDistribution, _ hashes: [FileHash], _ files: [IndexFile]) {
        self.distribution = distribution
        self.files = files.compactMap { file in
            guard !hashes.isEmpty else { return file }
            let algorithms = Set(hashes.map(\.algorithm))
            let comparable = file.hashes.filter { algorithms.contains($0.algorithm) }
            guard comparable.isEmpty || !Set(comparable).isDisjoint(with: hashes) else { return nil }
            let kept = comparable.isEmpty ? hashes : comparable.filter { hashes.contains($0) }
            return IndexFile(name: file.name, place: file.place, hashes: kept, sizeBytes: file.sizeBytes)
        }
    }

    /// The best wheel for a target, or the source distribution if no wheel works; `nil` if there is neither.
    func best(for target: Target, settings: IndexSettings) -> ExactDistribution.Source? {
        let name = distribution.name
        if !settings.noBinary.includes(name) {
            let wheels =
                files.compactMap { file in
                    (try? WheelName(parsing: file.name)).map { (file: file, wheel: $0) }
                }
                .filter {
                    $0.wheel.name == name && (distribution.version == nil || $0.wheel.version == distribution.version)
                }
            if let best = WheelName.best(of: wheels.map(\.wheel), for: target.supportedTags) {
                return .wheel(Self.locked(wheels[best].file), index: nil)
            }
        }
        guard !settings.onlyBinary.includes(name) else { return nil }
        let source = files.first { file in
            guard let source = SourceDistributionName(parsing: file.name) else { return false }
            return source.name == name && (distribution.version == nil || source.version == distribution.version)
        }
        return source.map { .sourceDistribution(Self.locked($0), index: nil) }
    }

    private static func locked(_ file: IndexFile) -> LockedFile {
        switch file.place {
        case .address(let address):
            LockedFile(
                name: file.name,
                address: address.string,
                hashes: file.hashes,
                sizeBytes: file.sizeBytes
            )
        case .local(let path): LockedFile(name: file.name, path: path, hashes: file.hashes)
        }
    }

    /// The error for a distribution of which no file can be used.
    static func none(
        _ distribution: ExactDistribution,
        _ files: [IndexFile],
        _ target: Target,
        queried: [IndexAddress]
    ) -> TargetError {
        let platform = ForeignPlatform(fileNames: files.map(\.name))
        let reason =
            platform.map { "it has files for \($0.name) only" }
            ?? (files.isEmpty ? "no index has '\(distribution.name)'" : "no file has a locked hash")
        let help =
            platform.map { "add the marker '; \($0.marker)' to the requirement, and lock again" }
            ?? "update the lock file, so that it has the hashes of the files for this target"
        let diagnostic = Diagnostic(
            .error,
            .noCompatibleFile,
            "no file of '\(distribution.title)' can be used for",
            at: distribution.place,
            notes: queried.map { "queried \($0)" },
            help: [help]
        )
        return TargetError(for: target, diagnostic, ending: ": \(reason)")
    }
}
