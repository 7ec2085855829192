import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The choice among the files that an index has of a distribution.
struct FileChoice: Sendable {
    private let distribution: ExactDistribution
    private let files: [SimpleIndexClient.Found]

    /// Keeps the files that have one of the hashes, or whose hash the index does not tell.
    init(_ distribution: ExactDistribution, _ hashes: [FileHash], _ files: [SimpleIndexClient.Found]) {
        self.distribution = distribution
        self.files = files.compactMap { file in
            guard !hashes.isEmpty else { return file }
            let algorithms = Set(hashes.map(\.algorithm))
            let comparable = file.hashes.filter { algorithms.contains($0.algorithm) }
            guard comparable.isEmpty || !Set(comparable).isDisjoint(with: hashes) else { return nil }
            let kept = comparable.isEmpty ? hashes : comparable.filter { hashes.contains($0) }
            return SimpleIndexClient.Found(name: file.name, place: file.place, hashes: kept)
        }
    }

    /// The best wheel for a target, else the source distribution; `nil` where there is neither.
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

    private static func locked(_ file: SimpleIndexClient.Found) -> LockedFile {
        switch file.place {
        case .address(let address): LockedFile(name: file.name, address: address.string, hashes: file.hashes)
        case .local(let path): LockedFile(name: file.name, path: path, hashes: file.hashes)
        }
    }

    /// What a user is told where nothing is left to choose.
    static func none(
        _ distribution: ExactDistribution,
        _ files: [SimpleIndexClient.Found],
        _ target: Target,
        asked: [IndexAddress]
    ) -> TargetError {
        let reason = files.isEmpty ? "no index knows '\(distribution.name)'" : "no file has a hash that is locked"
        let diagnostic = Diagnostic(
            .error,
            "there is no file of '\(distribution.title)' for",
            category: .resolution,
            at: distribution.place,
            notes: asked.map { "asked \($0)" },
            help: ["lock again, so that the lock has the hashes of the files for this target"]
        )
        return TargetError(for: target, diagnostic, ending: ": \(reason)")
    }
}
