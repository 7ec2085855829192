import HostSystem

/// What a service of continuous integration wants in addition to the log, according to its environment variables.
struct BuildServer: Sendable {
    /// The checkout that annotations name files in; `nil` if nothing reads annotations.
    let annotatedCheckout: LocalPath?
    /// The file that the summary of a job is appended to, in Markdown.
    let summaryFile: LocalPath?
    /// The report of code quality to write, with the checkout that it names files in.
    let codeQuality: (file: LocalPath, checkout: LocalPath)?

    /// Reads the variables of GitHub Actions
    /// (<https://docs.github.com/en/actions/reference/workflows-and-actions/variables>), of GitLab CI
    /// (<https://docs.gitlab.com/ci/variables/predefined_variables/>), and our own.
    ///
    /// - Parameters:
    ///   - environment: the environment variables.
    ///   - directory: the directory that the program was started in, absolute.
    ///   - files: resolves symbolic links in the path of the checkout, as in those of diagnostics.
    init(_ environment: Environment, directory: LocalPath, files: any FileSystem) {
        func checkout(_ path: String?) -> LocalPath {
            let path = path.map { LocalPath($0) } ?? directory
            return (try? files.realPath(of: path)) ?? path
        }
        let isGitHub = environment["GITHUB_ACTIONS"] == "true"
        let gitHubCheckout = environment.nonEmpty("GITHUB_WORKSPACE")
        annotatedCheckout = isGitHub ? checkout(gitHubCheckout) : nil
        summaryFile = isGitHub ? environment.nonEmpty("GITHUB_STEP_SUMMARY").map { directory / $0 } : nil
        codeQuality = environment.nonEmpty("FUROSHIKI_CODE_QUALITY")
            .map { (directory / $0, checkout(isGitHub ? gitHubCheckout : environment.nonEmpty("CI_PROJECT_DIR"))) }
    }
}
