import ConfigurationValues
package import Diagnostics
import HostSystem
package import OrderedJSON

/// A CloudFormation template while it is built.
package struct Template: Sendable {
    /// The resources by logical ID.
    package var resources: OrderedMap<TemplateValue> = [:]
    /// The outputs by name.
    package var outputs: OrderedMap<TemplateValue> = [:]
    /// The part of the configuration that makes each resource, by logical ID.
    package internal(set) var origins: [String: ResourceOrigin] = [:]
    /// The part of the configuration that makes the resources that are being added.
    var currentOrigin: ResourceOrigin?
    /// The number of leading resources whose origin is known.
    var attributedCount = 0
    /// The versions of functions whose logical IDs wait for the hashes of artifacts.
    var pendingVersions: [PendingVersion] = []
    /// Warnings about what was compiled.
    package var warnings: [Diagnostic] = []

    /// The logical ID of the bucket for the artifacts, if the stack creates it.
    package static let deploymentBucketID = "ServerlessDeploymentBucket"

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

    /// Adds to what is known of a logical ID: objects are merged to the depth, lists item by item.
    ///
    /// Two events of a function may share a resource (a permission, a subscription); Serverless merges them so.
    package mutating func merge(_ logicalID: String, _ resource: TemplateValue) {
        resources[logicalID] = resources[logicalID].map { $0.merged(with: resource) } ?? resource
    }

    /// The document, but for what the service's own `resources` say.
    package var document: TemplateValue {
        [
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "The AWS CloudFormation template for this Serverless application",
            "Resources": .object(resources),
            "Outputs": .object(outputs),
        ]
    }
}

extension JSONValue {
    /// This value with another laid over it: objects are merged to the depth, lists item by item, all else is replaced.
    ///
    /// A list that an object is laid over stays a list, as in Serverless.
    package func merged(with other: JSONValue) -> JSONValue {
        switch (self, other) {
        case (.object(var members), .object(let added)):
            for (key, value) in added { members[key] = members[key].map { $0.merged(with: value) } ?? value }
            return .object(members)
        case (.array(var items), .array(let added)):
            for (index, value) in added.enumerated() {
                if index < items.count { items[index] = items[index].merged(with: value) } else { items.append(value) }
            }
            return .array(items)
        case (.array(var items), .object(let added)):
            // Serverless takes the members whose keys are positions; the list stays a list.
            for (key, value) in added {
                guard let index = Int(key), items.indices.contains(index) else { continue }
                items[index] = items[index].merged(with: value)
            }
            return .array(items)
        default: return other
        }
    }
}
