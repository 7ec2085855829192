package import HostSystem
import LambdaBundle
package import PackageDirectory
import ServerlessConfig
package import ServiceLifecycle

/// The artifacts of a package with the digests of their contents.
package enum PackagedArtifacts {
    /// Finds the artifacts, and computes the digests that packaging has not.
    ///
    /// - Parameters:
    ///   - state: the state of a package that was written or read.
    ///   - package: the package.
    ///   - host: the machine.
    /// - Returns: the artifacts, in the order of the template.
    /// - Throws: `DiagnosticError` if an artifact is missing, `FileSystemError`.
    package static func find(
        in state: PackageState,
        _ package: DeploymentPackage,
        on host: HostServices
    ) async throws -> [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)] {
        let artifacts = try package.artifacts(ofServiceIn: state.service.directory, host.files)
        var known: [String: SHA256Digest] = [:]
        for artifact in state.report?.artifacts ?? [] {
            known[artifact.path.string] = SHA256Digest(hexadecimal: artifact.sha256)
        }
        let files = host.files
        let digests = try await artifacts.concurrentMap(limit: host.processorCount) { [known] artifact in
            if let digest = known[artifact.path.string] { return digest }
            return try await offPool { try files.sha256(of: artifact.path).digest }
        }
        return zip(artifacts, digests).map { (artifact: $0, digest: $1) }
    }
}
