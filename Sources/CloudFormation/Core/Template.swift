package import OrderedJSON

/// A CloudFormation template while it is built.
package struct Template: Sendable {
    /// The resources by logical ID.
    package var resources: OrderedMap<TemplateValue> = [:]
    /// The outputs by name.
    package var outputs: OrderedMap<TemplateValue> = [:]
    /// The parameters by name.
    package var parameters: OrderedMap<TemplateValue> = [:]
    /// Other sections of the document (`Conditions`, `Mappings` …) by their name.
    package var sections: OrderedMap<TemplateValue> = [:]

    /// Makes an empty template.
    package init() {}

    /// Adds a resource; one of the same logical ID is replaced.
    ///
    /// - Parameters:
    ///   - logicalID: the key in `Resources`.
    ///   - type: such as `AWS::Lambda::Permission`.
    ///   - properties: `nil` leaves `Properties` out.
    ///   - dependsOn: logical IDs; an empty list leaves `DependsOn` out.
    package mutating func add(
        _ logicalID: String,
        type: String,
        properties: TemplateValue?,
        dependsOn: [String] = []
    ) {
        var resource: OrderedMap<TemplateValue> = ["Type": .string(type)]
        if !dependsOn.isEmpty { resource["DependsOn"] = .array(dependsOn.map { .string($0) }) }
        if let properties { resource["Properties"] = properties }
        resources[logicalID] = .object(resource)
    }
}
