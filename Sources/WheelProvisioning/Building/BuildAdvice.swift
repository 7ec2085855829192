import PythonPackaging
import RequirementFormats

/// Notes and help for distributions whose wheel cannot be built, or does not load on the target.
enum BuildAdvice {
    /// Why a distribution was built.
    static func reason(_ distribution: ExactDistribution) -> String {
        distribution.isProject
            ? "it is a project, of which no index has a wheel, so it was built"
            : "no wheel of it fits the target, so it was built from its source"
    }

    /// What a user can do about a distribution without a wheel that loads.
    static func remedies(_ distribution: ExactDistribution, _ target: Target) -> [String] {
        let change =
            distribution.isProject
            ? "change the project '\(distribution.name)' so that it builds a wheel that loads on the target"
            : "choose a version of '\(distribution.name)' that has a wheel for \(target.manylinuxPlatform) or older, "
                + "or another runtime or architecture that has one"
        return [
            change,
            "build its wheel where the target's Python runs, such as in the image "
                + "'public.ecr.aws/sam/build-\(target.runtime.name):latest-\(target.architecture)', "
                + "and name the wheel's folder with --find-links in the requirements",
            "package on \(target.architecture.machine) Linux with Python \(target.runtime.version) and glibc "
                + "2.\(target.runtime.glibcMinor) or older, where what is built loads on the target",
        ]
    }
}

extension ExactDistribution {
    /// Whether it is a folder on this machine or a repository, and no release.
    fileprivate var isProject: Bool {
        switch source {
        case .local, .repository: true
        case .wheel, .sourceDistribution, .anyFile, .archive: false
        }
    }
}
