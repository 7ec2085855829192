import ServicePlugins

extension Service {
    /// The plugins of the service that are not run and may add files to artifacts, such as a handler or compiled code.
    package var pluginsThatMayAddFiles: [String] { plugins.filter(PluginTable.mayAddFiles) }
}
