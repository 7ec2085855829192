package import HostSystem
package import OrderedJSON

/// A value outside the service that a variable refers to, such as the SSM parameter of `${ssm:/path}`.
package struct RemoteVariable: Hashable, Sendable {
    /// The sources that query AWS, by the names that variables have.
    package enum Source: String, Hashable, Sendable, CaseIterable {
        /// A fact of the account, such as `aws:accountId`.
        case aws
        /// An output of a CloudFormation stack: `cf(region):stack.output`.
        case cf
        /// The content of an S3 object: `s3(region):bucket/key`.
        case s3
        /// An SSM parameter: `ssm(region, raw):/path`.
        case ssm
    }

    /// The source that has the value.
    package let source: Source
    /// The parameters in parentheses, in order; an empty string for one that is not given.
    package let parameters: [String]
    /// The address after the colon.
    package let address: String

    /// Makes a variable of a source.
    package init(_ source: Source, parameters: [String] = [], address: String) {
        self.source = source
        self.parameters = parameters
        self.address = address
    }
}

/// The account and region in which remote variables are looked up.
package struct RemoteVariableAccess: Hashable, Sendable {
    /// The region of variables that do not name one.
    package let region: String
    /// The stage, whose name is a part of some environment variables.
    package let stage: String
    /// The profile of `--aws-profile`; `nil` if it is not given.
    package let optionProfile: String?
    /// The profile of `--aws-profile` or `provider.profile`; `nil` if neither is set.
    package let profile: String?
    /// The environment with the variables of `.env` files, which may hold credentials.
    package let environment: Environment

    /// Makes the access of a service.
    package init(
        region: String,
        stage: String = "dev",
        optionProfile: String? = nil,
        profile: String?,
        environment: Environment
    ) {
        self.region = region
        self.stage = stage
        self.optionProfile = optionProfile
        self.profile = profile
        self.environment = environment
    }
}

/// What a source found for a remote variable.
package enum RemoteVariableResult: Hashable, Sendable {
    /// The value; strings in it may hold variables.
    case value(JSONValue)
    /// There is no such value, so that the variable takes its fallback.
    case missing
    /// The source refused this variable, for example because access is denied.
    case failure(message: String, notes: [String] = [])
}

/// Looks up the variables whose values are in AWS.
///
/// The resolver calls it with all variables that are needed at a time, so that many values cost few round trips.
package protocol RemoteVariableSource: Sendable {
    /// Looks up some variables, each of which is looked up once in a resolution.
    ///
    /// - Parameters:
    ///   - variables: the variables, without duplicates.
    ///   - access: the account and region.
    /// - Returns: the result of each variable; one without a result counts as missing.
    /// - Throws: an error that concerns all variables, such as missing credentials.
    func results(
        of variables: [RemoteVariable],
        access: RemoteVariableAccess
    ) async throws -> [RemoteVariable: RemoteVariableResult]
}
