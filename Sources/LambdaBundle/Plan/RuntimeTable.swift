import ConfigurationValues
import Diagnostics
import HostSystem
import RequirementFormats

/// The targets of the functions of a service.
struct RuntimeTable: Sendable {
    /// What each Python function needs wheels for, by its key; other functions and images are not in it.
    private(set) var targets: [String: Target] = [:]
    /// The target that a layer without functions is for: that of the provider, `nil` where that is no Python.
    private(set) var providerTarget: Target?
    /// Notes on runtimes.
    private(set) var findings: [Diagnostic] = []

    /// Makes a table without targets, for a service that installs no requirements.
    init() {}

    /// Finds the targets.
    ///
    /// - Throws: a `DiagnosticError` that tells of every runtime or architecture that is none at its place. The
    ///   provider's is looked at even where every function has its own.
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
                    "unknown architecture '\(name)'",
                    at: setting.place,
                    notes: ["architectures are \(names.joined(separator: " and "))"],
                    help: NearestNames.help(for: name, among: names)
                )
            )
            return nil
        }
        let provider = runtime(request.runtime)
        let providerArchitecture = architecture(request.architecture) ?? .x86_64
        var remarks: [String] = []
        func target(_ runtime: LambdaRuntime?, _ architecture: Architecture, at place: ConfigurationValue?) -> Target? {
            guard case .python(let python)? = runtime else { return nil }
            if let remark = python.remark, !remarks.contains(remark) {
                remarks.append(remark)
                findings.append(Diagnostic(.note, remark, at: place?.place))
            }
            return Target(python, architecture)
        }
        providerTarget = target(provider, providerArchitecture, at: request.runtime)
        for function in request.functions where !function.isImage {
            let own = function.runtime == nil ? provider : runtime(function.runtime)
            let machine = architecture(function.architecture) ?? providerArchitecture
            targets[function.key] = target(own, machine, at: function.runtime ?? request.runtime)
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
    }
}
