import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// Variables without a value: why, and what to do about it.
extension VariableResolver {
    /// The reason why one source has no value.
    private struct Absence {
        let message: String
        var notes: [String] = []
        var help: [String] = []
        var stage: VariableError.MissingStage?
        var unset: VariableError.UnsetVariable?
    }

    /// The error of a variable whose sources have no value.
    ///
    /// - Parameters:
    ///   - written: the variable as it is written.
    ///   - queried: its sources, in order.
    /// - Returns: the error, with the reason and the remedies.
    func absence(of written: String, _ queried: [VariableLookup]) async -> VariableError {
        var absences: [Absence] = []
        for lookup in queried { absences.append(await absence(of: lookup)) }
        guard let owner = queried.first?.owner, let only = absences.first, absences.count == 1 else {
            var error = queried[0].error(.unresolvedVariable, "'\(written)' has no value")
            error.notes = absences.map(\.message)
            // Two sources can have the same remedy, such as '--region' and 'provider.region'.
            for help in absences.compactMap(\.help.first) where !error.help.contains(help) { error.help.append(help) }
            return error
        }
        var error = owner.error(.unresolvedVariable, only.message, written, notes: only.notes, help: only.help)
        error.stage = only.stage
        error.unset = only.unset
        return error
    }

    private func absence(of lookup: VariableLookup) async -> Absence {
        let address = lookup.address.map { JavaScriptText.text(of: $0) }
        let argument = lookup.parameters?.first.map { JavaScriptText.text(of: $0) } ?? ""
        switch (lookup.type, address) {
        case ("env", let name?): return environmentAbsence(name, lookup)
        case ("opt", let name?): return optionAbsence(name, lookup)
        case ("param", let name?): return await parameterAbsence(name, lookup)
        case ("self", let path?): return await propertyAbsence(path, lookup)
        case ("file", _): return await fileAbsence(argument, address, lookup)
        case ("ssm", let path?):
            return Absence(
                message: "there is no SSM parameter '\(path)'",
                help: ["create the parameter in the region of the service", Self.fallback(lookup)]
            )
        case ("s3", let path?):
            return Absence(
                message: "there is no S3 object '\(path)'",
                help: ["upload the object", Self.fallback(lookup)]
            )
        case ("cf", let output?):
            return Absence(
                message: "there is no stack output '\(output)'",
                help: ["deploy the stack with this output first", Self.fallback(lookup)]
            )
        default:
            return Absence(message: "'\(lookup.written)' has no value", help: [Self.fallback(lookup)])
        }
    }

    /// The remedy that always works, and is therefore the last.
    private static func fallback(_ lookup: VariableLookup) -> String {
        let examples = ["opt:stage": "dev", "opt:region": "us-east-1"]
        let example = examples[String(lookup.written.dropFirst(2).dropLast())] ?? "text"
        return "give it a default: \(lookup.written.dropLast()), '\(example)'}"
    }

    // MARK: Sources

    private func environmentAbsence(_ name: String, _ lookup: VariableLookup) -> Absence {
        let remedy = dotenvRemedy(for: name)
        let near = NearestNames.help(for: name, among: environment.variables.keys.sorted())
        return Absence(
            message: "the environment variable '\(name)' is not set",
            help: near + [remedy.text(for: name), Self.fallback(lookup)],
            unset: near.isEmpty ? VariableError.UnsetVariable(name: name, remedy: remedy) : nil
        )
    }

    private func optionAbsence(_ name: String, _ lookup: VariableLookup) -> Absence {
        let isKnown = context.options[name] != nil
        let message = isKnown ? "the option '--\(name)' is not given" : "this command has no option '--\(name)'"
        let replacement = ["stage": ("provider.stage", "${sls:stage}"), "region": ("provider.region", "${aws:region}")]
        if let (property, variable) = replacement[name], lookup.owner.path != property {
            return Absence(message: message, help: ["write '\(variable)', which is always set"])
        }
        if isKnown { return Absence(message: message, help: [Self.fallback(lookup), "or pass --\(name)"]) }
        return Absence(
            message: message,
            help: ["write '${param:\(name)}', and pass --param \"\(name)=VALUE\"", Self.fallback(lookup)]
        )
    }

