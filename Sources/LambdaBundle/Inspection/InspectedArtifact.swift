package import Diagnostics
import HostSystem
package import RequirementFormats

/// An artifact that is to be inspected before anybody relies on it.
package struct InspectedArtifact: Sendable {
    /// A function that runs the artifact.
    package struct Function: Hashable, Sendable {
        /// The key in `functions`.
        package var key: String
        /// `handler`; `nil` where there is none.
        package var handler: String?
        /// Where `handler` stands.
        package var handlerPlace: SourcePlace?
        /// What runs it.
        package var runtime: LambdaRuntime
        /// Whether it has layers, which may bring the file of its handler.
        package var hasLayers = false

        /// Makes a description.
        package init(
            key: String,
            handler: String?,
            handlerPlace: SourcePlace? = nil,
            runtime: LambdaRuntime,
            hasLayers: Bool = false
        ) {
            self.key = key
            self.handler = handler
            self.handlerPlace = handlerPlace
            self.runtime = runtime
            self.hasLayers = hasLayers
        }
    }

    /// The file name, such as `orders.zip`.
    package var name: String
    /// What is in it.
    package var content: ArtifactContent
    /// The functions that run it; empty for a layer.
    package var functions: [Function]
    /// What its libraries must run on; `nil` where none of its functions is of Python.
    package var target: Target?

    /// Makes a description.
    package init(name: String, content: ArtifactContent, functions: [Function] = [], target: Target? = nil) {
        self.name = name
        self.content = content
        self.functions = functions
        self.target = target
    }

    /// The artifact as messages name it: by function where it has one alone.
    var subject: String {
        switch functions.count {
        case 0: "artifact '\(name)'"
        case 1: "function '\(functions[0].key)' (\(name))"
        default: "artifact '\(name)' of functions " + functions.map { "'\($0.key)'" }.joined(separator: ", ")
        }
    }
}
