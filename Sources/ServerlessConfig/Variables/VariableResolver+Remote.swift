import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// The remote variables of one resolution.
struct RemoteVariables {
    /// The results of the variables that were looked up.
    var results: [RemoteVariable: RemoteVariableResult] = [:]
    /// The variables that are needed and not looked up yet, in the order in which they were found.
    var needed: [RemoteVariable] = []
    /// The first place of each variable that was needed.
    var places: [RemoteVariable: SourcePlace] = [:]
    /// The error of a source that failed as a whole.
    var failure: (any Error)?
}

extension VariableResolver {
    /// The value of a variable of a remote source, `nil` if there is none.
    ///
    /// A variable that was not looked up yet is added to those that are needed. Running JavaScript waits for its answer,
    /// so that its variables are looked up at once.
    ///
    /// - Throws: ``VariableFailure/pending`` for a variable that the next round looks up.
    func remoteValue(
        _ source: RemoteVariable.Source,
        _ lookup: VariableLookup
    ) async throws(VariableFailure) -> ConfigurationValue? {
        guard context.remoteSource != nil else { throw .error(Self.needsAWS(lookup)) }
        guard let address = try lookup.addressText() else {
            throw .error(
                lookup.error(
                    .invalidVariableArgument,
                    "'\(source.rawValue)' has no address",
                    help: [Self.example(of: source)]
                )
            )
        }
        let parameters = (lookup.parameters ?? []).map { $0.isNull ? "" : JavaScriptText.text(of: $0) }
        let variable = RemoteVariable(source, parameters: parameters, address: address)
        if remote.results[variable] == nil {
            if !remote.needed.contains(variable) {
                remote.needed.append(variable)
                remote.places[variable] = lookup.error(.remoteVariableFailed, "").place
            }
            guard isAnsweringScript else { throw .pending }
            await lookUpNeededVariables()
        }
        switch remote.results[variable] {
        case .value(let value): return ConfigurationValue(value, at: lookup.owner.property.place)
        case .missing: return nil
        case .failure(let message, let notes): throw .error(lookup.error(.remoteVariableFailed, message, notes: notes))
        case nil: throw .pending
        }
    }

    /// Looks up the remote variables that are needed, in one round.
    ///
    /// - Returns: whether there are new results, so that properties that wait for them can be resolved.
    @discardableResult
    func lookUpNeededVariables() async -> Bool {
        guard let source = context.remoteSource, !remote.needed.isEmpty, remote.failure == nil else { return false }
        let variables = remote.needed
        remote.needed = []
        do {
            let results = try await source.results(of: variables, access: try await remoteAccess())
            for variable in variables { remote.results[variable] = results[variable] ?? .missing }
            return true
        } catch {
            remote.failure = failure(error, of: variables)
            return false
        }
    }

    /// An error that concerns several variables, at the place of the first one.
    private func failure(_ error: any Error, of variables: [RemoteVariable]) -> any Error {
        guard let error = error as? any DiagnosticConvertible else { return error }
        let place = variables.lazy.compactMap { self.remote.places[$0] }.first
        return DiagnosticError(
            error.diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                if diagnostic.place == nil { diagnostic.place = place }
                return diagnostic
            }
        )
    }

    private func remoteAccess() async throws -> RemoteVariableAccess {
        let option = context.options["aws-profile"]?.stringValue
        var profile = option
        if profile == nil, let configured = try await value(at: ["provider", "profile"]), configured.isTruthy {
            profile = JavaScriptText.text(of: configured)
        }
        return RemoteVariableAccess(
            region: JavaScriptText.text(of: try await region()),
            stage: try await stage(),
            optionProfile: option,
            profile: profile,
            environment: environment
        )
    }

    /// The region: `--region`, `provider.region`, `us-east-1`.
    func region() async throws(VariableFailure) -> ConfigurationValue {
        if let region = context.options["region"]?.stringValue, !region.isEmpty {
            return ConfigurationValue(.string(region))
        }
        if let region = try await value(at: ["provider", "region"]), region.isTruthy { return region }
        return ConfigurationValue(.string("us-east-1"))
    }

    private static func example(of source: RemoteVariable.Source) -> String {
        switch source {
        case .aws: "write '${aws:accountId}' or '${aws:region}'"
        case .cf: "write '${cf:stack.output}'"
        case .s3: "write '${s3:bucket/key}'"
        case .ssm: "write '${ssm:/path/to/parameter}'"
        }
    }
}
