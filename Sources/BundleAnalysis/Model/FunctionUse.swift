/// A function with the artifacts that it uses.
package struct FunctionUse: Hashable, Sendable {
    /// The key of the function.
    package let key: String
    /// The runtime, or `image` for a container image.
    package let runtime: String
    /// The architecture, such as `arm64`.
    package let architecture: String
    /// The keys of the service's layers that it uses.
    package let layers: [String]
    /// The number of other layers, whose sizes are not known.
    package let otherLayers: Int

    /// Creates the description of a function.
    package init(key: String, runtime: String, architecture: String, layers: [String], otherLayers: Int) {
        self.key = key
        self.runtime = runtime
        self.architecture = architecture
        self.layers = layers
        self.otherLayers = otherLayers
    }
}