    private func parameterAbsence(_ name: String, _ lookup: VariableLookup) async -> Absence {
        let current = await currentStage()
        let sections = configured(["params"]) ?? []
        let stages = sections.filter { $0 != "default" && configured(["params", $0])?.contains(name) == true }
        if !stages.isEmpty {
            return missingStage(
                current,
                in: "'params'",
                known: stages,
                isLast: false,
                "'params' sets '\(name)'",
                lookup
            )
        }
        let known = ["default", current].flatMap { configured(["params", $0]) ?? [] } + context.parameters.keys
        return Absence(
            message: "the parameter '\(name)' is not set",
            help: NearestNames.help(for: name, among: known) + [
                "pass --param \"\(name)=VALUE\", or set '\(name)' below 'params.default'", Self.fallback(lookup),
            ]
        )
    }

    private func propertyAbsence(_ path: String, _ lookup: VariableLookup) async -> Absence {
        if path == "provider.stage" || path == "provider.region" {
            let variable = path == "provider.stage" ? "${sls:stage}" : "${aws:region}"
            return Absence(
                message: "the configuration has no '\(path)'",
                help: ["write '\(variable)', which is always set"]
            )
        }
        return await memberAbsence(path.steps(), Self.missingStep(path.steps(), in: root), nil, lookup)
    }

    private func fileAbsence(_ argument: String, _ address: String?, _ lookup: VariableLookup) async -> Absence {
        let path = context.directory.appending(argument)
        guard context.fileSystem.isFile(path) else { return await missingFile(argument, path, lookup) }
        guard let address else {
            return Absence(message: "the value of '\(argument)' is null", help: ["write a value into '\(argument)'"])
        }
        guard case .value(let node) = files[path] else {
            return Absence(
                message: "'\(argument)' exports no '\(address)'",
                help: ["export '\(address)' in '\(argument)'", Self.fallback(lookup)]
            )
        }
        return await memberAbsence(
            address.steps(),
            Self.missingStep(address.steps()[...], in: node, before: 0),
            argument,
            lookup
        )
    }

    /// The absence of a property of the configuration, or of a file.
    private func memberAbsence(
        _ keys: [String],
        _ step: MissingStep,
        _ file: String?,
        _ lookup: VariableLookup
    ) async -> Absence {
        let subject = file.map { "'\($0)'" } ?? "the configuration"
        let above = keys.prefix(step.count).joined(separator: ".")
        guard step.count < keys.count else {
            return Absence(message: "'\(above)' of \(subject) is null", help: ["give '\(above)' a value"])
        }
        let path = keys.prefix(step.count + 1).joined(separator: ".")
        let message = "\(subject) has no '\(path)'"
        guard let known = step.known else {
            let owner = step.count == 0 ? subject : "'\(above)'"
            return Absence(
                message: message,
                notes: ["\(owner) is \(step.kind), which has no properties"],
                help: step.count == 0
                    ? [] : ["write '\(lookup.written.replacing(keys.joined(separator: "."), with: above))'"]
            )
        }
        let stage = await currentStage()
        let others = known.filter { $0 != "default" && configured([$0]) == nil }
        if keys[step.count] == stage, !others.isEmpty, file != nil || step.count > 0 {
            let place = step.count == 0 ? subject : file.map { "'\(above)' in '\($0)'" } ?? "'\(above)'"
            let isLast = step.count == keys.count - 1
            return missingStage(stage, in: place, known: others, isLast: isLast, "\(place) has settings", lookup)
        }
        let defaults = ["stage": "${sls:stage}", "region": "${aws:region}"]
        let isOfProvider = file == nil && keys.prefix(step.count) == ["provider"]
        let near = NearestNames.nearest(
            to: keys[step.count],
            among: known + (isOfProvider ? defaults.keys.sorted() : [])
        )
        if isOfProvider, let near, let variable = defaults[near] {
            return Absence(message: message, help: ["write '\(variable)', which is always set"])
        }
        let suggestion = near.map { NearestNames.question((keys.prefix(step.count) + [$0]).joined(separator: ".")) }
        return Absence(
            message: message,
            help: suggestion.map { [$0] } ?? [
                "add '\(keys.joined(separator: "."))' to \(subject)", Self.fallback(lookup),
            ]
        )
    }

