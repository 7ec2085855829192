import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `s3` events: buckets of this stack with their notifications.
///
/// ``ExistingBucketEvents`` handles existing buckets.
enum S3Events: ResourceFamily {
    static let sources: Set<String> = ["s3"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var buckets = OrderedMap<Bucket>()
        for (function, event) in context.events("s3") where event.isSet && event["existing"]?.isTruthy != true {
            let reference = try bucketReference(of: event, function)
            let settings = context.service.provider["s3"]?[reference]
            let name = settings?["name"]?.string ?? reference
            if let settings {
                // The last event that refers to the bucket by its key in `provider.s3` decides.
                buckets[name, default: Bucket()].settings = settings
                buckets[name, default: Bucket()].reference = reference
            }
            try check(name, event, function)
            buckets[name, default: Bucket()].configurations.append(configuration(of: event, function))
            buckets[name, default: Bucket()].functions.append(function)
            buckets[name, default: Bucket()].origins.append(.event(event, of: function))
        }
        for (name, bucket) in buckets {
            template.begin(bucket.origins.first)
            template.merge(bucket.logicalID(name), bucket.resource(name))
        }
        for (name, bucket) in buckets {
            for (function, origin) in zip(bucket.functions, bucket.origins) {
                template.begin(origin)
                template.merge(bucket.permissionID(function, name), permission(function, bucketName: name))
            }
        }
    }

    private struct Bucket {
        var reference: String?
        var settings: ConfigurationValue?
        var configurations: [TemplateValue] = []
        var functions: [CompiledFunction] = []
        var origins: [ResourceOrigin] = []

        func logicalID(_ name: String) -> String { "S3Bucket" + Naming.capitalizedAlphanumeric(reference ?? name) }

        func permissionID(_ function: CompiledFunction, _ name: String) -> String {
            "\(function.normalizedName)LambdaPermission\(Naming.capitalizedAlphanumeric(reference ?? name))S3"
        }

        func resource(_ name: String) -> TemplateValue {
            var properties: OrderedMap<TemplateValue> = ["BucketName": .string(name)]
            var notifications: OrderedMap<TemplateValue> = ["LambdaConfigurations": .array(configurations)]
            for (key, value) in settings?.map ?? [:] where key != "name" && !value.isNull {
                if key == "notificationConfiguration" {
                    for (kind, list) in value.map ?? [:] { notifications[kind] = list.json }
                } else {
                    properties[Naming.normalizedName(key)] = value.json
                }
            }
            properties["NotificationConfiguration"] = .object(notifications)
            let dependencies = functions.flatMap { [permissionID($0, name), $0.alias?.logicalID].compactMap(\.self) }
            return [
                "Type": "AWS::S3::Bucket",
                "Properties": .object(properties),
                "DependsOn": .array(dependencies.map { .string($0) }),
            ]
        }
    }

    private static func bucketReference(
        of event: FunctionEvent,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> String {
        let bucket = event["bucket"] ?? event.node
        guard let reference = bucket.string else {
            throw DiagnosticError(
                .invalidBucket,
                "the 'bucket' of \(event.label(of: function)) is not a string",
                at: bucket.place,
                notes: ["only the name of an existing bucket can be an intrinsic function"],
                help: ["use a string, or set 'existing: true'"]
            )
        }
        return reference
    }

    /// Whether S3 accepts a name: labels of lower-case letters, digits and hyphens, but not an IP address.
    private static func check(
        _ name: String,
        _ event: FunctionEvent,
        _ function: CompiledFunction
    ) throws(DiagnosticError) {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        func isAlphanumeric(_ byte: UInt8?) -> Bool {
            byte.map { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) } ?? false
        }
        let isFit = labels.allSatisfy { label in
            isAlphanumeric(label.first) && isAlphanumeric(label.last)
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
        let isAddress =
            labels.count == 4 && labels.allSatisfy { $0.count <= 3 && $0.allSatisfy { (0x30...0x39).contains($0) } }
        guard !isFit || isAddress else { return }
        throw DiagnosticError(
            .invalidBucket,
            "'\(name)' is not a valid name of a bucket, in \(event.label(of: function))",
            at: (event["bucket"] ?? event.node).place,
            notes: ["names of buckets consist of lower-case letters, digits, hyphens and dots"],
            help: ["if the name is set in 'provider.s3', change it there"]
        )
    }

    private static func configuration(of event: FunctionEvent, _ function: CompiledFunction) -> TemplateValue {
        let rules = event["rules"]?.list?
            .map { rule -> TemplateValue in
                guard let (key, value) = rule.map?.first(where: { _ in true }) else { return [:] }
                return ["Name": .string(key), "Value": value.json]
            }
        return .object(of: [
            "Event": event["event"]?.truthyJSON ?? "s3:ObjectCreated:*",
            "Function": function.target,
            "Filter": rules.map { ["S3Key": ["Rules": .array($0)]] },
        ])
    }

    private static func permission(_ function: CompiledFunction, bucketName: String) -> TemplateValue {
        function.permission(
            for: "s3.amazonaws.com",
            [
                "SourceArn": .join("", ["arn:", .ref("AWS::Partition"), .string(":s3:::\(bucketName)")]),
                "SourceAccount": .ref("AWS::AccountId"),
            ]
        )
    }
}
