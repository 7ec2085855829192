import HostSystem

/// What reading a requirement source needs of the machine and the service.
struct ReadingContext: Sendable {
    /// The files.
    let files: any FileSystem
    /// The folder of the service, absolute.
    let serviceFolder: LocalPath
    /// The options that were set.
    let options: RequirementSourceOptions

    /// The environment variables.
    var environment: [String: String] { options.environment }

    /// A file as a user names it: relative to the service's folder where it lies in it.
    func displayName(of file: LocalPath) -> String {
        file.isWithin(serviceFolder) ? file.relative(to: serviceFolder).string : file.string
    }
}
