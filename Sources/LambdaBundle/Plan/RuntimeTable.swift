import ConfigurationValues
import Diagnostics
import HostSystem
import RequirementFormats

/// The targets of the functions in a service.
struct RuntimeTable: Sendable {
    /// The target of each Python function, by its key; other functions and images are omitted.
    private(set) var targets: [String: Target] = [:]
    /// The target of a layer without functions: that of the provider, or `nil` if its runtime is not Python.
    private(set) var providerTarget: Target?

    /// Creates a table without targets, for a service without requirements.
    init() {}

    /// Determines the targets of a service.
    ///
    /// - Throws: a `DiagnosticError` with all unknown runtimes and architectures. Those of the provider are checked even
    ///   if all functions have their own.
    init(_ request: BundleRequest) throws(DiagnosticError) {
        var errors: [Diagnostic] = []
        func runtime(_ setting: ConfigurationValue?) -> LambdaRuntime? {
            guard let setting, let name = setting.string else { return nil }
            do throws(DiagnosticError) {
                return try LambdaRuntime(named: name, at: setting.place)
            } catch {
                if !errors.contains(where: { $0.place == setting.place && $0.message == error.diagnostics[0].message })
                {
                    errors += error.diagnostics
                }
                return nil
            }
        }
        func architecture(_ setting: ConfigurationValue?) -> Architecture? {
            guard let setting, let name = setting.string else { return nil }
            if let known = Architecture(rawValue: name) { return known }
            let names = Architecture.allCases.map(\.rawValue)
            errors.append(
                Diagnostic(
                    .error,
                    .unknownArchitecture,
                    "unknown architecture '\(name)'",
                    at: setting.place,
                    notes: ["known architectures: \(names.joined(separator: ", "))"],
                    help: NearestNames.help(for: name, among: names)
                )
            )
            return nil
        }
        let provider = runtime(request.runtime)
        let providerArchitecture = architecture(request.architecture) ?? .x86_64
        func target(_ runtime: LambdaRuntime?, _ architecture: Architecture) -> Target? {
            guard case .python(let python)? = runtime else { return nil }
            return Target(python, architecture)
        }
        providerTarget = target(provider, providerArchitecture)
        for function in request.functions where !function.isImage {
            let own = function.runtime == nil ? provider : runtime(function.runtime)
            let machine = architecture(function.architecture) ?? providerArchitecture
            targets[function.key] = target(own, machine)
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
    }
}
