import PythonPackaging
package import RequirementFormats

/// Notes and help for distributions whose wheel cannot be built, or does not work on the target.
package enum BuildAdvice {
    /// Distributions that have wheels, or are pure Python, and can replace one that needs libraries of the system.
    private static let replacements = [
        "psycopg2": "psycopg2-binary",
        "psycopg-c": "psycopg-binary",
        "mysqlclient": "pymysql",
        "pycrypto": "pycryptodome",
        "opencv-python": "opencv-python-headless",
        "opencv-contrib-python": "opencv-contrib-python-headless",
    ]

    /// The ways to get a wheel whose libraries are all on the target.
    package static func help(for wheel: StoredWheel, _ target: Target) -> [String] {
        let name = wheel.name.name
        let instead = replacements[name.normalized].map { ["require '\($0)' instead, which does not need them"] } ?? []
        return instead + [
            "require a version of '\(name.normalized)' that has a wheel for '\(target)' with its libraries"
        ]
    }

    /// The reason why a distribution was built, as a note.
    static func reason(_ distribution: ExactDistribution) -> String {
        distribution.isProject
            ? "it was built because projects have no wheel in an index"
            : "it was built from source because it has no wheel for the target"
    }

    /// The ways to get a wheel that works on the target.
    static func help(
        _ distribution: ExactDistribution,
        _ target: Target,
        missingHeader: String? = nil
    ) -> [String] {
        help(distribution.name.written, isProject: distribution.isProject, target, missingHeader: missingHeader)
    }

    /// The ways to get a wheel of a distribution whose build in a container failed.
    static func helpInContainer(
        _ distribution: ExactDistribution,
        _ target: Target,
        missingHeader: String?
    ) -> [String] {
        let image = ContainerOptions.publishedImage(for: target)
        return replacement(distribution)
            + [
                "install " + (missingHeader.map { "the library that provides '\($0)'" } ?? "what the build needs")
                    + " in an image: set 'dockerFile' to a Dockerfile that starts with 'FROM \(image)'"
            ] + change(distribution, target)
    }

    /// The ways to get a wheel of a distribution whose wheel from a container does not work on the target.
    static func helpInContainer(_ distribution: ExactDistribution, _ target: Target) -> [String] {
        let image = ContainerOptions.publishedImage(for: target)
        return replacement(distribution)
            + ["use an image whose system is not newer than that of the runtime, such as '\(image)'"]
            + change(distribution, target)
    }

    private static func replacement(_ distribution: ExactDistribution) -> [String] {
        replacements[distribution.name.normalized].map { ["require '\($0)' instead, which has wheels"] } ?? []
    }

    private static func change(_ distribution: ExactDistribution, _ target: Target) -> [String] {
        distribution.isProject
            ? ["change the project '\(distribution.name)' so that it builds in the image"]
            : ["require a version of '\(distribution.name)' that has a wheel for \(target.manylinuxPlatform) or older"]
    }

    /// The reason why a container is needed, as a note.
    static func need(of distribution: ExactDistribution) -> String {
        "a container is needed to build '\(distribution.title)', which has no wheel for the target"
    }

    /// The ways to get a wheel of a distribution that works on the target.
    ///
    /// - Parameters:
    ///   - name: The name of the distribution.
    ///   - isProject: Whether it is a local directory or a repository, and not a release.
    ///   - target: The target to install for.
    ///   - missingHeader: The header that a compiler did not find, if that is why the build failed.
    /// - Returns: The help, the most likely one first.
    static func help(
        _ name: String,
        isProject: Bool,
        _ target: Target,
        missingHeader: String? = nil
    ) -> [String] {
        let change =
            isProject
            ? "change the project '\(name)' so that it builds a wheel that works on the target"
            : "require a version of '\(name)' that has a wheel for \(target.manylinuxPlatform) or older, "
                + "or set a runtime or architecture that has one"
        let replacement = (try? PackageName(parsing: name)).flatMap { replacements[$0.normalized] }
        return (replacement.map { ["require '\($0)' instead, which has wheels"] } ?? [])
            + (missingHeader.map { ["install the library that provides '\($0)' on this system"] } ?? [])
            + [
                change,
                "build it in the image '\(ContainerOptions.publishedImage(for: target))': set 'dockerizePip: true' in "
                    + "'custom.pythonRequirements', and start Docker, Podman or another container engine",
                "run the command on \(target.architecture.machine) Linux with Python \(target.runtime.version) and glibc "
                    + "2.\(target.runtime.glibcMinor) or older",
            ]
    }
}

extension ExactDistribution {
    /// Whether the source is a local directory or a repository, and not a release.
    fileprivate var isProject: Bool {
        switch source {
        case .local, .repository: true
        case .wheel, .sourceDistribution, .anyFile, .archive: false
        }
    }
}
