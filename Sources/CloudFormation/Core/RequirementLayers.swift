package import ServerlessConfig

/// The layers with Python requirements, which are not in the `layers` section of the configuration.
package struct RequirementLayers: Sendable {
    /// The layers, with the same settings as in `layers`.
    package var layers: [ServiceLayer]
    /// The logical IDs of references, by the key of the function and the reference in its `layers`.
    ///
    /// With several targets, `PythonRequirementsLambdaLayer` refers to a different layer in each function.
    package var references: [String: [String: String]]

    /// An empty set of layers.
    package static let none = RequirementLayers(layers: [], references: [:])

    /// Creates a set of layers and references.
    package init(layers: [ServiceLayer], references: [String: [String: String]]) {
        self.layers = layers
        self.references = references
    }
}
