import ConfigurationFormats
package import ConfigurationValues
package import Diagnostics
package import HostSystem
import OrderedJSON
package import ServicePlugins

/// A configuration after reading, resolution of variables, normalization and validation.
package struct ResolvedConfiguration: Sendable {
    /// The service, as the typed values that other targets use.
    package var service: Service
    /// The whole configuration, as `print` shows it.
    package let root: ConfigurationValue
    /// The plugins of the service.
    package let plugins: PluginReview
    /// The warnings and notes for the user, and errors that prevent only some commands, such as `package`.
    package let diagnostics: [Diagnostic]
    /// The environment with the variables of `.env` files.
    package let environment: Environment
    /// The configuration file, absolute.
    package let file: LocalPath
}

/// What a configuration is loaded for, which decides the problems that are errors.
package enum ConfigurationPurpose: Sendable {
    /// To show it, or to run a function on this machine.
    case inspection
    /// To install requirements, so that runtimes must exist.
    case requirements
    /// To make a package, a deployment or their templates, so that plugins must not change them, too.
    case package
}

/// A configuration as far as it can be read, for a report about the service.
package struct ConfigurationSurvey: Sendable {
    /// The configuration file, absolute.
    package let file: LocalPath
    /// The configuration; its variables are only resolved if ``resolved`` is set.
    package let root: ConfigurationValue
    /// The plugins of the service.
    package let plugins: PluginReview
    /// The resolved configuration; `nil` if it has errors that prevent it.
    package let resolved: ResolvedConfiguration?
    /// The errors, warnings and notes, other than those about values that are in AWS.
    package let diagnostics: [Diagnostic]
    /// The variables whose values are in AWS, such as `ssm:/path`; they were not looked up.
    package let remoteVariables: [String]

    /// Removes the problems of values that are in AWS, and so are not known.
    package static func withoutUnread(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.filter { diagnostic in
            !([diagnostic.message] + diagnostic.notes).contains { $0.contains(UnreadVariables.mark) }
        }
    }
}

/// The loader of configurations, which reads files, resolves variables, fills in defaults and validates.
package enum ConfigurationLoader {
    /// Loads the configuration of a service.
    ///
    /// - Parameters:
    ///   - options: the options of the command line.
    ///   - purpose: what the configuration is loaded for.
    ///   - environment: the environment of the process.
    ///   - fileSystem: the file system that contains the service.
    ///   - processRunner: runs `node` for JavaScript; without JavaScript, nothing is run.
    ///   - wallClock: the time of day, which `${sls:instanceId}` is made from.
    ///   - remoteVariables: looks up the variables whose values are in AWS; without it, they are errors.
    /// - Returns: the configuration, with warnings and notes.
    /// - Throws: ``DiagnosticError`` with all errors of the configuration.
    package static func load(
        _ options: ConfigurationOptions,
        for purpose: ConfigurationPurpose = .inspection,
        environment: Environment,
        fileSystem: any FileSystem,
        processRunner: any ProcessRunner,
        wallClock: WallClock,
        remoteVariables: (any RemoteVariableSource)? = nil
    ) async throws -> ResolvedConfiguration {
        let loading = try loading(options, purpose, environment, fileSystem, processRunner, wallClock, remoteVariables)
        return try await loading.scripts.whileOpen { try await loading.load(loading.read()) }
    }

    /// The version of Serverless that this program is compatible with.
    package static var frameworkVersion: String { FrameworkVersion.current.map(String.init).joined(separator: ".") }

    /// Examines the configuration of a service that may have errors, as for making a package.
    ///
    /// - Parameters:
    ///   - options: the options of the command line.
    ///   - environment: the environment of the process.
    ///   - fileSystem: the file system that contains the service.
    ///   - processRunner: runs `node` for JavaScript; without JavaScript, nothing is run.
    ///   - wallClock: the time of day, which `${sls:instanceId}` is made from.
    /// - Returns: what is known about the configuration.
    /// - Throws: ``DiagnosticError`` if the file cannot be read.
    package static func survey(
        _ options: ConfigurationOptions,
        environment: Environment,
        fileSystem: any FileSystem,
        processRunner: any ProcessRunner,
        wallClock: WallClock
    ) async throws -> ConfigurationSurvey {
        let unread = UnreadVariables()
        let loading = try loading(options, .package, environment, fileSystem, processRunner, wallClock, unread)
        return try await loading.scripts.whileOpen {
            let source = try await loading.read()
            do {
                let resolved = try await loading.load(source)
                return ConfigurationSurvey(
                    file: loading.file,
                    root: resolved.root,
                    plugins: resolved.plugins,
                    resolved: resolved,
                    diagnostics: ConfigurationSurvey.withoutUnread(resolved.diagnostics),
                    remoteVariables: unread.names
                )
            } catch let error as DiagnosticError {
                return ConfigurationSurvey(
                    file: loading.file,
                    root: source.root,
                    plugins: PluginReview(of: source.root, in: options.serviceDirectory, fileSystem),
                    resolved: nil,
                    diagnostics: ConfigurationSurvey.withoutUnread(error.diagnostics),
                    remoteVariables: unread.names
                )
            }
        }
    }

    private static func loading(
        _ options: ConfigurationOptions,
        _ purpose: ConfigurationPurpose,
        _ environment: Environment,
        _ fileSystem: any FileSystem,
        _ processRunner: any ProcessRunner,
        _ wallClock: WallClock,
        _ remoteVariables: (any RemoteVariableSource)?
    ) throws(DiagnosticError) -> ConfigurationLoading {
        let file = try ConfigurationFile.find(options, in: fileSystem)
        let scripts = ScriptHost(
            directory: options.serviceDirectory,
            arguments: options.arguments,
            environment: environment,
            fileSystem: fileSystem,
            processRunner: processRunner
        )
        return ConfigurationLoading(
            options: options,
            purpose: purpose,
            environment: environment,
            fileSystem: fileSystem,
            wallClock: wallClock,
            file: file,
            scripts: scripts,
            remoteSource: remoteVariables
        )
    }
}

