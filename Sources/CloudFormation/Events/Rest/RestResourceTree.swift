import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The resources of a REST API: a tree of path segments, some of which can already exist in a shared API.
struct RestResourceTree {
    /// A path segment with its children.
    private struct Part {
        let path: String
        let name: String
        let level: Int
        /// The first event below the path, `nil` if only the settings name the path.
        let origin: ResourceOrigin?
        var parent: Int?
        var children: [Int] = []
        /// The ID of an existing resource.
        var knownID: TemplateValue?
        var hasMethod = false
        /// Whether a child was removed because it is below an existing resource.
        var isCut = false
    }

    private var parts: [Part] = []
    private var positions: [String: Int] = [:]
    private var roots: [Int] = []
    private let api: RestApi
    private let service: Service
    /// The IDs of the resources by path.
    private(set) var resourceIDs: [String: TemplateValue] = [:]

    /// Creates the tree for the paths of all events, and adds missing resources to the template.
    ///
    /// - Throws: ``DiagnosticError`` for a path whose parent exists in a shared API but has no ID in the configuration.
    init(
        _ events: [RestEvent],
        _ api: RestApi,
        _ context: CompileContext,
        into template: inout Template
    ) throws(DiagnosticError) {
        self.api = api
        service = context.service
        let known = Self.knownResources(api.settings?["restApiResources"])
        var knownPositions: [Int] = []
        var methodPositions: [Int] = []
        for (index, resource) in known.enumerated() {
            let position = insert(resource.path)
            if parts[position].knownID == nil { knownPositions.append(position) }
            parts[position].knownID = resource.id
            // All paths except the first one are treated as if they had a method, which affects where the tree is cut.
            if index > 0, !parts[position].hasMethod {
                parts[position].hasMethod = true
                methodPositions.append(position)
            }
        }
        for event in events where !event.path.isEmpty {
            let position = insert(event.path, for: event.origin)
            guard !parts[position].hasMethod else { continue }
            parts[position].hasMethod = true
            methodPositions.append(position)
        }
        if known.isEmpty {
            for root in roots { add(root, into: &template) }
            return
        }
        if events.allSatisfy({ positions[$0.path].flatMap { parts[$0].knownID } != nil }) {
            for resource in known { resourceIDs[resource.path] = resource.id }
            return
        }
        try cutKnownBranches(knownPositions)
        for root in try branches(methodPositions) { add(root, into: &template) }
    }

    /// The ID of the resource at a path.
    func resourceID(_ path: String) throws(DiagnosticError) -> TemplateValue {
        if path.isEmpty { return api.rootID }
        guard let id = resourceIDs[path] else { throw missingID(path) }
        return id
    }

    private static func knownResources(_ node: ConfigurationValue?) -> [(path: String, id: TemplateValue)] {
        let pairs: [(String, TemplateValue?)] =
            node?.list.map { $0.map { ($0["path"]?.string ?? "", $0["resourceId"]?.truthyJSON) } }
            ?? node?.map.map { $0.map { ($0.key, $0.value.json) } } ?? []
        return pairs.compactMap { path, id in id.map { (RestEvent.trimmed(path), $0) } }
    }

    private mutating func insert(_ path: String, for origin: ResourceOrigin? = nil) -> Int {
        if let known = positions[path] { return known }
        var parent: Int?
        var current = ""
        for (level, name) in path.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            current = current.isEmpty ? String(name) : "\(current)/\(name)"
            if let known = positions[current] {
                parent = known
                continue
            }
            let position = parts.count
            parts.append(Part(path: current, name: String(name), level: level, origin: origin, parent: parent))
            positions[current] = position
            if let parent { parts[parent].children.append(position) } else { roots.append(position) }
            parent = position
        }
        return parent ?? 0
    }

    private mutating func cut(_ position: Int) {
        guard let parent = parts[position].parent else { return }
        if parts[parent].children.count <= 1 {
            parts[parent].children = []
        } else {
            parts[parent].children.removeAll { $0 == position }
            parts[parent].isCut = true
        }
        parts[position].parent = nil
    }

    /// Removes existing resources, deepest first, and parents that are not needed otherwise.
    private mutating func cutKnownBranches(_ positions: [Int]) throws(DiagnosticError) {
        let sorted = positions.enumerated()
            .sorted { (parts[$0.element].level, $0.offset) < (parts[$1.element].level, $1.offset) }
        for (_, position) in sorted.reversed() {
            var current = position
            while let parent = parts[current].parent {
                if parts[parent].hasMethod, parts[parent].knownID == nil { throw missingID(parts[parent].path) }
                if parts[parent].knownID != nil || parts[parent].children.count > 1 {
                    cut(current)
                    break
                }
                current = parent
            }
        }
    }

    /// The segments at which branches with methods start: the root of the API, or existing resources.
    private mutating func branches(_ methodPositions: [Int]) throws(DiagnosticError) -> [Int] {
        var result: [Int] = []
        var seen: Set<Int> = []
        for position in methodPositions {
            var current = position
            while true {
                if parts[current].knownID != nil {
                    cut(current)
                    if seen.insert(current).inserted { result.append(current) }
                    break
                }
                if parts[current].isCut || (parts[current].parent == nil && parts[current].level > 0) {
                    throw missingID(parts[current].path)
                }
                guard let parent = parts[current].parent else {
                    if seen.insert(current).inserted { result.append(current) }
                    break
                }
                current = parent
            }
        }
        return result
    }

    private mutating func add(_ root: Int, into template: inout Template) {
        var waiting = [root]
        while let position = waiting.popLast() {
            let part = parts[position]
            if let id = part.knownID {
                resourceIDs[part.path] = id
            } else {
                let logicalID = RestNaming.resourceID(part.path)
                let parent = part.parent.flatMap { resourceIDs[parts[$0].path] } ?? api.rootID
                resourceIDs[part.path] = .ref(logicalID)
                template.begin(part.origin ?? .provider(of: service, "apiGateway", "restApiResources"))
                template.merge(
                    logicalID,
                    [
                        "Type": "AWS::ApiGateway::Resource",
                        "Properties": [
                            "ParentId": parent, "PathPart": .string(part.name), "RestApiId": api.id,
                        ],
                    ]
                )
            }
            waiting += part.children.reversed()
        }
    }

    private func missingID(_ path: String) -> DiagnosticError {
        let node = api.settings?["restApiResources"]
        return DiagnosticError(
            .missingRestResource,
            "missing the ID of the resource '\(path)' of the shared API",
            at: node?.place ?? api.settings?.place,
            notes: ["'provider.apiGateway.restApiResources' has another path below it"],
            help: ["add '\(path)' to 'provider.apiGateway.restApiResources'"]
        )
    }
}
