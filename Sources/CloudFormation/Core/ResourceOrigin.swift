import ConfigurationValues
package import Diagnostics
import OrderedJSON
import ServerlessConfig

/// The part of the configuration from which a resource in the template was created.
///
/// With it, a deployment can show the events of the stack with lines of the configuration.
package struct ResourceOrigin: Hashable, Sendable {
    /// A part of a configuration.
    package enum Part: Hashable, Sendable {
        /// The provider, for resources that functions share.
        case provider
        /// A layer, by its key in `layers`, or a requirement layer.
        case layer(String)
        /// A function, by its key in `functions`.
        case function(String)
        /// An event of a function, by its source, such as `httpApi`.
        case event(source: String, function: String)
        /// A resource in `resources.Resources`.
        case userResource
    }

    /// The part of the configuration.
    package let part: Part
    /// The location of the part, or `nil` if it is not in a file.
    package let place: SourcePlace?

    /// Creates the origin of resources that several events or functions share.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - keys: the path of the most relevant setting in `provider`.
    /// - Returns: the origin at this setting, or at `provider` if the setting is missing.
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
    /// The location of the key, or of the value if it has no key.
    fileprivate var writtenPlace: SourcePlace? { keyPlace ?? place }
}

extension Template {
    /// Sets the origin of the resources that are added from now on.
    ///
    /// If several parts contribute to a resource, the first one is its origin.
    mutating func begin(_ origin: ResourceOrigin?) {
        if let currentOrigin {
            for logicalID in resources.keys[attributedCount...] { origins[logicalID] = currentOrigin }
        }
        attributedCount = resources.count
        currentOrigin = origin
    }
}
