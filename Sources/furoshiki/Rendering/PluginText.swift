import ServicePlugins

/// The document `docs/plugins.md`, made from the table of plugins.
enum PluginText {
    /// The Markdown document of all plugins, by what they change.
    static var document: String {
        introduction + KnownPlugin.Effect.allCases.map(section).joined(separator: "\n")
    }

    private static let introduction = """
        # Plugins

        Plugins of Serverless are written in JavaScript, and Furoshiki does not run them. The exception is
        `\(PluginTable.builtIn)`, which is built in. What happens with another plugin in `plugins` depends on what it
        changes:

        | The plugin | `package`, `deploy`, `diff` | Other commands |
        |---|---|---|
        | has only [commands](#commands-only) | a note | a note |
        | acts [at deployment](#at-deployment-or-after-it) or after it | a warning | a warning |
        | changes [configuration, code or template](#configuration-code-or-template) | an error | a warning |
        | is not in these tables, but in `node_modules`, or is a local plugin | an error | a warning |
        | is not in these tables, and not installed | an error, with the nearest known name | a warning |

        To package a service without a plugin that changes the package, name it in the configuration. The error becomes a
        warning, which still says what is missing:

        ```yaml
        custom:
          furoshiki:
            withoutPlugins:
              - serverless-step-functions
        ```

        The message says what the service loses, and counts it if possible: `the template would lack 1 state machine`. If
        the deployed stack has the missing resources, a deployment deletes them.

        Plugins that run hooks, such as `serverless-plugin-scripts`, change the package only if one of the service's hooks
        runs before the package is complete. With other hooks they count as plugins that act after a deployment.

        This file is the output of `furoshiki explain --plugins`.


        """

    private static func section(_ effect: KnownPlugin.Effect) -> String {
        let plugins = PluginTable.all.filter { $0.effect == effect }
        let rows = plugins.map { plugin in
            let commands = plugin.commands.map { "`\($0)`" }.joined(separator: ", ")
            let replacement = cell(plugin.replacement ?? "")
            let sources = plugin.variables.map { "`${\($0):…}`" }.joined(separator: ", ")
            let loss = cell(plugin.loss) + (sources.isEmpty ? "" : " (variables: \(sources))")
            return "| `\(plugin.name)` | \(loss) | "
                + (effect == .commands ? "\(commands) |\n" : "\(replacement) | \(commands) |\n")
        }
        let heading =
            effect == .commands
            ? "| Plugin | Without it | Commands |\n|---|---|---|\n"
            : "| Plugin | Without it | Instead | Commands |\n|---|---|---|---|\n"
        return "## \(title(of: effect))\n\n" + heading + rows.joined()
    }

    private static func title(of effect: KnownPlugin.Effect) -> String {
        switch effect {
        case .commands: "Commands only"
        case .deployment: "At deployment or after it"
        case .package: "Configuration, code or template"
        }
    }

    /// Text for a cell of a table; code in single quotes becomes code of Markdown.
    private static func cell(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .map { $0.isMultiple(of: 2) ? String($1) : "`\($1)`" }
            .joined()
            .replacing("|", with: "\\|")
    }
}
