package import Diagnostics
package import PythonPackaging
package import RequirementFormats

/// A progress event of a wheel provider.
package enum ProvisioningEvent: Hashable, Sendable {
    /// A target was resolved to a number of distributions; `isReused` if an earlier resolution was used.
    case resolved(Target, distributions: Int, isReused: Bool)
    /// A part of the file with this name was downloaded; `totalBytes` is `nil` if the server does not report the size.
    case downloading(String, receivedBytes: Int64, totalBytes: Int64?)
    /// The file with this name was downloaded and verified.
    case downloaded(String, bytes: Int64)
    /// Servers have not answered for this long.
    case waiting(hosts: [String], Duration)
    /// Something that does not prevent the wheels from being provided, such as an index that denies access.
    case found(Diagnostic)
    /// A wheel is being built for a target.
    case building(PackageName, Target)
    /// A wheel was built for a target.
    case built(PackageName, Target)
}
