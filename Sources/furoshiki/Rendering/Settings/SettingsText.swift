/// The settings of the program as the document `docs/options.md`.
enum SettingsText {
    /// The Markdown document of all settings.
    static var document: String {
        let sections = SettingSection.all.map { section in
            "## \(section.title)\n"
                + paragraph(section.introduction)
                + section.settings.map(text(of:)).joined()
        }
        return """
            # Options

            Every option of the serverless-python-requirements plugin with what it does in Furoshiki, and every
            environment variable that Furoshiki reads. The options of commands are in the output of
            `furoshiki COMMAND --help`.

            In `custom.pythonRequirements`, the strings `'true'` and `'false'`, as `${env:NAME}` produces them, count as
            booleans, and an empty string counts as not set. A value of the wrong type is an error; an unknown option is a
            warning with the nearest known one.

            This file is the output of `furoshiki explain --options`.


            """ + sections.joined(separator: "\n")
    }

    private static func text(of setting: Setting) -> String {
        let fallback = setting.fallback.isEmpty ? "" : " (default: \(setting.fallback))"
        let words = "- `\(setting.name)`\(fallback): \(setting.effect)".split(separator: " ").map(String.init)
        return TextLayout.wrapped(words, width: 120, indentation: 2).joined(separator: "\n  ") + "\n"
    }

    private static func paragraph(_ text: String) -> String {
        text.isEmpty ? "" : TextLayout.paragraph(text.replacing("\n", with: " "), columns: 120) + "\n"
    }
}