    private func missingStage(
        _ stage: String,
        in place: String,
        known: [String],
        isLast: Bool,
        _ fact: String,
        _ lookup: VariableLookup
    ) -> Absence {
        Absence(
            message: "\(fact) for \(known.prefix(8).map { "'\($0)'" }.listed("and")), but not for stage '\(stage)'",
            stage: VariableError.MissingStage(stage: stage, place: place, known: known, isLast: isLast)
        )
    }

    // MARK: Files

    private func missingFile(_ written: String, _ path: LocalPath, _ lookup: VariableLookup) async -> Absence {
        // One file that is written in two ways is one cause.
        var argument = Substring(written)
        while argument.hasPrefix("./") { argument = argument.dropFirst(2) }
        let message = "there is no file '\(argument)'"
        let folder = path.parent
        let name = path.lastComponent
        guard context.fileSystem.isDirectory(folder) else {
            let near = nearest(to: folder.lastComponent, in: folder.parent, .directory)
            let parent = argument.split(separator: "/").dropLast().joined(separator: "/")
            return Absence(
                message: message,
                help: near.map { ["did you mean the directory '\($0)'?"] } ?? ["create '\(parent)' with '\(name)'"]
            )
        }
        let names = entries(of: folder, .file)
        let stage = await currentStage()
        if let range = name.firstRange(of: stage) {
            let known = names.compactMap { other -> String? in
                let (head, tail) = (name[..<range.lowerBound], name[range.upperBound...])
                guard other.hasPrefix(head), other.hasSuffix(tail), other.count > head.count + tail.count else {
                    return nil
                }
                return String(other.dropFirst(head.count).dropLast(tail.count))
            }
            if !known.isEmpty {
                let stages = Array(known.prefix(8)).listed("or")
                return Absence(message: message, help: ["use --stage \(stages), or create '\(argument)'"])
            }
        }
        let create = "create '\(argument)'"
        if let template = names.first(where: { Self.isTemplate($0, of: name) }) {
            return Absence(message: message, help: ["copy '\(template)' to '\(name)', and fill it in"])
        }
        let near = NearestNames.nearest(to: name, among: names)
        let prefix = argument.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let suggestion = near.map { NearestNames.question(prefix.isEmpty ? $0 : "\(prefix)/\($0)") }
        return Absence(message: message, help: [suggestion, create].compactMap { $0 })
    }

    /// Whether a file is an example of another one, such as `secrets.example.yml` or `secrets.yml.dist`.
    static func isTemplate(_ template: String, of name: String) -> Bool {
        let words: Set<Substring> = ["example", "sample", "template", "dist", "tpl", "default", "tmpl"]
        let parts = template.split { ".-_".contains($0) }
        let rest = parts.filter { !words.contains($0) }
        return rest.count < parts.count && rest == name.split { ".-_".contains($0) }
    }

    private func nearest(to name: String, in folder: LocalPath, _ kind: FileKind) -> String? {
        NearestNames.nearest(to: name, among: entries(of: folder, kind))
    }

    /// The names in a directory; none if it cannot be read, as they are only suggestions.
    func entries(of folder: LocalPath, _ kind: FileKind) -> [String] {
        do throws(FileSystemError) {
            return try context.fileSystem.entries(of: folder).filter { $0.kind == kind }.map(\.name)
        } catch {
            return []
        }
    }

    /// The stage, or `dev` while it cannot be resolved itself.
    private func currentStage() async -> String {
        do throws(VariableFailure) { return try await stage() } catch { return "dev" }
    }

    /// The keys of a mapping of the configuration; `nil` if it is not a mapping, or not resolved.
    private func configured(_ keys: [String]) -> [String]? {
        let step = Self.missingStep(keys + [""], in: root)
        return step.count == keys.count ? step.known : nil
    }
}
