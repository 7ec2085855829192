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
                "build the wheel in the image "
                    + "'public.ecr.aws/sam/build-\(target.runtime.name):latest-\(target.architecture)', "
                    + "and add the directory of the wheel with --find-links in the requirements",
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
