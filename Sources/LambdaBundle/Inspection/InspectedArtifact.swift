package import Diagnostics
import HostSystem
package import RequirementFormats

/// An artifact to inspect before it is written.
package struct InspectedArtifact: Sendable {
    /// A function that uses the artifact.
    package struct Function: Hashable, Sendable {
        /// The key of the function in `functions`.
        package var key: String
        /// The value of `handler`, if any.
        package var handler: String?
        /// The location of `handler` in the configuration.
        package var handlerPlace: SourcePlace?
        /// The runtime of the function.
        package var runtime: LambdaRuntime
        /// Whether it has layers, which may contain the handler.
        package var hasLayers = false
        /// Whether it has a `module` without effect: it is not packaged individually, or does not run Python.
        package var hasIgnoredModule = false

        /// Creates a description of a function.
        package init(
            key: String,
            handler: String?,
            handlerPlace: SourcePlace? = nil,
            runtime: LambdaRuntime,
            hasLayers: Bool = false,
            hasIgnoredModule: Bool = false
        ) {
            self.key = key
            self.handler = handler
            self.handlerPlace = handlerPlace
            self.runtime = runtime
            self.hasLayers = hasLayers
            self.hasIgnoredModule = hasIgnoredModule
        }
    }

    /// The file name, such as `orders.zip`.
    package var name: String
    /// The content of the artifact.
    package var content: ArtifactContent
    /// The functions that use the artifact; empty for a layer.
    package var functions: [Function]
    /// The target that its libraries must support, or `nil` if it has no Python functions.
    package var target: Target?

    /// Creates a description of an artifact.
    package init(name: String, content: ArtifactContent, functions: [Function] = [], target: Target? = nil) {
        self.name = name
        self.content = content
        self.functions = functions
        self.target = target
    }

    /// The name of the artifact in messages, which is the function if there is only one.
    var subject: String {
        switch functions.count {
        case 0: "artifact '\(name)'"
        case 1: "function '\(functions[0].key)' (\(name))"
        default: "artifact '\(name)' of functions " + functions.map { "'\($0.key)'" }.joined(separator: ", ")
        }
    }
}
