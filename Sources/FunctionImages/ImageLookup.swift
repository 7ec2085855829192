import AWSClient
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// Looks up the digests of images that are given by tag.
struct ImageLookup: Sendable {
    let service: Service
    let aws: AWSClient

    /// How many calls are made at the same time, so that ECR does not throttle.
    static let concurrentCalls = 16

    /// The URI with the digest of the image that a tag names now.
    ///
    /// - Throws: `DiagnosticError` if the image does not exist, or is in another region than the service.
    func uri(of reference: ImageReference, for user: ImageUser) async throws -> String {
        if let region = reference.region, region != service.region {
            throw DiagnosticError(
                .imageRegionMismatch,
                "the image '\(reference.uri)' of \(user.function.label) is in '\(region)', but the service in "
                    + "'\(service.region)'",
                at: reference.node.place,
                help: ["push the image to a repository in '\(service.region)'"]
            )
        }
        let digest: String?
        do {
            digest = try await aws.images
                .image(tag: reference.tag, of: reference.repository, registry: reference.account)?["imageDigest"]?
                .stringValue
        } catch {
            throw user.explaining(error)
        }
        guard let digest else {
            throw DiagnosticError(
                .imageTagNotFound,
                "there is no image '\(reference.tag)' in the repository '\(reference.repository)' of '\(reference.host)'",
                at: reference.node.place,
                notes: ["\(user.function.label) needs the image"],
                help: ["push the image, or correct the repository and the tag"]
            )
        }
        return reference.uri(digest: digest)
    }
}
