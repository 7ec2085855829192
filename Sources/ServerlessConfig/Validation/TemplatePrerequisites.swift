package import ConfigurationValues
package import Diagnostics
import OrderedJSON

/// The properties that a validated configuration must have for a template to be compiled.
///
/// If problems are warnings, Serverless 3 warns about these properties, and then fails while it compiles the
/// template.
package enum TemplatePrerequisites {
    private static let settings: [(path: [String], form: PropertyForm)] = [
        (["provider", "iam", "role", "statements"], .list), (["provider", "iamRoleStatements"], .list),
        (["package"], .collection), (["package", "patterns"], .texts), (["package", "include"], .texts),
        (["resources"], .collection), (["resources", "Resources"], .map), (["resources", "Outputs"], .map),
        (["layers"], .map),
    ]

    /// The errors that prevent the compilation of a template.
    package static func errors(in root: ConfigurationValue) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for (path, form) in settings {
            var node: ConfigurationValue? = root
            for key in path { node = node?[key] }
            if let node, node.isTruthy, !form.admits(node) {
                result.append(PropertyForm.error(path, "must be \(form.name)", node))
            }
        }
        for (key, function) in root["functions"]?.map ?? [:] {
            let path = ["functions", key]
            if let name = function["name"], name.string == nil {
                result.append(PropertyForm.error(path + ["name"], "must be a string", name))
            }
            if let layers = function["layers"], layers.list == nil {
                result.append(PropertyForm.error(path + ["layers"], "must be a list", layers))
            }
            for (index, event) in (function["events"]?.list ?? []).enumerated() {
                for (source, value) in event.map ?? [:] where value.isTruthy {
                    result += EventPrerequisites.errors(of: value, source, path + ["events", String(index), source])
                }
            }
        }
        return result
    }
}
