import AWSClient
import ConfigurationValues
import Deployment
import Diagnostics
import FunctionImages
import HostSystem
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

extension CommandRun {
    /// The images of a service's functions for `package` and `deploy`: looked up in ECR, or built and pushed.
    ///
    /// - Parameter configuration: the resolved configuration.
    /// - Returns: the source, which contacts AWS and an engine only if the configuration lacks a digest.
    func images(of configuration: ResolvedConfiguration) -> FunctionImageSource {
        { service in
            if try FunctionImages.areKnown(of: service) { return [:] }
            return try await functionImages(of: configuration).uris(of: service.functions)
        }
    }

    /// The images for `deploy function`: other functions keep the image that they have in AWS.
    ///
    /// - Parameters:
    ///   - configuration: the resolved configuration.
    ///   - functions: the functions whose code is deployed.
    /// - Returns: the source.
    func images(of configuration: ResolvedConfiguration, for functions: [ServiceFunction]) -> FunctionImageSource {
        { service in
            if try FunctionImages.areKnown(of: service) { return [:] }
            let keys = Set(functions.map(\.key))
            let others = service.functions.filter { $0.image != nil && !keys.contains($0.key) }
            var result = try await deployedImages(of: others, configuration)
            let needed = service.functions.filter { keys.contains($0.key) || result[$0.key] == nil }
            result.merge(try await functionImages(of: configuration).uris(of: needed)) { $1 }
            return result
        }
    }

    /// The images for a comparison, which builds none: what must be built is compared as it is deployed.
    ///
    /// - Parameters:
    ///   - configuration: the resolved configuration.
    ///   - isDeployed: whether the comparison is with the deployed service.
    /// - Returns: the source.
    func images(of configuration: ResolvedConfiguration, asDeployed isDeployed: Bool) -> FunctionImageSource {
        { service in
            if try FunctionImages.areKnown(of: service) { return [:] }
            var result = try FunctionImages.placeholders(of: service.functions, in: service)
            let found = try await functionImages(of: configuration).registryURIs(of: service.functions)
            result.merge(found) { $1 }
            let built = service.functions.filter { result[$0.key] != nil && found[$0.key] == nil }
            if isDeployed { result.merge(try await deployedImages(of: built, configuration)) { $1 } }
            for function in built {
                terminal.report([
                    Diagnostic(
                        .note,
                        .imageNotBuilt,
                        "the image of \(function.label) is not built, and is compared as if it were unchanged",
                        at: function.image?.place
                    )
                ])
            }
            return result
        }
    }

    private func functionImages(of configuration: ResolvedConfiguration) throws -> FunctionImages {
        let context = try deployment(configuration)
        return FunctionImages(of: context.service, aws: context.aws, host: context.host) { [terminal] progress in
            switch progress {
            case .building(let name): terminal.log("Building image \(name)")
            case .pushing(let name): terminal.log("Pushing image \(name)")
            }
        }
    }

    /// The URIs with digests of the images that functions have in AWS, by their keys; none for those not deployed.
    private func deployedImages(
        of functions: [ServiceFunction],
        _ configuration: ResolvedConfiguration
    ) async throws -> [String: String] {
        guard !functions.isEmpty else { return [:] }
        let lambda = try deployment(configuration).aws.lambda
        // Lambda throttles more calls at the same time.
        let found = try await functions.concurrentMap(limit: 16) { function in
            (function.key, try await lambda.function(function.name)?.code)
        }
        var result: [String: String] = [:]
        for (key, code) in found {
            let uris = ["ImageUri", "ResolvedImageUri"].compactMap { code?[$0]?.stringValue }
            result[key] = uris.first { $0.contains("@sha256:") }
        }
        return result
    }
}
