import HostSystem
import OrderedJSON

extension CredentialChain {
    // MARK: Containers

    /// The credentials of the role of a container in ECS, EKS or Lambda; `nil` if this is not such a container.
    func containerCredentials() async throws -> AWSCredentials? {
        let text: String
        if let relative = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            text = "http://169.254.170.2\(relative)"
        } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
            text = full
        } else {
            return nil
        }
        let origin = "the container"
        guard let address = WebAddress(text), Self.isTrusted(address) else {
            throw CredentialsError.failed(
                origin: origin,
                reason: "'\(text)' is neither on this machine, nor of the container's host, nor an https URL"
            )
        }
        var request = HTTPRequest(
            "GET",
            address,
            headers: [HTTPHeader("Accept", "application/json")],
            limitBytes: 1 << 20
        )
        if let token = try await containerToken(origin) { request.headers.append(HTTPHeader("Authorization", token)) }
        request.usesProxy = false
        request.followsRedirects = false
        request.timeouts = HTTPTimeouts(connect: .seconds(2), stall: .seconds(2), total: .seconds(5))
        request.retries = RetryPolicy(
            attempts: 3,
            isIdempotent: true,
            statuses: RetryPolicy.transientStatuses,
            firstPause: .seconds(1)
        )
        let response: HTTPResponse
        do {
            response = try await host.transport.send(request)
        } catch let error as HTTPError {
            throw CredentialsError.failed(origin: origin, reason: "\(error)")
        }
        guard response.status == 200, let json = try? JSONValue(parsing: response.body) else {
            throw CredentialsError.failed(
                origin: origin,
                reason: "'\(address.origin)' responded with status \(response.status) and no JSON document"
            )
        }
        return try Self.credentials(json, token: "Token", origin: origin)
    }

    /// The token that a container shows, which a file can have so that it can change.
    private func containerToken(_ origin: String) async throws -> Secret? {
        let token: String
        if let file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
            let files = host.files
            token = try await Self.naming(origin) { try await offPool { try files.readText(LocalPath(file)) } }
        } else if let value = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] {
            token = value
        } else {
            return nil
        }
        guard !token.utf8.contains(0x0A), !token.utf8.contains(0x0D) else {
            throw CredentialsError.failed(origin: origin, reason: "the authorization token has a line break")
        }
        return Secret(token)
    }

    /// Whether credentials from an address can only come from this machine or its host.
    private static func isTrusted(_ address: WebAddress) -> Bool {
        let hosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "[::1]"]
        if address.scheme == "https" || hosts.contains(address.host) { return true }
        let parts = address.host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts.allSatisfy { $0 != nil } && parts[0] == 127
    }

    // MARK: Instances

    /// The credentials of the role of an EC2 instance; `nil` if this is not one, or if it has no role.
    func instanceCredentials() async throws -> AWSCredentials? {
        if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
        guard let base = WebAddress(metadataEndpoint) else {
            throw CredentialsError.invalidConfiguration(
                origin: "the endpoint of instance metadata",
                detail: "'\(metadataEndpoint)' is not an http or https URL",
                line: nil
            )
        }
        let token: Secret?
        do {
            switch try await metadataAccess(base) {
            case .none: return nil
            case .open: token = nil
            case .token(let value): token = value
            }
        } catch let error as HTTPError where error.isTransient || error.cause == .other {
            // Most machines are not instances.
            return nil
        }
        let path = "/latest/meta-data/iam/security-credentials/"
        do {
            guard let role = try await metadata(base, path, token) else { return nil }
            let name = role.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            guard !name.isEmpty, let text = try await metadata(base, path + PercentCoding.encode(name), token),
                let json = try? JSONValue(parsing: text)
            else { return nil }
            let origin = "the role '\(name)' of the instance"
            if let code = json["Code"]?.stringValue, code != "Success" {
                throw CredentialsError.failed(origin: origin, reason: "\(json["Message"]?.stringValue ?? code)")
            }
            return try Self.credentials(json, token: "Token", origin: origin)
        } catch let error as HTTPError {
            throw CredentialsError.failed(origin: "instance metadata", reason: "\(error)")
        }
    }

    private var metadataEndpoint: String {
        let values = configuration.profiles[session.profile]?.values ?? [:]
        func value(_ variable: String, _ setting: String) -> String? {
            environment.nonEmpty(variable) ?? values[setting]
        }
        if let endpoint = value("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint") {
            return endpoint
        }
        let mode = value("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
        return mode?.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    }

    /// How metadata can be read.
    private enum MetadataAccess {
        /// There is no metadata.
        case none
        /// Without a token, as by the first version of the service.
        case open
        /// With a token (IMDSv2).
        case token(Secret)
    }

    private func metadataAccess(_ base: WebAddress) async throws -> MetadataAccess {
        var request = metadataRequest("PUT", base, "/latest/api/token")
        request.headers = [HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")]
        let response = try await host.transport.send(request)
        switch response.status {
        case 200: return .token(Secret(String(decoding: response.body, as: UTF8.self)))
        case 403, 404, 405:
            return environment["AWS_EC2_METADATA_V1_DISABLED"]?.lowercased() == "true" ? .none : .open
        default: return .none
        }
    }

    private func metadata(_ base: WebAddress, _ path: String, _ token: Secret?) async throws -> String? {
        var request = metadataRequest("GET", base, path)
        if let token { request.headers = [HTTPHeader("x-aws-ec2-metadata-token", token)] }
        let response = try await host.transport.send(request)
        return response.status == 200 ? String(decoding: response.body, as: UTF8.self) : nil
    }

    private func metadataRequest(_ method: String, _ base: WebAddress, _ path: String) -> HTTPRequest {
        var address = base
        address.path = (base.path.hasSuffix("/") ? String(base.path.dropLast()) : base.path) + path
        var request = HTTPRequest(method, address, limitBytes: 1 << 20)
        request.usesProxy = false
        request.followsRedirects = false
        let seconds = environment.nonEmpty("AWS_METADATA_SERVICE_TIMEOUT").flatMap { Int($0) } ?? 1
        let limit = Duration.seconds(max(1, seconds))
        request.timeouts = HTTPTimeouts(connect: limit, stall: limit, total: limit * 2)
        let attempts = environment.nonEmpty("AWS_METADATA_SERVICE_NUM_ATTEMPTS").flatMap { Int($0) } ?? 1
        request.retries = RetryPolicy(
            attempts: max(1, attempts),
            isIdempotent: true,
            statuses: RetryPolicy.transientStatuses
        )
        return request
    }
}
