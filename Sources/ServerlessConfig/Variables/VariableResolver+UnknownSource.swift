import Diagnostics
import ServicePlugins

extension VariableResolver {
    /// The error of a variable whose source does not exist, with the plugin or the product that has it.
    func unknownSource(_ type: String, _ written: String, _ owner: VariableOwner) -> VariableError {
        let replacement = "write the value itself, or a variable such as '${param:NAME}', instead"
        switch PluginTable.owner(ofSource: type, listed: context.plugins) {
        case .plugin(let plugin):
            return owner.error(
                .unknownVariableSource,
                "'\(type)' is a variable source of the plugin '\(plugin)', which is not run",
                written,
                help: [replacement, "or package the service with Serverless v3"]
            )
        case .unlistedPlugin(let plugin):
            return owner.error(
                .unknownVariableSource,
                "unknown variable source '\(type)'",
                written,
                notes: ["it is a source of the plugin '\(plugin)', which 'plugins' does not list"],
                help: [replacement]
            )
        case .product(let product):
            return owner.error(
                .unknownVariableSource,
                "'\(type)' is a variable source of \(product), which is not supported",
                written,
                help: [replacement]
            )
        case nil: return misspelledSource(type, written, owner)
        }
    }

    private func misspelledSource(_ type: String, _ written: String, _ owner: VariableOwner) -> VariableError {
        let known = VariableParser.sources.sorted()
        let beginning = known.first(where: type.lowercased().hasPrefix).map { [NearestNames.question($0)] }
        return owner.error(
            .unknownVariableSource,
            "unknown variable source '\(type)'",
            written,
            notes: PluginTable.unknown(among: context.plugins)
                .map { "the plugin '\($0)' is not run, and may add the source" }
                + ["the sources are \(known.quoted())"],
            help: NearestNames.help(for: type, among: known, else: beginning ?? ["use one of these sources"])
        )
    }
}
