import SchemaValidation

extension SchemaIssue {
    /// Whether the issue is an unknown property that one of the plugins defines.
    func isProperty(of plugins: [String]) -> Bool {
        guard case .unknownProperty(let name, _) = problem else { return false }
        return PluginProperties.have(name, at: path, of: plugins)
    }
}
