import EditorSchema
import OrderedJSON

/// An option, a property or an environment variable that the program reads, as `docs/options.md` describes it.
struct Setting: Sendable {
    /// The name; for a family of variables with the variable part as `<NAME>`, such as `UV_INDEX_<NAME>_USERNAME`.
    let name: String
    /// The value that counts if the setting is missing, in Markdown; empty if nothing is set then.
    let fallback: String
    /// What the setting does, in Markdown, as one paragraph.
    let effect: String

    /// The values that it accepts, if it is an option of the configuration.
    let form: OptionForm

    /// Describes a setting that is a string by its name, its default and its effect.
    init(_ name: String, default fallback: String = "", _ effect: String) {
        self.init(name, .string, default: fallback, effect)
    }

    /// Describes a setting by its name, its values, its default and its effect.
    init(_ name: String, _ form: OptionForm, default fallback: String = "", _ effect: String) {
        self.name = name
        self.form = form
        self.fallback = fallback
        self.effect = effect
    }

    /// The setting as the schema for editors describes it.
    var described: DescribedOption {
        let code = fallback.split(separator: "`", omittingEmptySubsequences: false)
        var constant: JSONValue?
        // A default in words is not a constant.
        if code.count == 3, code[0].isEmpty, code[2].isEmpty {
            constant = (try? JSONValue(parsing: String(code[1]))) ?? .string(String(code[1]))
        }
        return DescribedOption(name: name, effect: effect, fallback: constant, form: form)
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
                .strings,
                default: "`[]`",
                "Plugins in `plugins` without which the service is packaged although they change the package. What is missing"
                    + " is then a warning instead of an error; see [Plugins](plugins.md)."
            )
        ]
    )
}
