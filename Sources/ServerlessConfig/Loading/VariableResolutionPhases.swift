import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServicePlugins

/// The resolution of a configuration's variables in the order of Serverless: first those that decide which `.env`
/// file is read, then all others.
struct VariableResolutionPhases {
    let loading: ConfigurationLoading

    /// A configuration without variables, and the environment with the variables of `.env` files.
    struct Resolved {
        let root: ConfigurationValue
        let environment: Environment
        /// The warnings about variables.
        var warnings: [Diagnostic] = []
        /// The places of values with `${…}` that are reported already.
        var reported: Set<SourcePlace> = []
        /// Whether `provider.region` was resolved after `--region` was applied, so that it takes precedence.
        var hasLateRegion = false
    }

    /// The sources that are available before the service is known.
    private static let earlySources: Set<String> = ["env", "file", "opt", "self", "sls", "strToBool"]
    /// The properties that must be known before other sources are available.
    private static let earlyProperties: [[String]] = [
        ["plugins"], ["package", "path"], ["frameworkVersion"], ["app"], ["org"], ["dashboard"], ["service"],
    ]
    /// The properties that must be known before AWS is contacted.
    private static let accessProperties: [[String]] = [
        ["provider", "credentials"], ["provider", "deploymentBucket", "serverSideEncryption"],
        ["provider", "profile"], ["provider", "region"],
    ]

    func resolve(_ configuration: ConfigurationValue, texts: [String: [UInt8]]) async throws -> Resolved {
        var errors = VariableErrors()
        let context = VariableContext(
            directory: loading.options.serviceDirectory,
            options: loading.options.all,
            parameters: try loading.options.parametersByName(),
            environment: loading.environment,
            fileSystem: loading.fileSystem,
            scripts: loading.scripts,
            instanceID: String(loading.wallClock.nowMilliseconds),
            remoteSource: loading.remoteSource,
            plugins: PluginTable.listed(in: configuration)
        )
        let resolver = VariableResolver(configuration, context: context, texts: texts, errors: &errors)
        if !errors.isEmpty { throw DiagnosticError(errors.diagnostics) }
        for key in ["disabledDeprecations", "deprecationNotificationMode"] {
            if let node = configuration[key], ConfigurationProperty.holdsVariables(node) {
                throw DiagnosticError(
                    .variableNotAvailable,
                    "'\(key)' cannot contain variables",
                    at: node.place,
                    help: ["write the value itself"]
                )
            }
        }
        resolver.allowedSources = Self.earlySources
        for path in [["provider", "name"], ["provider", "stage"], ["useDotenv"]] {
            try await ensure(path, of: configuration, resolver)
        }
        try await checkProvider(resolver)
        try await loadDotenv(resolver)
        if case .resolved(let node) = resolver.root.state {
            return Resolved(root: node, environment: resolver.environment)
        }
        await resolver.collectErrors(of: resolver.root, into: &errors)
        for path in Self.earlyProperties { try await ensure(path, of: configuration, resolver) }
        resolver.allowedSources = Self.earlySources.union(["param"])
        if errors.isEmpty { addDefaults(resolver) }
        let hasLateRegion = resolver.root.member("provider")?.member("region")?.isWaiting == true
        for path in Self.accessProperties { try await ensure(path, of: configuration, resolver) }
        resolver.allowedSources = nil
        // Each round looks up the remote variables that are needed after the one before; nothing is looked up for a
        // configuration with errors.
        repeat {
            await resolver.collectErrors(of: resolver.root, into: &errors)
        } while errors.isEmpty ? await resolver.lookUpNeededVariables() : false
        if let failure = resolver.remote.failure { throw failure }
        let dotted = await DottedVariables.found(in: configuration, resolver, into: &errors)
        if !errors.isEmpty { throw DiagnosticError(errors.diagnostics) }
        do throws(VariableFailure) {
            let root = try await resolver.value(of: resolver.root)
            return Resolved(
                root: root,
                environment: resolver.environment,
                warnings: dotted.warnings,
                reported: dotted.places,
                hasLateRegion: hasLateRegion
            )
        } catch {
            throw Self.error(error)
        }
    }

