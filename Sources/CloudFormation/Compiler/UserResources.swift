import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The service's own `resources`: what they add to the template, and what `extensions` change in it.
enum UserResources {
    /// Reports errors in `resources` before the template is finished.
    ///
    /// - Throws: ``DiagnosticError`` for what cannot be merged.
    static func check(_ context: CompileContext, against template: Template) throws(DiagnosticError) {
        guard let own = context.service.root["resources"] else { return }
        if own.isTruthy, own.map == nil, own.list == nil {
            throw DiagnosticError(
                .invalidResources,
                "'resources' must be a mapping or a list of mappings, but is '\(own.json.text)'",
                at: own.place,
                help: ["write CloudFormation resources below 'resources.Resources'"]
            )
        }
        for (logicalID, resource) in own["Resources"]?.map ?? [:] where resource.isNull {
            throw DiagnosticError(
                .emptyResource,
                "the resource '\(logicalID)' is empty",
                at: resource.keyPlace ?? resource.place,
                help: ["add a 'Type', or remove the resource; check the indentation of the lines after it"]
            )
        }
        let provisional = template.resources.keys.compactMap(ProvisionalName.stem(of:))
        let added = own["Resources"]?.map?.keys ?? []
        for (logicalID, extensions) in own["extensions"]?.map ?? [:] {
            guard let attributes = extensions.map, !attributes.isEmpty else { continue }
            for (attribute, value) in attributes where !Attribute.isKnown(attribute) {
                throw unsupported(attribute, of: logicalID, value)
            }
            // A logical ID with a hash is known when the artifacts are.
            guard template.resources[logicalID] == nil, !added.contains(logicalID),
                !provisional.contains(where: { logicalID.hasPrefix($0) })
            else { continue }
            throw missing(logicalID, extensions, template.resources.keys + added)
        }
    }

    /// The document of a template with all sections of `resources` merged over it.
    ///
    /// - Throws: ``DiagnosticError`` for an extension of a resource that does not exist.
    static func merge(
        into template: Template,
        _ context: CompileContext
    ) throws(DiagnosticError) -> TemplateValue {
        var document = template.document
        let own = context.service.root["resources"]
        for (section, value) in own?.map ?? [:] where section != "extensions" {
            if sharedSections.contains(section), value.map == nil { continue }
            document[section] = document[section].map { $0.merged(with: value.json) } ?? value.json
        }
        var resources = document["Resources"]?.objectValue ?? [:]
        document["Resources"] = nil
        for (logicalID, extensions) in own?["extensions"]?.map ?? [:] {
            guard let attributes = extensions.map, !attributes.isEmpty else { continue }
            guard var resource = resources[logicalID] else { throw missing(logicalID, extensions, resources.keys) }
            for (attribute, value) in attributes { Attribute(rawValue: attribute)?.extend(&resource, by: value) }
            resources[logicalID] = resource
        }
        document["Resources"] = .object(resources)
        return document
    }

    /// The sections that the compiler fills too; a value that is not a mapping does not replace them.
    private static let sharedSections: Set<String> = ["Resources", "Outputs"]

    private static func missing(
        _ logicalID: String,
        _ node: ConfigurationValue,
        _ known: [String]
    ) -> DiagnosticError {
        DiagnosticError(
            .unknownExtendedResource,
            "'resources.extensions' extends '\(logicalID)', which is not a resource of the stack",
            at: node.keyPlace ?? node.place,
            help: NearestNames.help(for: logicalID, among: known)
        )
    }

    private static func unsupported(
        _ attribute: String,
        of logicalID: String,
        _ value: ConfigurationValue
    ) -> DiagnosticError {
        let names = Attribute.allCases.map(\.rawValue)
        return DiagnosticError(
            .unsupportedExtension,
            "'resources.extensions.\(logicalID)' cannot extend '\(attribute)'",
            at: value.keyPlace ?? value.place,
            notes: ["the attributes that can be extended are \(names.joined(separator: ", "))"],
            help: NearestNames.help(for: attribute, among: names)
        )
    }
}

/// An attribute of a resource that `resources.extensions` can change.
private enum Attribute: String, CaseIterable {
    case properties = "Properties"
    case metadata = "Metadata"
    case dependsOn = "DependsOn"
    case condition = "Condition"
    case creationPolicy = "CreationPolicy"
    case deletionPolicy = "DeletionPolicy"
    case updatePolicy = "UpdatePolicy"
    case updateReplacePolicy = "UpdateReplacePolicy"

    static func isKnown(_ name: String) -> Bool { Attribute(rawValue: name) != nil }

    /// Members are replaced one by one, dependencies are added, and any other attribute is replaced.
    func extend(_ resource: inout TemplateValue, by value: ConfigurationValue) {
        switch self {
        case .properties, .metadata:
            var members = resource[rawValue]?.objectValue ?? [:]
            for (key, member) in value.map ?? [:] { members[key] = member.json }
            resource[rawValue] = .object(members)
        case .dependsOn:
            let known = resource[rawValue].map { $0.arrayValue ?? [$0] } ?? []
            resource[rawValue] = .array(known + (value.list?.map(\.json) ?? [value.json]))
        case .condition, .creationPolicy, .deletionPolicy, .updatePolicy, .updateReplacePolicy:
            resource[rawValue] = value.json
        }
    }
}
