extension Service {
    /// The plugins of the service that are not run and may add files to artifacts, such as a handler or compiled code.
    ///
    /// Plugins that are in no table may add files; the others add only what the table says.
    package var pluginsThatMayAddFiles: [String] {
        plugins.filter { $0 != Plugins.builtIn && (PluginFiles.added.contains($0) || !Plugins.isKnown($0)) }
    }
}

/// The plugins that add files to artifacts.
private enum PluginFiles {
    /// Plugins that compile or bundle code, write a handler, or run commands that can do so.
    static let added: Set<String> = [
        "serverless-bundle", "serverless-esbuild", "serverless-webpack", "serverless-plugin-typescript",
        "serverless-wsgi", "serverless-package-python-functions", "serverless-plugin-include-dependencies",
        "serverless-plugin-scripts", "serverless-scriptable-plugin", "serverless-plugin-ifelse",
        "serverless-plugin-datadog", "serverless-lift",
    ]
}
