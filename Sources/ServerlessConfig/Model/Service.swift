package import ConfigurationValues
import Diagnostics
package import HostSystem
import OrderedJSON

/// A service: a resolved `serverless.yml`, with what the rooms after this one ask for most as typed values.
///
/// Everything else stays in ``root`` as located nodes.
package struct Service: Sendable {
    /// The service's name.
    package let name: String
    /// The stage that is deployed, after `--stage`, `provider.stage` and the default `dev`.
    package let stage: String
    /// The region, after `--region`, `provider.region` and the default `us-east-1`.
    package let region: String
    /// The folder of the service, absolute.
    package let directory: LocalPath
    /// The whole configuration after variables; `functions` and `resources` that were lists are merged.
    package let root: ConfigurationValue
    /// The functions in the order of the file.
    package let functions: [ServiceFunction]
    /// The layers in the order of the file.
    package let layers: [ServiceLayer]

    /// `provider`, an empty map where the file gives only a name.
    package var provider: ConfigurationValue { root["provider"] ?? ConfigurationValue(.map([:])) }
    /// `custom`, `nil` where absent.
    package var custom: ConfigurationValue? { root["custom"] }
    /// `package` of the service, `nil` where absent.
    package var package: ConfigurationValue? { root["package"] }

    /// The function of a key in `functions`.
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

/// One function of a service.
package struct ServiceFunction: Sendable {
    /// The key in `functions`; logical IDs are made of it.
    package let key: String
    /// The name in AWS: `name`, else `<service>-<stage>-<key>`.
    package let name: String
    /// The configuration as it stands in the file.
    package let node: ConfigurationValue
    /// The events in order, each with one source.
    package let events: [FunctionEvent]

    /// `handler`, `nil` for images.
    package var handler: ConfigurationValue? { node["handler"] }
    /// `runtime` of this function alone, `nil` where the provider's counts.
    package var runtime: ConfigurationValue? { node["runtime"] }
    /// `image`, `nil` where the function is a zip.
    package var image: ConfigurationValue? { node["image"] }

    /// The function as messages name it, such as `the function 'hello'`.
    package var label: String { Self.label(ofKey: key) }

    /// The function of a key as messages name it.
    package static func label(ofKey key: String) -> String { "the function '\(key)'" }

    /// Makes a function.
    package init(key: String, name: String, node: ConfigurationValue, events: [FunctionEvent]) {
        self.key = key
        self.name = name
        self.node = node
        self.events = events
    }
}

/// One event of a function: what calls it.
package struct FunctionEvent: Sendable {
    /// The source's name, such as `httpApi` or `sqs`.
    package let source: String
    /// What is set for it: text, `null` or a map, as the file has it.
    package let node: ConfigurationValue
    /// The place in `events`, from 0.
    package let index: Int

    /// Makes an event.
    package init(source: String, node: ConfigurationValue, index: Int) {
        self.source = source
        self.node = node
        self.index = index
    }
}

/// One layer of a service.
package struct ServiceLayer: Sendable {
    /// The key in `layers`; logical IDs are made of it.
    package let key: String
    /// The name in AWS: `name`, else the key.
    package let name: String
    /// The configuration as it stands in the file.
    package let node: ConfigurationValue

    /// Makes a layer.
    package init(key: String, name: String, node: ConfigurationValue) {
        self.key = key
        self.name = name
        self.node = node
    }
}

extension Service {
    /// Makes a service of a configuration whose variables are resolved and whose types were checked.
    ///
    /// What is missing or of another type is passed over: validation has told of it before.
    ///
    /// - Parameters:
    ///   - root: the configuration; `functions` and `resources` may still be lists of maps.
    ///   - directory: the folder of the service.
    ///   - stage: the value of `--stage`, `nil` where it was not given.
    ///   - region: the value of `--region`, `nil` where it was not given.
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

    /// The events of a function: each key of an item names a source, of which there should be but one; a bare text is
    /// a source without settings.
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
