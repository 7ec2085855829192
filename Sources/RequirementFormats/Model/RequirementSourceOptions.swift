package import Diagnostics
import HostSystem
import PythonPackaging

/// The options of `custom.pythonRequirements` that decide which requirement source counts and what of it.
package struct RequirementSourceOptions: Hashable, Sendable {
    /// `fileName` where it was set, relative to the folder; `nil` means `requirements.txt`, after other sources.
    package var fileName: String?
    /// Where `fileName` is set.
    package var fileNamePlace: SourcePlace?
    /// `usePipenv`.
    package var usesPipenv = true
    /// `usePoetry`.
    package var usesPoetry = true
    /// `requirePoetryLockFile`.
    package var requiresPoetryLock = false
    /// `poetryWithGroups`: groups beside the default ones.
    package var withGroups: [String] = []
    /// `poetryWithoutGroups`: groups that are left out.
    package var withoutGroups: [String] = []
    /// `poetryOnlyGroups`: groups in place of the default ones.
    package var onlyGroups: [String] = []
    /// The environment variables that `${NAME}` in a requirements file stands for.
    package var environment: [String: String] = [:]

    /// Makes options as they are where none is set.
    package init() {}
}
