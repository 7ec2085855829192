import HostSystem
import PythonPackaging
import RequirementFormats

/// What the indexes have of a project, which explains why it cannot be resolved.
struct ProjectSurvey: Sendable {
    /// The name of the project.
    let project: PackageName
    /// The indexes that deny access to the project, with the status of their responses.
    var refusals: [IndexAddress: Int] = [:]
    /// Whether all indexes responded, so that there are no files besides these.
    var isComplete = true
    /// The files of the project in the other indexes and lists.
    var files: [IndexFile] = []

    /// The versions of all files, ascending.
    var versions: [Version] { Set(files.compactMap { version(of: $0) }).sorted() }

    /// The names of the files whose versions satisfy a specifier.
    func fileNames(satisfying versions: VersionSpecifierSet) -> [String] {
        files.filter { file in version(of: file).map { versions.contains($0, preReleases: true) } ?? false }.map(\.name)
    }

    /// The versions that are nearest to those of a specifier that none satisfies: at most two before it and two after.
    ///
    /// Pre-releases are among them only if there are no other versions.
    func nearestVersions(to wanted: VersionSpecifierSet) -> [Version] {
        let all = versions
        let releases = all.filter { !$0.isPreRelease }
        let candidates = releases.isEmpty ? all : releases
        guard let bound = wanted.clauses.first(where: { $0.comparison != .notEqual })?.version else {
            return Array(candidates.suffix(2))
        }
        let before = candidates.filter { $0 < bound }.suffix(2)
        return Array(before) + candidates.filter { $0 > bound }.prefix(2)
    }

    private func version(of file: IndexFile) -> Version? {
        if let wheel = try? WheelName(parsing: file.name) { return wheel.name == project ? wheel.version : nil }
        let source = SourceDistributionName(parsing: file.name)
        return source?.name == project ? source?.version : nil
    }
}
