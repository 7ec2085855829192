/// An option, a property or an environment variable that the program reads, as `docs/options.md` describes it.
struct Setting: Sendable {
    /// The name; for a family of variables with the variable part as `<NAME>`, such as `UV_INDEX_<NAME>_USERNAME`.
    let name: String
    /// The value that counts if the setting is missing, in Markdown; empty if nothing is set then.
    let fallback: String
    /// What the setting does, in Markdown, as one paragraph.
    let effect: String

    /// Describes a setting by its name, its default and its effect.
    init(_ name: String, default fallback: String = "", _ effect: String) {
        self.name = name
        self.fallback = fallback
        self.effect = effect
    }
}

/// A section of `docs/options.md`: settings of one kind.
struct SettingSection: Sendable {
    /// The heading of the section.
    let title: String
    /// What its settings have in common, in Markdown.
    let introduction: String
    /// The settings in their order.
    let settings: [Setting]

    /// All sections, in the order of the page.
    static let all = requirementOptions + [own] + environmentVariables

    /// The settings in `custom.furoshiki`, which neither Serverless nor the plugin has.
    static let own = SettingSection(
        title: "Settings of Furoshiki",
        introduction: "Properties of `custom.furoshiki`, which Serverless ignores.",
        settings: [
            Setting(
                "withoutPlugins",
                default: "`[]`",
                "Plugins in `plugins` without which the service is packaged although they change the package. What is missing"
                    + " is then a warning instead of an error; see [Plugins](plugins.md)."
            )
        ]
    )
}
