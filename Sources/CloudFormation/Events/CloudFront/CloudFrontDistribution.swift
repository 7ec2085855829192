import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// A distribution whose origins and behaviors are collected from events.
struct CloudFrontDistribution {
    /// The managed policy `CachingOptimized`, for behaviors without cache settings.
    private static let cachingOptimized: TemplateValue = "658327ea-f89d-4fab-a63d-7e88639e58f6"

    private var origins: [TemplateValue] = []
    private var behaviors: [TemplateValue] = []
    private var defaultOriginID: TemplateValue?
    private var firstPlace: SourcePlace?

    /// The logical ID of a cache policy in this service.
    static func cachePolicyID(_ name: String) -> String {
        "CloudFrontCachePolicy" + Naming.normalizedFunctionName(name)
    }

    /// Adds the origin and behavior of an event.
    mutating func add(
        _ event: FunctionEvent,
        of function: CompiledFunction,
        versionID: String,
        cachePolicies: [String]
    ) throws(DiagnosticError) {
        firstPlace = firstPlace ?? event.node.place
        let origin = Self.origin(event["origin"])
        guard let originID = origin["Id"] else { return }
        if let known = origins.firstIndex(where: { $0["Id"] == originID }) {
            origins[known] = Self.extended(origins[known], origin)
        } else {
            origins.append(origin)
        }
        if event["isDefaultOrigin"]?.isTruthy == true {
            if let defaultOriginID, defaultOriginID != originID {
                throw DiagnosticError(
                    .invalidDefaultOrigin,
                    "two 'cloudFront' events have different default origins",
                    at: event["isDefaultOrigin"]?.place,
                    help: ["set 'isDefaultOrigin: true' for one origin only"]
                )
            }
            defaultOriginID = originID
        }
        var behavior = try Self.behavior(event, cachePolicies)
        behavior["TargetOriginId"] = originID
        behavior["LambdaFunctionAssociations"] = [
            .object(of: [
                "EventType": event["eventType"]?.json, "LambdaFunctionARN": .ref(versionID),
                "IncludeBody": event["includeBody"]?.json,
            ])
        ]
        behavior["PathPattern"] = event["pathPattern"]?.string.flatMap { $0.isEmpty ? nil : .string($0) }
        let known = behaviors.firstIndex {
            $0["PathPattern"] == behavior["PathPattern"] && $0["TargetOriginId"] == originID
        }
        if let known {
            behaviors[known] = Self.extended(behaviors[known], behavior)
        } else {
            behaviors.append(behavior)
        }
    }

    /// The resource of the distribution.
    func resource(_ context: CompileContext) throws(DiagnosticError) -> TemplateValue {
        // The behavior without a path is the default; sorting keeps the order of the others.
        var sorted = behaviors.filter { $0["PathPattern"] == nil } + behaviors.filter { $0["PathPattern"] != nil }
        try check(sorted)
        if sorted[0]["PathPattern"] != nil {
            guard defaultOriginID != nil || origins.count == 1 else {
                throw DiagnosticError(
                    .invalidDefaultOrigin,
                    "the distribution has \(origins.count) origins, but no default origin",
                    at: firstPlace,
                    help: ["set 'isDefaultOrigin: true' for one of them"]
                )
            }
            var standard = sorted[0]
            standard["PathPattern"] = nil
            standard["LambdaFunctionAssociations"] = nil
            standard["TargetOriginId"] = defaultOriginID ?? origins[0]["Id"]
            sorted.insert(standard, at: 0)
        }
        return [
            "Type": "AWS::CloudFront::Distribution",
            "Properties": [
                "DistributionConfig": .object(of: [
                    "Comment": .string("\(context.service.name) \(context.service.stage)"),
                    "Enabled": true,
                    "DefaultCacheBehavior": sorted[0],
                    "Origins": .array(origins),
                    "CacheBehaviors": sorted.count > 1 ? .array(Array(sorted.dropFirst())) : nil,
                ])
            ],
        ]
    }

