import SchemaValidation

extension SchemaIssue {
    /// Whether the property is unknown to Serverless itself, and known to one of the service's plugins.
    func isProperty(of plugins: [String]) -> Bool {
        guard case .unknownProperty(let name, _) = problem else { return false }
        return PluginProperties.have(name, at: path, of: plugins)
    }
}
