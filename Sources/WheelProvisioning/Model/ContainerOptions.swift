package import Diagnostics
package import HostSystem
package import RequirementFormats

/// `dockerizePip`, and the options for the containers that wheels are built in.
package struct ContainerOptions: Hashable, Sendable {
    /// When distributions without a wheel are built in a container.
    package enum Use: Hashable, Sendable {
        /// Never, because the option is `false`.
        case never
        /// If this system cannot build them (the option is not set).
        case ifNeeded
        /// Always, because the option is `true`.
        case always
    }

    /// The functions with a target, for messages.
    package struct User: Hashable, Sendable {
        /// The name of the first function with the target.
        package var function: String
        /// The place of its runtime.
        package var place: SourcePlace?

        /// Makes the user of a target.
        package init(function: String, place: SourcePlace?) {
            self.function = function
            self.place = place
        }
    }

    /// `dockerizePip`: when containers are used.
    package var use = Use.ifNeeded
    /// `dockerImage`: the image for all runtimes, or `nil` for the build image of each runtime.
    package var image: String?
    /// `dockerImage` as a mapping from runtimes to images.
    package var images: [String: String] = [:]
    /// `dockerFile`: the file from which the image is built, absolute.
    package var file: LocalPath?
    /// The directory of the service, to which a Dockerfile refers.
    package var serviceDirectory = LocalPath(".")
    /// `dockerBuildCmdExtraArgs`: further arguments of `build`.
    package var buildArguments: [String] = []
    /// `dockerRunCmdExtraArgs`: further arguments of `run`.
    package var runArguments: [String] = []
    /// `dockerSsh`: whether the SSH agent, the key and the known hosts of the user are available in containers.
    package var sharesSSH = false
    /// `dockerPrivateKey`: the SSH key, or `nil` for `~/.ssh/id_rsa`.
    package var privateKey: String?
    /// `dockerEnv`: environment variables by name; `nil` for the value in the environment of the command.
    package var variables: [String: String?] = [:]
    /// `dockerExtraFiles`: files to copy from the container to the root of the requirements.
    package var extraFiles: [String] = []
    /// `bundleSystemLibraries`: whether wheels get the libraries of the container that Lambda lacks.
    package var bundlesSystemLibraries = false
    /// The places of the options in the configuration, by name.
    package var places: [String: SourcePlace] = [:]
    /// The functions with each target.
    package var users: [Target: User] = [:]

    /// Creates options with their default values.
    package init() {}

    /// The name of an option that requires the content of a container, or `nil` if there is none.
    ///
    /// A published build image does not require one, as it is equivalent to the target.
    package var optionThatNeedsContainer: String? {
        if file != nil { return "dockerFile" }
        if !extraFiles.isEmpty { return "dockerExtraFiles" }
        let own = ([image].compactMap { $0 } + images.values).contains { Self.python(ofPublishedImage: $0) == nil }
        return own ? "dockerImage" : nil
    }

    /// The option that makes the whole resolution for a target run in its container, or `nil` if there is none.
    func optionThatNeedsContainer(for target: Target) -> String? {
        guard use == .always else { return nil }
        if file != nil { return "dockerFile" }
        if !extraFiles.isEmpty { return "dockerExtraFiles" }
        return ownImage(for: target) == nil ? nil : "dockerImage"
    }

    /// The image that the user has chosen for a runtime, or `nil` for the default build image.
    package func image(for runtime: PythonRuntime) -> String? { images[runtime.name] ?? image }

    /// The image of a target's containers: the one of the user, or the published build image.
    func imageName(for target: Target) -> String {
        if let image = image(for: target.runtime) {
            // A published image without a version says nothing that the target does not say.
            let tag = image.split(separator: ":").dropFirst().last ?? "latest"
            let isPinned = Self.python(ofPublishedImage: image) == target.runtime.version && !tag.hasPrefix("latest")
            if isPinned || ownImage(for: target) != nil { return image }
        }
        return Self.publishedImage(for: target)
    }

    /// The build image that AWS publishes for a target.
    package static func publishedImage(for target: Target) -> String {
        "public.ecr.aws/sam/build-\(target.runtime.name):latest-\(target.architecture)"
    }

    private func ownImage(for target: Target) -> String? {
        image(for: target.runtime).flatMap { Self.python(ofPublishedImage: $0) == nil ? $0 : nil }
    }

    /// The Python version in a published build image for Lambda, such as `3.12`, or `nil` for other images.
    package static func python(ofPublishedImage image: String) -> String? {
        for prefix in ["public.ecr.aws/sam/build-python", "lambci/lambda:build-python"] where image.hasPrefix(prefix) {
            return String(image.dropFirst(prefix.count).prefix { $0.isNumber || $0 == "." })
        }
        return nil
    }
}

extension Architecture {
    /// The platform in the words of container engines, such as `linux/amd64`.
    var containerPlatform: String {
        switch self {
        case .x86_64: "linux/amd64"
        case .arm64: "linux/arm64"
        }
    }
}
