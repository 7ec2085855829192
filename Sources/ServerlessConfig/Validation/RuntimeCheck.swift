import ConfigurationValues
import Diagnostics
import LambdaRuntimes
import OrderedJSON

/// The check that every runtime in a configuration exists, which is the same in all validation modes and for all plugins.
struct RuntimeCheck {
    /// The mode of the validation; `nil` if the configuration sets none.
    let mode: String?
    /// Whether functions or layers are made from the configuration, so that an unknown runtime is an error.
    let makesArtifacts: Bool

    /// The diagnostics about runtimes.
    func diagnostics(in root: ConfigurationValue) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (path, setting) in Self.settings(of: root) {
            guard var diagnostic = diagnostic(for: setting) else { continue }
            if diagnostic.place == nil { diagnostic.notes.insert("the runtime is '\(path)'", at: 0) }
            if !found.contains(diagnostic) { found.append(diagnostic) }
        }
        return found
    }

    /// Whether this check reports what is wrong with the value at a path, and not the schema.
    static func isResponsible(for path: [String], in root: ConfigurationValue) -> Bool {
        let isRuntime =
            path == ["provider", "runtime"]
            || path.count == 3 && path[0] == "functions" && path[2] == "runtime"
                && root["functions"]?[path[1]]?["image"] == nil
            || path.count == 4 && path[0] == "layers" && path[2] == "compatibleRuntimes"
        guard isRuntime, let node = root.member(at: path) else { return false }
        return node.string != nil || node.number != nil
    }

    /// The runtimes in a configuration, each with its path.
    private static func settings(of root: ConfigurationValue) -> [(path: String, setting: ConfigurationValue)] {
        var result: [(String, ConfigurationValue)] = []
        if let runtime = root["provider"]?["runtime"] { result.append(("provider.runtime", runtime)) }
        for (key, function) in root["functions"]?.map ?? [:] where function["image"] == nil {
            if let runtime = function["runtime"] { result.append(("functions.\(key).runtime", runtime)) }
        }
        for (key, layer) in root["layers"]?.map ?? [:] {
            for runtime in layer["compatibleRuntimes"]?.list ?? [] {
                result.append(("layers.\(key).compatibleRuntimes", runtime))
            }
        }
        return result
    }

    private func diagnostic(for setting: ConfigurationValue) -> Diagnostic? {
        guard setting.isTruthy, setting.string != nil || setting.number != nil else { return nil }
        let name = JavaScriptText.text(of: setting)
        let isStrict = mode == "error"
        switch setting.number == nil ? RuntimeCatalog.match(name) : .unknown {
        case .known(let runtime) where runtime.isCurrent && runtime.isAccepted: return nil
        case .known(let runtime):
            if mode == "off" { return nil }
            return Diagnostic(
                runtime.isAccepted ? .note : isStrict ? .error : .warning,
                .deprecatedRuntime,
                "Lambda no longer creates functions with runtime '\(name)'",
                at: setting.place
            )
        case .later:
            return Diagnostic(
                .note,
                .unlistedRuntime,
                "runtime '\(name)' is newer than this version of Furoshiki, and is treated like the newest one it knows",
                at: setting.place
            )
        case .unknown:
            let isError = makesArtifacts || isStrict
            if mode == "off", !isError { return nil }
            return RuntimeCatalog.unknown(
                name,
                isNumber: setting.number != nil,
                isError ? .error : .warning,
                at: setting.place
            )
        }
    }
}