    private func check(_ behaviors: [TemplateValue]) throws(DiagnosticError) {
        let paths = behaviors.map { $0["PathPattern"] ?? .null }
        if Set(paths).count < paths.count {
            throw DiagnosticError(
                .conflictingBehaviors,
                "two behaviors of the distribution have the same 'pathPattern'",
                at: firstPlace,
                help: ["use different paths for different origins"]
            )
        }
        for behavior in behaviors {
            let types = (behavior["LambdaFunctionAssociations"]?.arrayValue ?? []).map { $0["EventType"] ?? .null }
            guard Set(types).count < types.count else { continue }
            throw DiagnosticError(
                .conflictingBehaviors,
                "two functions have the same event type in one behavior of the distribution",
                at: firstPlace,
                help: ["use different values of 'eventType' or 'pathPattern'"]
            )
        }
    }

    private static func behavior(
        _ event: FunctionEvent,
        _ cachePolicies: [String]
    ) throws(DiagnosticError) -> TemplateValue {
        var behavior: OrderedMap<TemplateValue> = ["ViewerProtocolPolicy": "allow-all"]
        let settings = event["behavior"]
        for (key, value) in settings?.map ?? [:] where !value.isNull { behavior[key] = value.json }
        if let policy = event["cachePolicy"] {
            if let name = policy["name"]?.string, !name.isEmpty, !cachePolicies.contains(name) {
                throw DiagnosticError(
                    .unknownCachePolicy,
                    "unknown cache policy '\(name)' of a 'cloudFront' event",
                    at: policy["name"]?.place,
                    help: ["define it in 'provider.cloudFront.cachePolicies'"]
                )
            }
            let name = policy["name"]?.string
            behavior["CachePolicyId"] = policy["id"]?.truthyJSON ?? name.map { .ref(cachePolicyID($0)) }
        } else if behavior["CachePolicyId"] == nil || behavior["CachePolicyId"] == "" {
            let usesOldSettings =
                settings?["ForwardedValues"]?.isTruthy == true
                || ["MaxTTL", "MinTTL", "DefaultTTL"].contains { settings?[$0] != nil }
            if !usesOldSettings { behavior["CachePolicyId"] = cachingOptimized }
        }
        return .object(behavior)
    }

    private static func origin(_ node: ConfigurationValue?) -> TemplateValue {
        guard let text = node?.string else {
            var origin = node?.json ?? .object([:])
            origin["Id"] = .string(id(of: origin))
            return origin
        }
        let address = OriginAddress(text)
        let isBucket = address.scheme == "s3"
        var origin: TemplateValue = .object(of: [
            "DomainName": address.host.map { .string($0) },
            "OriginPath": address.path.flatMap { $0.utf16.count > 1 ? .string($0) : nil },
            "S3OriginConfig": isBucket ? .object([:]) : nil,
            "CustomOriginConfig": isBucket ? nil : ["OriginProtocolPolicy": "match-viewer"],
        ])
        origin["Id"] = .string(id(of: origin))
        return origin
    }

    /// The ID of an origin; a domain that is missing or not a string is included as JSON.
    private static func id(of origin: TemplateValue) -> String {
        let domain = origin["DomainName"] ?? .null
        let name = domain.stringValue ?? Naming.capitalizedAlphanumeric(JSONWriter().text(of: domain))
        let kind = ConfigurationValue(origin["S3OriginConfig"] ?? .null).isTruthy ? "s3" : "custom"
        return "\(kind)/\(name)\(origin["OriginPath"]?.stringValue ?? "")"
    }

    /// Merges an origin or behavior with that of another event.
    ///
    /// Lists are concatenated without duplicates, and mappings are merged. For other values, the first one is used.
    private static func extended(_ base: TemplateValue, _ other: TemplateValue) -> TemplateValue {
        guard case .object(var members) = base, let added = other.objectValue else { return base }
        for (key, value) in added {
            switch (members[key], value) {
            case (nil, _): members[key] = value
            case (.array(let items)?, .array(let more)):
                var joined = items
                for item in more where !joined.contains(item) { joined.append(item) }
                members[key] = .array(joined)
            case (.object(let known)?, .object): members[key] = extended(.object(known), value)
            case (_?, _): break
            }
        }
        return .object(members)
    }
}
