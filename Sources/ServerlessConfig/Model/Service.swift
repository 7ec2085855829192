package import ConfigurationValues
import Diagnostics
package import HostSystem
import OrderedJSON

/// A service: a resolved `serverless.yml`, with the parts that other targets use most as typed values.
///
/// All other parts are in ``root``.
package struct Service: Sendable {
    /// The name of the service.
    package let name: String
    /// The stage to deploy: `--stage`, `provider.stage`, or the default `dev`.
    package let stage: String
    /// The region: `--region`, `provider.region`, or the default `us-east-1`.
    package let region: String
    /// The directory of the service, absolute.
    package let directory: LocalPath
    /// The whole configuration without variables; lists of `functions` and `resources` are merged.
    package let root: ConfigurationValue
    /// The functions, in the order of the file.
    package let functions: [ServiceFunction]
    /// The layers, in the order of the file.
    package let layers: [ServiceLayer]

    /// The value of `provider`; an empty mapping if the file has only the name.
    package var provider: ConfigurationValue { root["provider"] ?? ConfigurationValue(.map([:])) }
    /// The value of `custom`; `nil` if it is not set.
    package var custom: ConfigurationValue? { root["custom"] }
    /// The value of the service's `package`; `nil` if it is not set.
    package var package: ConfigurationValue? { root["package"] }

    /// The function with a key in `functions`; `nil` if there is none.
    package func function(_ key: String) -> ServiceFunction? { functions.first { $0.key == key } }

    /// Makes a service of its parts.
    package init(
        name: String,
        stage: String,
        region: String,
        directory: LocalPath,
        root: ConfigurationValue,
        functions: [ServiceFunction],
        layers: [ServiceLayer]
    ) {
        self.name = name
        self.stage = stage
        self.region = region
        self.directory = directory
        self.root = root
        self.functions = functions
        self.layers = layers
    }
}

/// A function of a service.
package struct ServiceFunction: Sendable {
    /// The key in `functions`, which logical IDs are made from.
    package let key: String
    /// The name in AWS: `name`, or else `<service>-<stage>-<key>`.
    package let name: String
    /// The configuration of the function.
    package let node: ConfigurationValue
    /// The events, each with one source, in the order of the file.
    package let events: [FunctionEvent]

    /// The value of `handler`; `nil` for an image.
    package var handler: ConfigurationValue? { node["handler"] }
    /// The value of the function's own `runtime`; `nil` if that of the provider counts.
    package var runtime: ConfigurationValue? { node["runtime"] }
    /// The value of `image`; `nil` if the function is a zip.
    package var image: ConfigurationValue? { node["image"] }

    /// The function as messages name it, such as `the function 'hello'`.
    package var label: String { Self.label(ofKey: key) }

    /// The function of a key as messages name it.
    package static func label(ofKey key: String) -> String { "the function '\(key)'" }

    /// Makes a function of its configuration in `functions`.
    package init(key: String, name: String, node: ConfigurationValue, events: [FunctionEvent]) {
        self.key = key
        self.name = name
        self.node = node
        self.events = events
    }
}

/// An event of a function, which invokes it.
package struct FunctionEvent: Sendable {
    /// The name of the source, such as `httpApi` or `sqs`.
    package let source: String
    /// The settings of the event: a string, `null` or a mapping, as in the file.
    package let node: ConfigurationValue
    /// The index in `events`, from 0.
    package let index: Int

    /// Makes an event of its item in `events`.
    package init(source: String, node: ConfigurationValue, index: Int) {
        self.source = source
        self.node = node
        self.index = index
    }
}

/// A layer of a service, which is a property of `layers`.
package struct ServiceLayer: Sendable {
    /// The key in `layers`, which logical IDs are made from.
    package let key: String
    /// The name in AWS: `name`, or else the key.
    package let name: String
    /// The configuration of the layer.
    package let node: ConfigurationValue

    /// Makes a layer of its configuration in `layers`.
    package init(key: String, name: String, node: ConfigurationValue) {
        self.key = key
        self.name = name
        self.node = node
    }
}

extension Service {
    /// Makes a service of a configuration whose variables are resolved and whose types are checked.
    ///
    /// Properties that are missing or have another type are ignored, because the validation reported them.
    ///
    /// - Parameters:
    ///   - root: the configuration; `functions` and `resources` may be lists of mappings.
    ///   - directory: the directory of the service.
    ///   - stage: the value of `--stage`; `nil` if it is not given.
    ///   - region: the value of `--region`; `nil` if it is not given.
    package init(root: ConfigurationValue, directory: LocalPath, stage: String? = nil, region: String? = nil) {
        var root = root
        for key in ["functions", "resources"] {
            guard let parts = root[key]?.list else { continue }
            let empty = ConfigurationValue(.map([:]), at: root[key]?.place, keyAt: root[key]?.keyPlace)
            root[key] = parts.reduce(empty) { $0.merging($1) }
        }
        let service = root["service"]?.string ?? root["service"]?["name"]?.string ?? ""
        let named = stage ?? root["provider"]?["stage"]?.string ?? ""
        let stage = named.isEmpty ? "dev" : named
        let functions = (root["functions"]?.map ?? [:])
            .map { key, node in
                ServiceFunction(
                    key: key,
                    name: node["name"]?.string ?? "\(service)-\(stage)-\(key)",
                    node: node,
                    events: Self.events(of: node)
                )
            }
        let layers = (root["layers"]?.map ?? [:])
            .map { key, node in
                ServiceLayer(key: key, name: node["name"]?.string ?? key, node: node)
            }
        self.init(
            name: service,
            stage: stage,
            region: region ?? root["provider"]?["region"]?.string ?? "us-east-1",
            directory: directory,
            root: root,
            functions: functions,
            layers: layers
        )
    }

    /// The events of a function.
    ///
    /// Each key of an item is the name of a source; a string is a source without settings.
    private static func events(of function: ConfigurationValue) -> [FunctionEvent] {
        (function["events"]?.list ?? []).enumerated()
            .flatMap { index, item in
                if let source = item.string {
                    return [
                        FunctionEvent(source: source, node: ConfigurationValue(.null, at: item.place), index: index)
                    ]
                }
                return (item.map ?? [:]).map { FunctionEvent(source: $0.key, node: $0.value, index: index) }
            }
    }
}
