package import Diagnostics
import HostSystem
import PythonPackaging

/// The options of `custom.pythonRequirements` that decide which requirement source is used, and which groups of it.
package struct RequirementSourceOptions: Hashable, Sendable {
    /// The value of `fileName`, relative to the directory; `nil` means `requirements.txt`, after other sources.
    package var fileName: String?
    /// The place where `fileName` is set.
    package var fileNamePlace: SourcePlace?
    /// Whether a `Pipfile` is a source, as `usePipenv` says.
    package var usesPipenv = true
    /// Whether a Poetry project is a source, as `usePoetry` says.
    package var usesPoetry = true
    /// Whether a Poetry project without `poetry.lock` is an error, as `requirePoetryLockFile` says.
    package var requiresPoetryLock = false
    /// The groups of `poetryWithGroups`, which are installed in addition to the default ones.
    package var withGroups: [String] = []
    /// The groups of `poetryWithoutGroups`, which are not installed.
    package var withoutGroups: [String] = []
    /// The groups of `poetryOnlyGroups`, which are installed instead of the default ones.
    package var onlyGroups: [String] = []
    /// The environment variables that replace `${NAME}` in a requirements file.
    package var environment: [String: String] = [:]

    /// Makes options with their default values.
    package init() {}
}
