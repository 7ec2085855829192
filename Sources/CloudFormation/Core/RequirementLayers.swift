package import ServerlessConfig

/// The layers that are made of a service's requirements, beside those that its configuration defines.
package struct RequirementLayers: Sendable {
    /// The layers, with the settings that they would have in `layers`.
    package var layers: [ServiceLayer]
    /// The logical IDs that references mean, by the key of the function and the reference in its `layers`.
    ///
    /// With several targets, `PythonRequirementsLambdaLayer` means another layer in each function.
    package var references: [String: [String: String]]

    /// No layers.
    package static let none = RequirementLayers(layers: [], references: [:])

    /// Makes a set of layers.
    package init(layers: [ServiceLayer], references: [String: [String: String]]) {
        self.layers = layers
        self.references = references
    }
}
