import ConfigurationValues
package import Diagnostics
import HostSystem
package import OrderedJSON

/// A CloudFormation template under construction.
package struct Template: Sendable {
    /// The resources by logical ID.
    package var resources: OrderedMap<TemplateValue> = [:]
    /// The outputs by name.
    package var outputs: OrderedMap<TemplateValue> = [:]
    /// The origin of each resource in the configuration, by logical ID.
    package internal(set) var origins: [String: ResourceOrigin] = [:]
    /// The origin of resources that are added next.
    var currentOrigin: ResourceOrigin?
    /// The number of resources at the start with a known origin.
    var attributedCount = 0
    /// The function versions whose logical IDs depend on the hashes of artifacts.
    var pendingVersions: [PendingVersion] = []
    /// Warnings about the compiled resources.
    package var warnings: [Diagnostic] = []

    /// The logical ID of the bucket for the artifacts, if the stack creates it.
    package static let deploymentBucketID = "ServerlessDeploymentBucket"

    /// Creates an empty template.
    package init() {}

    /// Adds a resource, or replaces one with the same logical ID.
    ///
    /// - Parameters:
    ///   - logicalID: the key in `Resources`.
    ///   - type: the type, such as `AWS::Lambda::Permission`.
    ///   - properties: the properties, or `nil` to omit `Properties`.
    ///   - dependsOn: logical IDs; `DependsOn` is omitted if there are none.
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

    /// Merges a resource with an existing one; objects are merged recursively, and lists item by item.
    ///
    /// Several events of a function can share a resource, such as a permission. Serverless merges them in the same way.
    package mutating func merge(_ logicalID: String, _ resource: TemplateValue) {
        resources[logicalID] = resources[logicalID].map { $0.merged(with: resource) } ?? resource
    }

    /// The complete template, except for `resources` in the configuration.
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
    /// Merges another value into this one: objects recursively, lists item by item; other values are replaced.
    ///
    /// Merging an object into a list results in a list, as in Serverless.
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
            // As in Serverless, members whose keys are indices replace items of the list.
            for (key, value) in added {
                guard let index = Int(key), items.indices.contains(index) else { continue }
                items[index] = items[index].merged(with: value)
            }
            return .array(items)
        default: return other
        }
    }
}
