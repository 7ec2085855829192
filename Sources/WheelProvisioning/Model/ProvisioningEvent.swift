package import PythonPackaging
package import RequirementFormats

/// What a provider tells while it works.
package enum ProvisioningEvent: Hashable, Sendable {
    /// So many distributions are to be installed for a target; `isReused` where an earlier resolution counted.
    case resolved(Target, distributions: Int, isReused: Bool)
    /// So many bytes of the file of that name are here, of so many where the server says.
    case downloading(String, receivedBytes: Int64, totalBytes: Int64?)
    /// The file of that name is here and verified.
    case downloaded(String, bytes: Int64)
    /// Servers have not answered for so long.
    case waiting(hosts: [String], Duration)
    /// A wheel is being built for a target.
    case building(PackageName, Target)
    /// A wheel was built for a target.
    case built(PackageName, Target)
}
