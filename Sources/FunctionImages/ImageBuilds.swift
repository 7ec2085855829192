import AWSClient
import ConfigurationValues
import ContainerEngine
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// Builds images with a container engine and pushes them to the repository of the service.
struct ImageBuilds: Sendable {
    let service: Service
    let aws: AWSClient
    let host: HostServices
    let images: ImageStore

    /// Whether the engine was logged in to the registry during this run.
    struct Login: Hashable {
        var isDone = false
    }

    /// The name of the repository.
    private var repositoryName: String { ImageBuild.repository(service: service.name, stage: service.stage) }

    /// The URI of the repository, which is created if it does not exist.
    func repository(for users: [ImageUser]) async throws -> String {
        let settings = service.provider["ecr"]
        do {
            let uri: String?
            if let known = try await aws.images.repository(repositoryName) {
                uri = known["repositoryUri"]?.stringValue
            } else {
                uri = try await aws.images
                    .createRepository(repositoryName, scansOnPush: settings?["scanOnPush"]?.bool ?? false)
            }
            if let count = settings?["maxImageCount"]?.number, count > 0 {
                try await aws.images.keepImages(Int(count), of: repositoryName)
            }
            guard let uri else {
                throw DiagnosticError(.invalidAWSResponse, "ECR gives no URI of the repository '\(repositoryName)'")
            }
            return uri
        } catch {
            throw users.first(where: \.isBuilt).map { $0.explaining(error) } ?? error
        }
    }

    /// Builds an image, with the name of the repository and the name of the image as its tag.
    func build(
        _ build: ImageBuild,
        for requirement: ImageArchitectures.Requirement?
    ) async throws -> ImageStore.Image {
        var arguments = build.cacheSources.flatMap { ["--cache-from", $0] } + build.options
        if let platform = build.platform {
            arguments.append("--platform=\(platform)")
        } else if let requirement, !build.options.contains(where: { $0.hasPrefix("--platform") }) {
            arguments.append("--platform=\(requirement.architecture.imagePlatform)")
        }
        if let provenance = build.provenance { arguments.append("--provenance=\(provenance)") }
        let image: ImageStore.Image
        do {
            image = try await images.build(
                "\(repositoryName):\(build.name)",
                file: build.file,
                context: build.directory,
                arguments: arguments,
                variables: Dictionary(build.arguments.map { ($0.name, $0.value) }) { $1 },
                directory: service.directory,
                at: build.place
            )
        } catch {
            throw explaining(error, build)
        }
        guard let requirement, image.architecture != requirement.architecture.imageName else { return image }
        throw DiagnosticError(
            .imageArchitectureMismatch,
            "the image '\(build.name)' is for \(image.architecture), but \(requirement.function.label) for "
                + "\(requirement.architecture.imageName)",
            at: build.node["platform"]?.place ?? build.place,
            help: [
                "set 'platform: \(requirement.architecture.imagePlatform)' of the image, or 'architecture' of the function",
                "check that the image in FROM exists for this platform",
            ]
        )
    }

    /// Pushes an image that was built.
    ///
    /// The engine is logged in only if the registry requires it: a login that is still valid is used, as in Serverless v3.
    ///
    /// - Returns: the digest of the image in the registry.
    func push(_ build: ImageBuild, to repository: String, _ login: inout Login) async throws -> String {
        do {
            let remote = "\(repository):\(build.name)"
            try await images.tag("\(repositoryName):\(build.name)", as: remote)
            var outcome = try await images.push(remote)
            if case .denied = outcome, !login.isDone {
                try await logIn(to: String(repository.prefix { $0 != "/" }))
                login.isDone = true
                outcome = try await images.push(remote)
            }
            switch outcome {
            case .pushed(let digest): return digest
            case .denied(let output):
                throw DiagnosticError(
                    .imagePushFailed,
                    "cannot push image '\(remote)': the registry does not allow it",
                    help: [
                        "allow 'ecr:BatchCheckLayerAvailability', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', "
                            + "'ecr:CompleteLayerUpload', 'ecr:BatchGetImage' and 'ecr:PutImage' in the IAM policy of "
                            + "the user or role"
                    ],
                    toolOutput: output
                )
            }
        } catch {
            throw explaining(error, build)
        }
    }

    /// Logs the engine in to the registry of the account with a token of ECR.
    func logIn(to registry: String) async throws {
        guard let (user, password) = try await aws.images.authorization() else {
            throw DiagnosticError(.invalidAWSResponse, "ECR gives no token to log in to the registry '\(registry)'")
        }
        try await images.logIn(to: registry, user: user, password: password)
    }

    /// An error with the place of the image's definition.
    private func explaining(_ error: any Error, _ build: ImageBuild) -> any Error {
        if error is CancellationError { return error }
        return DiagnosticError(describing: error).placed(at: build.place)
    }
}

extension ImageBuild {
    /// The place of the definition in the configuration.
    var place: SourcePlace? { node.keyPlace ?? node.place }
}
