package import Diagnostics
import HostSystem

/// Credentials that are not there, or that a configured source does not give.
package enum CredentialsError: Error, Hashable, Sendable {
    /// No place has credentials.
    case missing(places: [String])
    /// A place has only one half of an access key.
    case incomplete(origin: String, missing: String)
    /// A profile does not exist.
    case unknownProfile(String, referrer: String?, known: [String])
    /// A profile has settings that contradict each other or lack a part.
    case invalidProfile(String, detail: String, help: String)
    /// A login is needed.
    case loginRequired(profile: String, detail: String, command: String)
    /// A configured source failed.
    case failed(origin: String, reason: String, help: [String] = [])
    /// A file cannot be read.
    case invalidConfiguration(origin: String, detail: String, line: Int?)
}

extension CredentialsError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { diagnostics.map(\.message).joined() }

    package var diagnostics: [Diagnostic] {
        switch self {
        case .missing(let places):
            [
                Diagnostic(
                    .error,
                    .missingAWSCredentials,
                    "there are no credentials for AWS",
                    notes: places.isEmpty ? [] : ["looked for credentials in \(places.joined(separator: ", "))"],
                    help: [
                        "run 'aws configure', or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                        "use a profile with '--aws-profile NAME'",
                    ]
                )
            ]
        case .incomplete(let origin, let missing):
            [
                Diagnostic(
                    .error,
                    .incompleteAWSCredentials,
                    "\(origin) has an access key ID, but \(missing) is missing",
                    help: ["set \(missing), or remove the access key ID"]
                )
            ]
        case .unknownProfile(let name, let referrer, let known):
            [
                Diagnostic(
                    .error,
                    .unknownAWSProfile,
                    "the AWS profile '\(name)' does not exist",
                    notes: referrer.map { ["the profile '\($0)' refers to it in 'source_profile'"] } ?? [],
                    help: Self.suggestion(name, known)
                )
            ]
        case .invalidProfile(let name, let detail, let help):
            [Diagnostic(.error, .invalidAWSProfile, "the AWS profile '\(name)' \(detail)", help: [help])]
        case .loginRequired(let profile, let detail, let command):
            [
                Diagnostic(
                    .error,
                    .awsLoginRequired,
                    "the AWS profile '\(profile)' needs a login: \(detail)",
                    help: ["run '\(command)'"]
                )
            ]
        case .failed(let origin, let reason, let help):
            [
                Diagnostic(
                    .error,
                    .awsCredentialsFailed,
                    "cannot get AWS credentials from \(origin): \(reason)",
                    help: help
                )
            ]
        case .invalidConfiguration(let origin, let detail, let line):
            [
                Diagnostic(
                    .error,
                    .invalidAWSConfiguration,
                    "cannot read \(line == nil ? origin : "'\(origin)'"): \(detail)",
                    at: line.map { SourcePlace(file: origin, line: $0, column: 1) }
                )
            ]
        }
    }

    private static func suggestion(_ name: String, _ known: [String]) -> [String] {
        if let nearest = NearestNames.nearest(to: name, among: known.sorted()) {
            return [NearestNames.question(nearest)]
        }
        guard !known.isEmpty else { return ["run 'aws configure --profile \(name)' to create it"] }
        return ["use one of \(known.sorted().map { "'\($0)'" }.joined(separator: ", "))"]
    }
}
