package import AWSClient
import ConfigurationValues
import ContainerEngine
import Diagnostics
package import HostSystem
package import ServerlessConfig

/// The container images of functions: looked up in ECR, or built from a Dockerfile and pushed to ECR.
package struct FunctionImages: Sendable {
    /// What happens to an image.
    package enum Progress: Hashable, Sendable {
        /// The image of a name is built.
        case building(String)
        /// The image of a name is pushed to ECR.
        case pushing(String)
    }

    /// The service of the functions.
    let service: Service
    /// The client for the region of the service.
    let aws: AWSClient
    /// The services of the machine.
    let host: HostServices
    let report: @Sendable (Progress) -> Void

    /// More builds at a time would compete for the processors of the engine; each has steps that wait for a network.
    private static let concurrentBuilds = 4

    /// Creates the images of a service.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - aws: the client for the region of the service.
    ///   - host: the services of the machine.
    ///   - report: is called with what happens, on any thread.
    package init(
        of service: Service,
        aws: AWSClient,
        host: HostServices,
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.service = service
        self.aws = aws
        self.host = host
        self.report = report
    }

    /// The URIs of images with their digests, by the keys of functions; images that must be built are built and pushed.
    ///
    /// - Parameter functions: the functions; those that are not container images have no URI.
    /// - Returns: the URIs.
    /// - Throws: `DiagnosticError` with the place of the image, `CancellationError`.
    package func uris(of functions: [ServiceFunction]) async throws -> [String: String] {
        let users = try users(of: functions)
        let architectures = try ImageArchitectures(users, service)
        let program = users.contains(where: \.isBuilt) ? try engine(for: users) : nil
        var result = try await lookedUp(users)
        guard let program else { return result }
        let builds = ImageBuilds(service: service, aws: aws, host: host, images: ImageStore(program))
        let repository = try await builds.repository(for: users)
        var distinct: [ImageBuild] = []
        for case .built(let build) in users.map(\.source) where !distinct.contains(where: { $0.name == build.name }) {
            distinct.append(build)
        }
        _ = try await distinct.concurrentMap(limit: Self.concurrentBuilds) { [report] build in
            report(.building(build.name))
            return try await builds.build(build, for: architectures[build.name])
        }
        // One after another: a push needs at most one login, and the engine sends the layers of an image at the same time.
        var digests: [String: String] = [:]
        var login = ImageBuilds.Login()
        for build in distinct {
            report(.pushing(build.name))
            digests[build.name] = try await builds.push(build, to: repository, &login)
        }
        for user in users {
            if case .built(let build) = user.source, let digest = digests[build.name] {
                result[user.function.key] = "\(repository)@\(digest)"
            }
        }
        return result
    }

    /// The URIs of images in ECR with their digests, by the keys of functions; nothing is built.
    ///
    /// - Parameter functions: the functions; those whose images must be built have no URI.
    /// - Returns: the URIs.
    /// - Throws: `DiagnosticError` with the place of the image, `CancellationError`.
    package func registryURIs(of functions: [ServiceFunction]) async throws -> [String: String] {
        try await lookedUp(users(of: functions))
    }

    /// Whether the configuration has the digests of all images, so that neither ECR nor an engine is needed.
    ///
    /// - Throws: `DiagnosticError` if an image is not defined, or is defined in two ways.
    package static func areKnown(of service: Service) throws -> Bool {
        try users(of: service.functions, in: service).allSatisfy { $0.reference?.digest != nil }
    }

    /// URIs for images whose digests are not known, with a digest of zeros, by the keys of functions.
    package static func placeholders(of functions: [ServiceFunction], in service: Service) throws -> [String: String] {
        let digest = "sha256:" + String(repeating: "0", count: 64)
        var result: [String: String] = [:]
        for user in try users(of: functions, in: service) where user.reference?.digest == nil {
            let name = ImageBuild.repository(service: service.name, stage: service.stage)
            result[user.function.key] = user.reference?.uri(digest: digest) ?? "\(name)@\(digest)"
        }
        return result
    }

    func users(of functions: [ServiceFunction]) throws -> [ImageUser] {
        try Self.users(of: functions, in: service)
    }

    private static func users(of functions: [ServiceFunction], in service: Service) throws -> [ImageUser] {
        try functions.compactMap { function in
            // A function with a handler as well is an error of the template, and nothing is pushed for it.
            guard function.handler?.isTruthy != true, let source = try service.imageSource(of: function) else {
                return nil
            }
            return ImageUser(function: function, source: source)
        }
    }

    /// The program of the engine; before anything is asked of AWS, Dockerfiles are looked for.
    func engine(for users: [ImageUser]) throws -> ContainerProgram {
        for case .built(let build) in users.map(\.source) where !host.files.isFile(build.file) {
            throw DiagnosticError(
                .dockerfileNotFound,
                "cannot find the Dockerfile '\(build.file)' of the image '\(build.name)'",
                at: (build.node["file"] ?? build.node["path"] ?? build.node).place,
                help: ["create it, or set 'path' to its directory and 'file' to its name"]
            )
        }
        do {
            return try ContainerProgram.find(host)
        } catch {
            throw users.first(where: \.isBuilt).map { $0.explaining(error) } ?? error
        }
    }

    private func lookedUp(_ users: [ImageUser]) async throws -> [String: String] {
        let lookup = ImageLookup(service: service, aws: aws)
        let tagged = users.filter { user in
            if case .registry(let reference) = user.source { reference.digest == nil } else { false }
        }
        let uris = Set(tagged.compactMap(\.reference?.uri)).sorted()
        let found = try await uris.concurrentMap(limit: ImageLookup.concurrentCalls) { uri in
            guard let user = tagged.first(where: { $0.reference?.uri == uri }), let reference = user.reference else {
                return (uri, uri)
            }
            return (uri, try await lookup.uri(of: reference, for: user))
        }
        let byURI = Dictionary(found) { first, _ in first }
        var result: [String: String] = [:]
        for user in tagged { result[user.function.key] = user.reference.flatMap { byURI[$0.uri] } }
        return result
    }
}

/// A function with the source of its image.
struct ImageUser: Sendable {
    let function: ServiceFunction
    let source: ImageSource

    /// Whether the image must be built.
    var isBuilt: Bool {
        if case .built = source { true } else { false }
    }

    /// The image in ECR; `nil` if it must be built.
    var reference: ImageReference? {
        if case .registry(let reference) = source { reference } else { nil }
    }

    /// An error with the place of the image, and a note that says which function needs it.
    func explaining(_ error: any Error) -> any Error {
        if error is CancellationError { return error }
        return DiagnosticError(describing: error).placed(at: source.node.keyPlace ?? source.node.place)
            .noting("\(function.label) needs the image")
    }
}
