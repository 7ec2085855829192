import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// What the service's own `resources` add to the template, and change in it by `extensions`.
enum UserResources {
    /// The whole document.
    ///
    /// - Returns: the template with all sections of `resources` merged over it.
    /// - Throws: ``DiagnosticError`` for an extension of what is not there, or of an attribute that cannot be extended.
    static func merge(
        into template: Template,
        _ context: CompileContext
    ) throws(DiagnosticError) -> TemplateValue {
        var document = template.document
        let own = context.service.root["resources"]
        if let own { try check(own) }
        for (section, value) in own?.map ?? [:] where section != "extensions" {
            if mapSections.contains(section), value.map == nil { continue }
            document[section] = document[section].map { $0.merged(with: value.json) } ?? value.json
        }
        var resources = document["Resources"]?.objectValue ?? [:]
        document["Resources"] = nil
        for (logicalID, extensions) in own?["extensions"]?.map ?? [:] {
            guard let attributes = extensions.map, !attributes.isEmpty else { continue }
            guard var resource = resources[logicalID] else { throw missing(logicalID, extensions, resources.keys) }
            for (attribute, value) in attributes { try extend(&resource, logicalID, attribute, value) }
            resources[logicalID] = resource
        }
        document["Resources"] = .object(resources)
        return document
    }

    /// The sections that Serverless fills too: what is no map there must not take the place of what it made.
    private static let mapSections: Set<String> = ["Resources", "Outputs"]

    /// Refuses what cannot be a part of the template.
    private static func check(_ own: ConfigurationValue) throws(DiagnosticError) {
        if own.isTruthy, own.map == nil, own.list == nil {
            throw DiagnosticError(
                "'resources' must be a map or a list of maps, and is '\(own.json.text)'",
                at: own.place,
                help: ["write CloudFormation resources below 'resources.Resources'"]
            )
        }
        for (logicalID, resource) in own["Resources"]?.map ?? [:] where resource.isNull {
            throw DiagnosticError(
                "the resource '\(logicalID)' is empty",
                at: resource.keyPlace ?? resource.place,
                help: ["give it a 'Type', or take it away; look at the indentation of what follows it"]
            )
        }
    }

    private static func missing(_ logicalID: String, _ node: ConfigurationValue, _ known: [String]) -> DiagnosticError {
        DiagnosticError(
            "'resources.extensions.\(logicalID)' extends a resource that the stack does not have",
            at: node.keyPlace ?? node.place,
            help: NearestNames.help(for: logicalID, among: known)
        )
    }

    private static func extend(
        _ resource: inout TemplateValue,
        _ logicalID: String,
        _ attribute: String,
        _ value: ConfigurationValue
    ) throws(DiagnosticError) {
        switch attribute {
        case "Condition", "CreationPolicy", "DeletionPolicy", "UpdatePolicy", "UpdateReplacePolicy":
            resource[attribute] = value.json
        case "Properties", "Metadata":
            var members = resource[attribute]?.objectValue ?? [:]
            for (key, member) in value.map ?? [:] { members[key] = member.json }
            resource[attribute] = .object(members)
        case "DependsOn":
            let known = resource["DependsOn"].map { $0.arrayValue ?? [$0] } ?? []
            resource["DependsOn"] = .array(known + (value.list?.map(\.json) ?? [value.json]))
        default:
            throw DiagnosticError(
                "'resources.extensions.\(logicalID)' extends '\(attribute)', which cannot be extended",
                at: value.keyPlace ?? value.place,
                help: [
                    "extend Properties, Metadata, DependsOn, Condition, CreationPolicy, DeletionPolicy, UpdatePolicy "
                        + "or UpdateReplacePolicy"
                ]
            )
        }
    }
}
