import EditorSchema

/// The JSON Schema of `serverless.yml` with the options of this program.
enum ConfigurationSchema {
    /// The name of the file that new services refer to.
    static let fileName = "serverless.schema.json"

    /// Makes the schema.
    ///
    /// - Parameter version: the version of the program.
    /// - Returns: the schema with the paths of its values.
    static func document(version: String) -> SchemaDocument {
        SchemaDocument(
            version: version,
            requirements: SettingSection.requirementOptions.flatMap(\.settings).map(\.described),
            own: SettingSection.own.settings.map(\.described)
        )
    }
}
