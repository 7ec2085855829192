import HostSystem

/// The file system, service directory and options with which requirement sources are read.
struct ReadingContext: Sendable {
    /// The file system that sources are read from.
    let files: any FileSystem
    /// The directory of the service, absolute.
    let serviceFolder: LocalPath
    /// The options of `custom.pythonRequirements`.
    let options: RequirementSourceOptions

    /// The environment variables that replace `${NAME}`.
    var environment: [String: String] { options.environment }

    /// The path of a file in messages: relative to the service's directory if the file is in it, otherwise absolute.
    func displayName(of file: LocalPath) -> String {
        file.isWithin(serviceFolder) ? file.relative(to: serviceFolder).string : file.string
    }
}
