import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

extension VariableResolver {
    /// What a module gives for an address, `nil` for `null`.
    ///
    /// While the module runs it may ask for variables and properties; they are resolved here, for the property that
    /// wants the module's value.
    func scriptValue(
        _ path: LocalPath,
        _ address: String?,
        _ lookup: VariableLookup
    ) async throws(ResolutionFailure) -> ConfigurationValue? {
        let name = path.isWithin(context.directory) ? path.relative(to: context.directory).string : path.string
        let scripts = context.scripts
        let request = scripts.nextRequest()
        do {
            scripts.addedEnvironment = environment.variables.filter { context.environment[$0.key] != $0.value }
            try scripts.post([
                "kind": "file", "file": .string(path.string), "address": address.map { .string($0) } ?? .null,
                "options": .object(context.options),
            ])
            var failures: [Int: ResolutionFailure] = [:]
            while true {
                switch try await nextMessage(for: request) {
                case .result(_, let value):
                    return value == .null ? nil : ConfigurationValue(value, at: SourcePlace(file: name))
                case .fault(_, let message, let stack, let question):
                    if let question, let failure = failures[question] { throw failure }
                    var fault = lookup.fault("'\(name)' failed: \(message)")
                    fault.toolOutput = stack
                    throw ResolutionFailure.fault(fault)
                case .question(_, let number, let content):
                    failures[number] = try await answer(number, content, lookup)
                }
            }
        } catch let failure as ResolutionFailure {
            throw failure
        } catch {
            let told = DiagnosticError(describing: error).diagnostics.first?.message ?? "\(error)"
            throw .fault(lookup.fault("'\(name)' cannot be run: \(told)"))
        }
    }

    /// The next message that concerns a request; those of other requests wait for their turn.
    private func nextMessage(for request: Int) async throws -> ScriptHost.Message {
        if let index = waitingMessages.firstIndex(where: { $0.request == request }) {
            return waitingMessages.remove(at: index)
        }
        while true {
            let message = try await context.scripts.receive()
            if message.request == request { return message }
            waitingMessages.append(message)
        }
    }

    /// Answers a question of running code.
    ///
    /// - Returns: why it could not be answered, `nil` where it could.
    private func answer(
        _ number: Int,
        _ content: JSONValue,
        _ lookup: VariableLookup
    ) async throws -> ResolutionFailure? {
        do throws(ResolutionFailure) {
            let node = try await value(ofQuestion: content, lookup.user)
            try await post(["kind": "answer", "number": .number(Double(number)), "value": node?.json ?? .null], lookup)
            return nil
        } catch {
            let message: String =
                switch error {
                case .fault(let diagnostic): diagnostic.message
                case .inaccessible(let source): "'\(source)' cannot be asked yet"
                }
            try context.scripts.post([
                "kind": "answer", "number": .number(Double(number)), "fault": .string(message),
            ])
            return error
        }
    }

    private func post(_ message: JSONValue, _ lookup: VariableLookup) async throws(ResolutionFailure) {
        do {
            try context.scripts.post(message)
        } catch {
            throw .fault(lookup.fault("'node' cannot be answered", notes: ["\(error)"]))
        }
    }

    private func value(
        ofQuestion content: JSONValue,
        _ user: VariableUser
    ) async throws(ResolutionFailure) -> ConfigurationValue? {
        switch content["kind"]?.stringValue {
        case "property":
            return try await value(at: content["keys"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        case "variable":
            let written = "${\(content["variable"]?.stringValue ?? "")}"
            guard try user.parse(written) != nil else {
                throw .fault(user.fault("'\(written)' is no variable"))
            }
            return try await complete(ConfigurationValue(.string(written)), for: user)
        default:
            return try await complete(ConfigurationValue(.string(content["text"]?.stringValue ?? "")), for: user)
        }
    }
}

extension ScriptHost.Message {
    /// The request that the message belongs to.
    var request: Int {
        switch self {
        case .result(let request, _), .fault(let request, _, _, _), .question(let request, _, _): request
        }
    }
}
