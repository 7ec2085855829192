import ConfigurationValues
package import ContainerEngine
import Diagnostics
import HostSystem
package import ServerlessConfig

extension FunctionImages {
    /// The image of a function on this system: built, or pulled from ECR; nothing is pushed.
    ///
    /// - Parameters:
    ///   - function: the function, which is a container image.
    ///   - program: the program of the engine.
    /// - Returns: the name of the image, and the image; `nil` if the function is a zip file.
    /// - Throws: `DiagnosticError` with the place of the image, `CancellationError`.
    package func localImage(
        of function: ServiceFunction,
        with program: ContainerProgram
    ) async throws -> (name: String, image: ImageStore.Image)? {
        guard let user = try users(of: [function]).first else { return nil }
        let architectures = try ImageArchitectures([user], service)
        let store = ImageStore(program)
        let builds = ImageBuilds(service: service, aws: aws, host: host, images: store)
        switch user.source {
        case .built(let build):
            _ = try engine(for: [user])
            report(.building(build.name))
            let image = try await builds.build(build, for: architectures[build.name])
            return (build.name, image)
        case .registry(let reference):
            let platform = service.architecture(of: function).imagePlatform
            do {
                return (reference.uri, try await store.pulledImage(reference.uri, platform: platform))
            } catch let error as DiagnosticError where error.diagnostics.first?.code == .imagePullDenied {
                do {
                    try await builds.logIn(to: reference.host)
                    return (reference.uri, try await store.pulledImage(reference.uri, platform: platform))
                } catch {
                    throw user.explaining(error)
                }
            } catch {
                throw user.explaining(error)
            }
        }
    }
}