/// One run of ``ConfigurationLoader``.
struct ConfigurationLoading {
    let options: ConfigurationOptions
    let purpose: ConfigurationPurpose
    let environment: Environment
    let fileSystem: any FileSystem
    let wallClock: WallClock
    /// The configuration file, absolute.
    let file: LocalPath
    let scripts: ScriptHost
    /// Looks up the variables whose values are in AWS; `nil` if the command does not contact AWS.
    let remoteSource: (any RemoteVariableSource)?

    private var name: String { file.lastComponent }

    /// Resolves, normalizes and validates what was read from the configuration file.
    func load(_ source: (root: ConfigurationValue, text: [UInt8]?)) async throws -> ResolvedConfiguration {
        let configuration = source.root
        try ProviderName.check(configuration)
        try FrameworkVersion.checkEarly(configuration)
        let resolved = try await VariableResolutionPhases(loading: self)
            .resolve(configuration, texts: source.text.map { [name: $0] } ?? [:])
        var diagnostics = try FrameworkVersion.check(resolved.root, file: name)
        let region = resolved.hasLateRegion ? nil : options.region
        let normalizer = ServiceNormalizer(stage: options.stage, region: region, file: name)
        let root = try normalizer.normalized(resolved.root)
        diagnostics += resolved.warnings
        let plugins = PluginReview(of: root, in: options.serviceDirectory, fileSystem)
        diagnostics += plugins.diagnostics(makesPackage: purpose == .package)
        let validated = try validated(root, resolved, after: diagnostics)
        diagnostics += validated.diagnostics
        try normalizer.checkEvents(validated.root)
        return ResolvedConfiguration(
            service: Service(
                root: validated.root,
                directory: options.serviceDirectory,
                stage: options.stage,
                region: options.region
            ),
            root: normalizer.completed(validated.root),
            plugins: plugins,
            diagnostics: diagnostics,
            environment: resolved.environment,
            file: file
        )
    }

    /// Validates the configuration; problems that were found before are reported with its errors.
    private func validated(
        _ root: ConfigurationValue,
        _ resolved: VariableResolutionPhases.Resolved,
        after diagnostics: [Diagnostic]
    ) throws(DiagnosticError) -> ConfigurationValidator.Validated {
        do throws(DiagnosticError) {
            return try ConfigurationValidator.validate(
                root,
                makesArtifacts: purpose != .inspection,
                environment: resolved.environment.variables,
                reported: resolved.reported
            )
        } catch {
            throw DiagnosticError(diagnostics.filter { $0.severity == .error } + error.diagnostics)
        }
    }

    private func bytes() throws -> [UInt8] {
        guard let bytes = try fileSystem.readConfiguration(file, as: name) else { return try fileSystem.read(file) }
        return bytes
    }

    /// Reads the configuration file; the text is `nil` if the file is a program.
    func read() async throws -> (root: ConfigurationValue, text: [UInt8]?) {
        var text: [UInt8]?
        let node: ConfigurationValue?
        switch file.fileExtension {
        case "yml", "yaml":
            let bytes = try bytes()
            text = bytes
            node = try ConfigurationText.yaml(bytes, file: name)
        case "json":
            let bytes = try bytes()
            text = bytes
            node = try ConfigurationText.json(bytes, file: name)
        default:
            node = try await scripts.configuration(file)
        }
        guard let node, node.map != nil else {
            throw DiagnosticError(
                .invalidType,
                "'\(name)' must contain a mapping with the properties of a service",
                at: node?.place ?? SourcePlace(file: name),
                help: ["start with 'service:', 'provider:' and 'functions:', each at the start of a line"]
            )
        }
        return (node, text)
    }
}
