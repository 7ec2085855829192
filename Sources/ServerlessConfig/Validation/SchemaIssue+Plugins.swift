import SchemaValidation
import ServicePlugins

extension SchemaIssue {
    /// Whether the issue is an unknown property that one of the plugins defines.
    func isProperty(of plugins: [String]) -> Bool {
        guard case .unknownProperty(let name, _) = problem else { return false }
        return PluginTable.hasProperty(name, at: path, of: plugins)
    }
}
