import HostSystem
import OrderedJSON
import Synchronization

/// A source of remote variables that does not contact AWS, so that the rest of a configuration can be examined.
///
/// Each value is a mark, from which problems with the value itself are recognized.
final class UnreadVariables: RemoteVariableSource {
    /// The value of every variable that is not known without AWS.
    static let mark = "furoshiki-value-in-aws"

    private let found = Mutex<[RemoteVariable]>([])

    /// The variables that were needed, as in the configuration, such as `ssm:/path`.
    var names: [String] {
        found.withLock { variables in
            variables.map { variable in
                let parameters = variable.parameters.isEmpty ? "" : "(\(variable.parameters.joined(separator: ", ")))"
                return "\(variable.source.rawValue)\(parameters):\(variable.address)"
            }
        }
    }

    func results(
        of variables: [RemoteVariable],
        access: RemoteVariableAccess
    ) async throws -> [RemoteVariable: RemoteVariableResult] {
        var results: [RemoteVariable: RemoteVariableResult] = [:]
        for variable in variables {
            if variable.source == .aws, variable.address == "region" {
                results[variable] = .value(.string(access.region))
            } else {
                found.withLock { $0.append(variable) }
                results[variable] = .value(.string(Self.mark))
            }
        }
        return results
    }
}
