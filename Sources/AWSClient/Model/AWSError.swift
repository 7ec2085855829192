package import HostSystem

/// A call that a service of AWS refused, or that got no usable response.
package struct AWSError: Error, Hashable, Sendable {
    /// Why a call failed.
    package enum Cause: Hashable, Sendable {
        /// The service responded with an error.
        case refused(Refusal)
        /// There was no complete response.
        case transport(HTTPError)
        /// The response cannot be read.
        case invalidResponse(detail: String)
    }

    /// The error that a service responded with.
    package struct Refusal: Hashable, Sendable {
        /// The name of the error, such as `ValidationError`.
        package var code: String
        /// The sentence of the service; empty if it sent none.
        package var message: String
        /// The status of the response.
        package var status: Int
        /// The identifier that AWS Support asks for.
        package var requestID: String?

        /// Creates the error of a response.
        package init(code: String, message: String, status: Int, requestID: String? = nil) {
            self.code = code
            self.message = message
            self.status = status
            self.requestID = requestID
        }
    }

    /// What a later call can expect.
    package enum Kind: Hashable, Sendable {
        /// The same call fails again.
        case permanent
        /// The service or the network failed for a moment.
        case transient
        /// There were too many calls.
        case throttled
        /// The clock of this machine is wrong.
        case clockSkew
    }

    /// The service that was called.
    package let service: AWSService
    /// The operation, such as `DescribeStacks`.
    package let operation: String
    /// The region that was called.
    package let region: String
    /// Why the call failed.
    package let cause: Cause
    /// The difference between the clocks of the server and of this machine if it may be the cause.
    package var clockDifferenceMilliseconds: Int64?
    /// Whether an earlier attempt of the same call may have had its effect, so that this error may be its consequence.
    package var followsPossibleEffect = false
    /// The region of the bucket that S3 names in its response.
    package var bucketRegion: String?

    /// Creates the error of a call.
    package init(_ cause: Cause, service: AWSService, operation: String, region: String) {
        self.cause = cause
        self.service = service
        self.operation = operation
        self.region = region
    }

    private var refusal: Refusal? { if case .refused(let refusal) = cause { refusal } else { nil } }

    /// The name of the error that the service responded with, such as `ValidationError`.
    package var code: String? { refusal?.code }
    /// The status of the response; `nil` without a response.
    package var status: Int? { refusal?.status }
    /// The identifier of the request.
    package var requestID: String? { refusal?.requestID }
    /// The sentence of the service, or the description of another cause.
    package var message: String {
        switch cause {
        case .refused(let refusal):
            refusal.message.isEmpty ? "\(refusal.code), status \(refusal.status)" : refusal.message
        case .transport(let error): error.detail
        case .invalidResponse(let detail): detail
        }
    }

    /// The action of IAM policies that allows the call, such as `cloudformation:DescribeStacks`.
    package var action: String { "\(service.actionPrefix):\(operation)" }

    /// Whether the same call may succeed later.
    package var isRetryable: Bool { kind != .permanent }

    /// What a later call can expect; the names are those of the standard mode of the AWS SDKs.
    package var kind: Kind {
        switch cause {
        case .transport(let error): return error.isTransient ? .transient : .permanent
        case .invalidResponse: return .transient
        case .refused(let refusal):
            if Self.throttlingCodes.contains(refusal.code) || refusal.status == 429 { return .throttled }
            if Self.clockSkewCodes.contains(refusal.code) { return .clockSkew }
            let isTransient =
                Self.transientStatuses.contains(refusal.status) || Self.transientCodes.contains(refusal.code)
            return isTransient ? .transient : .permanent
        }
    }

    /// Whether the service may have done what it was called for.
    package var mayHaveHadEffect: Bool {
        switch cause {
        case .transport(let error): error.mayHaveBeenSent
        case .invalidResponse: true
        case .refused(let refusal): kind == .transient && refusal.status >= 500
        }
    }

    private static let transientStatuses: Set<Int> = [500, 502, 503, 504]
    private static let transientCodes: Set<String> = ["RequestTimeout", "RequestTimeoutException", "InternalError"]
    private static let throttlingCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    ]
    private static let clockSkewCodes: Set<String> = [
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException",
        "SignatureDoesNotMatch", "AuthFailure",
    ]
}

extension AWSError: CustomStringConvertible {
    package var description: String {
        "cannot call '\(action)' in '\(region)': \(message)"
            + (code.map { message.contains($0) ? "" : " (\($0))" } ?? "")
    }
}
