package import Diagnostics
import HostSystem

extension AWSError: DiagnosticConvertible {
    package var diagnostics: [Diagnostic] {
        [Diagnostic(.error, diagnosticCode, description, notes: notes, help: help)]
    }

    private var diagnosticCode: DiagnosticCode {
        switch cause {
        case .transport(let error): error.cause == .untrusted ? .untrustedCertificate : .awsUnreachable
        case .invalidResponse: .invalidAWSResponse
        case .refused(let refusal):
            switch refusal.code {
            case _ where isExpiredCredentials: .expiredAWSCredentials
            case _ where Self.rejectedCredentialCodes.contains(refusal.code): .rejectedAWSCredentials
            case "SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed", "RequestExpired",
                "RequestInTheFuture", "IncompleteSignature":
                .awsSignatureMismatch
            case _ where Self.deniedCodes.contains(refusal.code): .awsAccessDenied
            default: kind == .throttled ? .awsThrottled : .awsCallFailed
            }
        }
    }

    private static let rejectedCredentialCodes: Set<String> = [
        "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken",
        "MissingAuthenticationToken", "MissingAuthenticationTokenException",
    ]
    private static let deniedCodes: Set<String> = [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "NotAuthorized",
        "Forbidden", "ForbiddenException",
    ]

    private var notes: [String] {
        var notes: [String] = []
        if let clockDifferenceMilliseconds {
            let minutes = abs(clockDifferenceMilliseconds) / 60_000
            let direction = clockDifferenceMilliseconds > 0 ? "behind" : "ahead of"
            notes.append("the clock of this machine is \(minutes) minutes \(direction) that of AWS")
        }
        if case .transport(let error) = cause { notes.append("the address is \(error.address.origin)") }
        if let requestID { notes.append("the request has the ID \(requestID)") }
        return notes
    }

    private var help: [String] {
        switch diagnosticCode {
        case .awsAccessDenied:
            [
                "allow '\(deniedAction ?? action)' in the IAM policy of the user or role",
                "if the account is wrong, use another profile with '--aws-profile'",
            ]
        case .expiredAWSCredentials:
            ["get new credentials: log in again, or replace AWS_SESSION_TOKEN and the keys that belong to it"]
        case .rejectedAWSCredentials:
            ["check the access key: it may be deleted, of another partition, or without its session token"]
        case .awsSignatureMismatch:
            clockDifferenceMilliseconds == nil
                ? ["check the secret access key, which does not belong to the access key ID"]
                : ["set the clock of this machine"]
        case .awsUnreachable: ["check the network connection, the region, and the proxy (https_proxy, no_proxy)"]
        case .untrustedCertificate:
            ["set AWS_CA_BUNDLE, or 'ca_bundle' in the profile, to a file with the certificates of your network"]
        case .awsThrottled: ["try again later"]
        default: []
        }
    }

    /// The action that a policy lacks, which services name after 'perform:'.
    private var deniedAction: String? {
        guard let start = message.firstRange(of: "perform: ") else { return nil }
        let action = message[start.upperBound...].prefix { !$0.isWhitespace && $0 != "," }
        return action.contains(":") ? String(action) : nil
    }
}