    /// Checks the name of the provider, if its variables could be resolved.
    private func checkProvider(_ resolver: VariableResolver) async throws(DiagnosticError) {
        if case .resolved(let provider)? = resolver.root.member("provider")?.state {
            return try ProviderName.check(provider: provider)
        }
        let name: ConfigurationValue?
        do throws(VariableFailure) {
            name = try await resolver.value(at: ["provider", "name"])
        } catch {
            return  // reported with all others
        }
        if let name { try ProviderName.check(provider: name) }
    }

    /// Adds the stage and the region, which variables of the last phase can refer to even if the file has none.
    private func addDefaults(_ resolver: VariableResolver) {
        guard let provider = resolver.root.member("provider") else { return }
        provider.setMember("stage", to: .string("dev"), overriding: false)
        let region = loading.options.region
        provider.setMember("region", to: .string(region ?? "us-east-1"), overriding: region != nil)
        provider.setMember("versionFunctions", to: .bool(true), overriding: false)
    }

    /// Resolves a property that must be known now.
    private func ensure(
        _ path: [String],
        of configuration: ConfigurationValue,
        _ resolver: VariableResolver
    ) async throws(DiagnosticError) {
        do throws(VariableFailure) {
            _ = try await resolver.value(at: path)
        } catch {
            switch error {
            case .unavailable(let source):
                let place = (0..<path.count).lazy.compactMap { configuration.member(at: path.dropLast($0))?.place }
                    .first
                throw DiagnosticError(
                    .variableNotAvailable,
                    "'\(path.joined(separator: "."))' cannot use the variable '\(source)'",
                    at: place,
                    notes: ["the property must be known before '\(source)' is available"],
                    help: Self.remedy(of: path, using: source)
                )
            case .error, .pending:
                // Reported with all others, unless the resolution cannot continue without it.
                break
            }
        }
    }

    /// What to write instead of a source that is not available for a property that must be known early.
    private static func remedy(of path: [String], using source: String) -> [String] {
        let property = path.joined(separator: ".")
        if source.hasPrefix("opt:") {
            return [
                property == "provider.stage"
                    ? "write '${opt:stage, 'dev'}', and pass --stage NAME"
                    : "write '${env:NAME}', and set NAME in the environment"
            ]
        }
        let others = earlySources.subtracting(["opt", "sls", "strToBool"]).sorted()
        return ["write the value itself, or a variable of the source \(others.map { "'\($0)'" }.listed("or"))"]
    }

    private static func error(_ failure: VariableFailure) -> DiagnosticError {
        switch failure {
        case .error(let error):
            {
                var errors = VariableErrors()
                errors.add(error)
                return DiagnosticError(errors.diagnostics)
            }()
        case .unavailable(let source):
            DiagnosticError(.variableNotAvailable, "the variable '\(source)' is not available")
        case .pending: DiagnosticError(.remoteVariableFailed, "cannot query AWS")
        }
    }

    // MARK: .env

    /// Loads `.env.<stage>`, or else `.env`, if `useDotenv` is set.
    private func loadDotenv(_ resolver: VariableResolver) async throws {
        let stage: String
        do throws(VariableFailure) {
            guard try await resolver.value(at: ["useDotenv"])?.isTruthy == true else { return }
            stage = try await resolver.stage()
        } catch {
            return  // reported with all others
        }
        let folder = loading.options.serviceDirectory
        var name = ".env.\(stage)"
        var bytes = try read(folder / name)
        if bytes == nil {
            name = ".env"
            bytes = try read(folder / name)
        }
        guard let bytes else { return }
        let variables = Dotenv.expand(Dotenv.parse(bytes), over: resolver.environment.variables)
        for missing in resolver.missingEnvironment.sorted() where variables[missing]?.isEmpty == false {
            throw DiagnosticError(
                .circularEnvFile,
                "'\(missing)' decides which '.env' file is read, but is set in '\(name)' itself",
                help: ["set '\(missing)' in the environment, or remove it from '\(name)'"]
            )
        }
        for (name, value) in variables { resolver.environment.variables[name] = value }
        resolver.dotenvFile = name
    }

    private func read(_ path: LocalPath) throws(DiagnosticError) -> [UInt8]? {
        try loading.fileSystem.readConfiguration(path, as: path.lastComponent)
    }
}
