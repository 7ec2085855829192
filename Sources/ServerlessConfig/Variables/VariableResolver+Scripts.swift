import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

extension VariableResolver {
    /// The value of a module at an address; `nil` for `null`.
    ///
    /// While the module runs, it can ask for variables and properties, which are resolved for the property that needs
    /// the module's value.
    func scriptValue(
        _ path: LocalPath,
        _ address: String?,
        _ lookup: VariableLookup
    ) async throws(VariableFailure) -> ConfigurationValue? {
        let name = path.isWithin(context.directory) ? path.relative(to: context.directory).string : path.string
        let scripts = context.scripts
        let request = scripts.nextRequest()
        do {
            scripts.addedEnvironment = environment.variables.filter { context.environment[$0.key] != $0.value }
            try scripts.post([
                "kind": "file", "file": .string(path.string), "address": address.map { .string($0) } ?? .null,
                "options": .object(context.options),
            ])
            var failures: [Int: VariableFailure] = [:]
            while true {
                switch try await nextMessage(for: request) {
                case .result(_, let value):
                    return value == .null ? nil : ConfigurationValue(value, at: SourcePlace(file: name))
                case .failure(_, let message, let stack, let question):
                    if let question, let failure = failures[question] { throw failure }
                    let cause = scripts.failure(of: name, message, stack: stack)
                    var error = lookup.error(.scriptFailed, cause.message, notes: cause.notes, help: cause.help)
                    error.toolOutput = cause.output
                    throw VariableFailure.error(error)
                case .question(_, let number, let content):
                    failures[number] = try await answer(number, content, lookup)
                }
            }
        } catch let failure as VariableFailure {
            throw failure
        } catch {
            let cause = DiagnosticError(describing: error).diagnostics.first
            throw .error(
                lookup.error(cause?.code ?? .scriptFailed, "cannot run '\(name)': \(cause?.message ?? "\(error)")")
            )
        }
    }

    /// The next message of a request; those of other requests are kept for later.
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
    /// - Returns: the reason why it has no answer; `nil` if it has one.
    private func answer(
        _ number: Int,
        _ content: JSONValue,
        _ lookup: VariableLookup
    ) async throws -> VariableFailure? {
        let wasAnswering = isAnsweringScript
        isAnsweringScript = true
        defer { isAnsweringScript = wasAnswering }
        do throws(VariableFailure) {
            let node = try await value(ofQuestion: content, lookup.owner)
            try await post(["kind": "answer", "number": .number(Double(number)), "value": node?.json ?? .null], lookup)
            return nil
        } catch {
            let message: String =
                switch error {
                case .error(let reason): reason.message
                case .unavailable(let source): "'\(source)' is not available yet"
                case .pending: "cannot query AWS"
                }
            try context.scripts.post([
                "kind": "answer", "number": .number(Double(number)), "error": .string(message),
            ])
            return error
        }
    }

    private func post(_ message: JSONValue, _ lookup: VariableLookup) async throws(VariableFailure) {
        do {
            try context.scripts.post(message)
        } catch {
            throw .error(lookup.error(.scriptFailed, "cannot send an answer to 'node'", notes: ["\(error)"]))
        }
    }

    private func value(
        ofQuestion content: JSONValue,
        _ owner: VariableOwner
    ) async throws(VariableFailure) -> ConfigurationValue? {
        switch content["kind"]?.stringValue {
        case "property":
            return try await value(at: content["keys"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        case "variable":
            let written = "${\(content["variable"]?.stringValue ?? "")}"
            guard try owner.parse(written) != nil else {
                throw .error(owner.error(.invalidVariableSyntax, "'\(written)' is not a variable"))
            }
            return try await complete(ConfigurationValue(.string(written)), for: owner)
        default:
            return try await complete(ConfigurationValue(.string(content["text"]?.stringValue ?? "")), for: owner)
        }
    }
}

extension ScriptHost.Message {
    /// The request that the message belongs to.
    var request: Int {
        switch self {
        case .result(let request, _), .failure(let request, _, _, _), .question(let request, _, _): request
        }
    }
}
