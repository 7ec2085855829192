import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

/// The input of resource families: the service, without its artifacts, which are built at the same time.
package struct CompileContext: Sendable {
    /// The service to compile.
    package let service: Service
    /// The functions with their names in the template, in the order of the file.
    package let functions: [CompiledFunction]
    /// The layers with Python requirements.
    package let requirementLayers: RequirementLayers
    /// The directory of the deployment in the bucket.
    package let artifactDirectory: ArtifactDirectory
    /// The URIs of images that are built or given by tag, with their digests, by the key of the function.
    package var images: [String: String] = [:]
    private let positions: [String: Int]
    private let eventPositions: [String: [EventPosition]]

    /// The place of an event among the functions and their events.
    private struct EventPosition: Sendable {
        let function: Int
        let event: Int
    }

    /// Creates a context for a service.
    ///
    /// - Parameters:
    ///   - service: the service to compile.
    ///   - requirementLayers: the requirement layers of the service.
    ///   - artifactDirectory: the directory of the deployment in the bucket.
    package init(
        service: Service,
        requirementLayers: RequirementLayers = .none,
        artifactDirectory: ArtifactDirectory
    ) {
        self.service = service
        self.requirementLayers = requirementLayers
        self.artifactDirectory = artifactDirectory
        let functions = service.functions.map { CompiledFunction($0) }
        self.functions = functions
        positions = Dictionary(functions.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var eventPositions: [String: [EventPosition]] = [:]
        for (index, function) in service.functions.enumerated() {
            for (number, event) in function.events.enumerated() {
                eventPositions[event.source, default: []].append(EventPosition(function: index, event: number))
            }
        }
        self.eventPositions = eventPositions
    }

    /// The layers in the configuration, followed by the requirement layers.
    package var layers: [ServiceLayer] { service.layers + requirementLayers.layers }

    /// The time of the deployment in milliseconds since 1970, for names that must differ from the previous deployment.
    package var milliseconds: Int { artifactDirectory.milliseconds }

    /// The function with a given key in `functions`.
    package func function(_ key: String) -> CompiledFunction? { positions[key].map { functions[$0] } }

    /// All events of one source, with their functions, in the order of the file.
    package func events(_ source: String) -> [(function: CompiledFunction, event: FunctionEvent)] {
        (eventPositions[source] ?? [])
            .map { (functions[$0.function], functions[$0.function].function.events[$0.event]) }
    }

    /// The bucket for the artifacts: the one in the configuration, or the one that the stack creates.
    package var deploymentBucket: TemplateValue {
        deploymentBucketName.map { .string($0) } ?? .ref(Template.deploymentBucketID)
    }

    /// The name of the bucket in the configuration, or `nil` if the stack creates one.
    package var deploymentBucketName: String? {
        let bucket = service.provider["deploymentBucket"]
        return (bucket?.string ?? bucket?["name"]?.string).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The name of the stack.
    package var stackName: String {
        service.provider["stackName"]?.string ?? "\(service.name)-\(service.stage)"
    }

    /// A property that changes with each deployment, so that custom resources run again.
    package var forceDeployValue: TemplateValue { .number(Double(milliseconds)) }

    /// The first event of some sources, which is the origin of the resources that these events share.
    func firstEvent(of sources: Set<String>) -> ResourceOrigin? {
        let first =
            sources.compactMap { source in
                eventPositions[source]?.first { functions[$0.function].function.events[$0.event].isSet }
            }
            .min { ($0.function, $0.event) < ($1.function, $1.event) }
        return first.map { .event(functions[$0.function].function.events[$0.event], of: functions[$0.function]) }
    }
}
