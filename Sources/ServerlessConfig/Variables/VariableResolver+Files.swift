import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

extension VariableResolver {
    /// The value of a `file` variable; `nil` if the file or the value does not exist.
    func fileValue(_ lookup: VariableLookup) async throws(VariableFailure) -> ConfigurationValue? {
        guard let argument = lookup.parameters?.first, !argument.isNull else {
            throw .error(
                lookup.error(
                    .invalidVariableArgument,
                    "'file' has no path",
                    help: ["write '${file(path/to/file.yml)}'"]
                )
            )
        }
        guard argument.map == nil else {
            throw .error(
                lookup.error(
                    .invalidVariableArgument,
                    "the path of 'file' is a mapping",
                    help: ["refer to a string in the mapping"]
                )
            )
        }
        let path = context.directory.appending(JavaScriptText.text(of: argument))
        let address = try lookup.addressText()
        switch try content(of: path, lookup) {
        case .missing: return nil
        case .empty:
            guard address == nil else { return nil }
            throw .error(
                lookup.error(
                    .emptyFile,
                    "'\(JavaScriptText.text(of: argument))' is empty",
                    help: ["add a value to the file, such as 'null' or '{}'"]
                )
            )
        case .value(let node): return try await node.isNull ? nil : member(of: node, at: address, lookup)
        case .script:
            let key = "\(path)\n\(address ?? "")"
            if let known = scriptValues[key] { return known }
            let node = try await scriptValue(path, address, lookup)
            scriptValues[key] = .some(node)
            return node
        }
    }

    /// The value at an address; strings on the way are resolved if they contain variables.
    private func member(
        of node: ConfigurationValue,
        at address: String?,
        _ lookup: VariableLookup
    ) async throws(VariableFailure) -> ConfigurationValue? {
        guard let address else { return node }
        var node = node
        for key in address.steps() {
            if let text = node.string, let variables = try lookup.owner.parse(text) {
                node = try await complete(variables, for: lookup.owner)
            }
            guard let member = node.member(at: [key]) else { return nil }
            node = member
        }
        return node
    }

    /// The content of a file, which is read once.
    private func content(of path: LocalPath, _ lookup: VariableLookup) throws(VariableFailure) -> FileContent {
        if let known = files[path] { return known }
        let content = try read(path, lookup)
        files[path] = content
        return content
    }

    private func read(_ path: LocalPath, _ lookup: VariableLookup) throws(VariableFailure) -> FileContent {
        if ["js", "cjs", "mjs", "ts"].contains(path.fileExtension) {
            return context.fileSystem.isFile(path) ? .script : .missing
        }
        let name = path.isWithin(context.directory) ? path.relative(to: context.directory).string : path.string
        let bytes: [UInt8]
        do throws(DiagnosticError) {
            guard let content = try context.fileSystem.readConfiguration(path, as: name) else { return .missing }
            bytes = content
        } catch {
            guard let cause = error.diagnostics.first else { return .missing }
            throw .error(lookup.error(cause.code, cause.message, notes: cause.notes, help: cause.help))
        }
        texts[name] = bytes
        do throws(DiagnosticError) {
            switch path.fileExtension {
            case "yml", "yaml": return try ConfigurationText.yaml(bytes, file: name).map { .value($0) } ?? .empty
            case "json", "tfstate": return .value(try ConfigurationText.json(bytes, file: name))
            default: return .value(ConfigurationValue(.string(String(decoding: bytes, as: UTF8.self))))
            }
        } catch {
            guard let cause = error.diagnostics.first else {
                throw .error(lookup.error(.unreadableConfigurationFile, "cannot read '\(name)'"))
            }
            // The error is in the file, not in the property that reads it.
            throw .error(
                VariableError(
                    code: cause.code,
                    message: cause.message,
                    place: cause.place,
                    notes: cause.notes + [
                        "'\(lookup.owner.path)' reads the file"
                            + (lookup.owner.property.place.map { " at \($0)" } ?? "")
                    ],
                    help: cause.help
                )
            )
        }
    }
}
