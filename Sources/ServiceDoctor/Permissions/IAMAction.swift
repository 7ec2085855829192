package import AWSClient

/// An action that an IAM policy allows, such as `s3:GetObject`.
package struct IAMAction: Hashable, Sendable, Comparable {
    /// The action with the prefix of its service.
    package let name: String

    /// Creates an action of a name such as `iam:PassRole`.
    package init(_ name: String) { self.name = name }

    package static func < (left: Self, right: Self) -> Bool { left.name < right.name }

    /// The actions that allow an operation; most have the name of the operation.
    ///
    /// - Parameters:
    ///   - operation: the name of the operation, such as `HeadObject`.
    ///   - service: the service.
    /// - Returns: the actions; none if the operation needs no permission.
    package static func actions(for operation: String, of service: AWSService) -> [IAMAction] {
        let prefix = service.actionPrefix
        switch (prefix, operation) {
        case ("sts", "GetCallerIdentity"): return []
        case ("apigateway", _): return [IAMAction("apigateway:\(method(of: operation))")]
        case ("lambda", "Invoke"): return [IAMAction("lambda:InvokeFunction")]
        case ("s3", _):
            return (ofS3[operation] ?? [operation]).map { IAMAction("s3:\($0)") }
        default: return [IAMAction("\(prefix):\(operation)")]
        }
    }

    /// API Gateway has actions named after the methods of HTTP.
    private static func method(of operation: String) -> String {
        switch operation {
        case _ where operation.hasPrefix("Get"): "GET"
        case _ where operation.hasPrefix("Update"): "PATCH"
        case "TagResource": "PUT"
        case "UntagResource": "DELETE"
        default: "POST"
        }
    }

    /// The actions of operations of S3 that have other names.
    private static let ofS3: [String: [String]] = [
        "AbortMultipartUpload": ["AbortMultipartUpload"], "CompleteMultipartUpload": ["PutObject"],
        "CreateMultipartUpload": ["PutObject"], "DeleteObjects": ["DeleteObject", "DeleteObjectVersion"],
        "HeadBucket": ["ListBucket"], "HeadObject": ["GetObject"],
        "ListMultipartUploads": ["ListBucketMultipartUploads"],
        "ListObjectVersions": ["ListBucketVersions"], "ListObjectsV2": ["ListBucket"], "UploadPart": ["PutObject"],
    ]
}
