import ConfigurationValues
package import Diagnostics
import OrderedJSON
import ServerlessConfig

/// The part of a configuration that makes a resource of the template.
///
/// A deployment shows the events of the stack at the lines of the configuration that they are about.
package struct ResourceOrigin: Hashable, Sendable {
    /// A part of a configuration.
    package enum Part: Hashable, Sendable {
        /// The provider, for what the functions share.
        case provider
        /// The layer of a key in `layers`, or one that is made of requirements.
        case layer(String)
        /// The function of a key in `functions`.
        case function(String)
        /// An event of a function, by its source such as `httpApi`.
        case event(source: String, function: String)
        /// A resource below `resources.Resources`.
        case userResource
    }

    /// The part of the configuration.
    package let part: Part
    /// The place of the part, `nil` if it is in no file.
    package let place: SourcePlace?

    /// Makes the origin of resources that several events or functions share.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - keys: the setting below `provider` that decides most about the resource.
    /// - Returns: the origin, at the setting, or at `provider` if the setting is missing.
    static func provider(of service: Service, _ keys: String...) -> ResourceOrigin {
        var node = service.root["provider"]
        for key in keys {
            guard let next = node?[key] else { break }
            node = next
        }
        return ResourceOrigin(part: .provider, place: node?.writtenPlace)
    }

    static func layer(_ layer: ServiceLayer) -> ResourceOrigin {
        ResourceOrigin(part: .layer(layer.key), place: layer.node.writtenPlace)
    }

    static func function(_ function: CompiledFunction) -> ResourceOrigin {
        ResourceOrigin(part: .function(function.key), place: function.node.writtenPlace)
    }

    static func event(_ event: FunctionEvent, of function: CompiledFunction) -> ResourceOrigin {
        .event(event.source, event.node, of: function)
    }

    static func event(_ source: String, _ node: ConfigurationValue, of function: CompiledFunction) -> ResourceOrigin {
        ResourceOrigin(
            part: .event(source: source, function: function.key),
            place: node.writtenPlace ?? function.node.writtenPlace
        )
    }

    static func userResource(_ node: ConfigurationValue) -> ResourceOrigin {
        ResourceOrigin(part: .userResource, place: node.writtenPlace)
    }
}

extension ConfigurationValue {
    /// The place of the key, or of the value if it has none.
    fileprivate var writtenPlace: SourcePlace? { keyPlace ?? place }
}

extension Template {
    /// Attributes the resources that are added from now on to a part of the configuration.
    ///
    /// A resource that several parts add to belongs to the first.
    mutating func begin(_ origin: ResourceOrigin?) {
        if let currentOrigin {
            for logicalID in resources.keys[attributedCount...] { origins[logicalID] = currentOrigin }
        }
        attributedCount = resources.count
        currentOrigin = origin
    }
}
