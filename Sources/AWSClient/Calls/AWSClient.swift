package import HostSystem

/// A client of AWS for one region: it finds endpoints, signs, retries, and reads errors.
///
/// Clients of several regions share credentials, connections and the retry quota; see ``in(region:)``.
package struct AWSClient: Sendable {
    /// The settings of a client that do not depend on the region.
    package struct Settings: Sendable {
        /// Which servers are called.
        package var endpoints = EndpointSettings()
        /// The certificates that prove the identity of servers.
        package var trust = ServerTrust.standard
        /// The maximum number of times that a call is sent, at least one.
        package var attempts = 3
        /// The longest time in which nothing is sent or received, for calls without a limit of their own.
        package var stall = Duration.seconds(60)

        /// Creates the default settings.
        package init() {}
    }

    /// The region of calls that name no other.
    package let region: String
    /// The settings that do not depend on the region.
    package let settings: Settings
    let host: HostServices
    private let cache: CredentialsCache
    private let quota: RetryQuota
    private let serverTime: ServerTime
    private let random: @Sendable () -> Double

    /// Creates a client; nothing is contacted before the first call.
    ///
    /// - Parameters:
    ///   - region: the region.
    ///   - credentials: finds the credentials when they are needed.
    ///   - settings: the settings.
    ///   - host: the services of the system.
    ///   - random: returns a random number from 0 to 1, for the pauses between attempts.
    package init(
        region: String,
        credentials: any AWSCredentialsProvider,
        settings: Settings = Settings(),
        host: HostServices,
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.region = region
        self.settings = settings
        self.host = host
        self.random = random
        cache = CredentialsCache(credentials, wallClock: host.wallClock)
        quota = RetryQuota()
        serverTime = ServerTime()
    }

    private init(_ other: AWSClient, region: String, settings: Settings? = nil) {
        self.region = region
        self.settings = settings ?? other.settings
        host = other.host
        random = other.random
        cache = other.cache
        quota = other.quota
        serverTime = other.serverTime
    }

    /// The client of another region, with the same credentials.
    package func `in`(region: String) -> AWSClient { AWSClient(self, region: region) }

    /// This client, which reaches buckets through the endpoint of S3 Transfer Acceleration.
    package var accelerated: AWSClient {
        var settings = settings
        settings.endpoints.usesS3Acceleration = true
        return AWSClient(self, region: region, settings: settings)
    }

    /// The partition of the region.
    package var partition: AWSPartition { .containing(region: region) }

    /// The credentials that calls are signed with; looks them up if no call has needed them yet.
    package func credentials() async throws -> AWSCredentials { try await cache.credentials() }

    // MARK: Calls

    /// Sends a call and returns the successful response.
    ///
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    func send(_ call: AWSCall) async throws -> HTTPResponse {
        try await send(call) { $0 }
    }

    /// Sends a call, and returns what is read in the successful response.
    ///
    /// A response that cannot be read is treated as a torn one, so the call is sent again.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - read: reads the content of the response.
    /// - Returns: what was read.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    func send<Value>(
        _ call: AWSCall,
        reading read: (HTTPResponse) throws(UnreadableResponse) -> Value
    ) async throws -> Value {
        try await attempts(of: call) {
            try await host.transport.send($0)
        } response: {
            $0
        } reading: { response throws(UnreadableResponse) in
            try read(response)
        }
    }

    /// Sends a call and writes the content of the successful response to a file.
    ///
    /// - Throws: ``AWSError``, errors of the credentials, `FileSystemError`, `CancellationError`.
    func download(_ call: AWSCall, _ download: HTTPDownload) async throws -> HTTPDownloadResult {
        try await attempts(of: call) {
            try await host.transport.download($0, download)
        } response: {
            $0.response
        } reading: {
            $0
        }
    }

    private func attempts<Result, Value>(
        of call: AWSCall,
        _ send: (HTTPRequest) async throws -> Result,
        response: (Result) -> HTTPResponse,
        reading read: (Result) throws(UnreadableResponse) -> Value
    ) async throws -> Value {
        var failures = 0
        var price: Int?
        var mayHaveHadEffect = false
        var hasCorrectedClock = false
        var hasRenewedCredentials = false
        while true {
            let credentials = call.isSigned ? try await cache.credentials() : nil
            let request = try request(for: call, credentials)
            var error: AWSError
            do {
                let result = try await send(request)
                let response = response(result)
                guard let found = self.error(in: response, of: call) else {
                    let value = try read(result)
                    quota.giveBack(price)
                    return value
                }
                error = found
                if error.kind == .clockSkew, !hasCorrectedClock, correctClock(response, &error) {
                    hasCorrectedClock = true
                    continue
                }
            } catch let failure as HTTPError {
                error = self.error(.transport(failure), of: call)
            } catch let failure as UnreadableResponse {
                error = self.error(.invalidResponse(detail: failure.detail), of: call)
            }
            error.followsPossibleEffect = mayHaveHadEffect
            if let credentials, error.isExpiredCredentials, !hasRenewedCredentials, cache.discard(credentials) {
                hasRenewedCredentials = true
                continue
            }
            failures += 1
            let next = RetryQuota.price(after: error)
            guard failures < settings.attempts, error.isRetryable, error.kind != .clockSkew,
                call.isIdempotent || !error.mayHaveHadEffect, quota.take(next)
            else { throw error }
            price = next
            mayHaveHadEffect = mayHaveHadEffect || error.mayHaveHadEffect
            try await host.clock.sleep(for: pause(after: failures))
        }
    }

    /// A random pause, at most as long as 1, 2, 4 … 20 seconds.
    private func pause(after failures: Int) -> Duration {
        .milliseconds(Int(1000 * random() * min(20, Double(1 << min(failures - 1, 5)))))
    }

    // MARK: Requests

    private func request(for call: AWSCall, _ credentials: AWSCredentials?) throws -> HTTPRequest {
        let region = call.region ?? region
        var path = call.path
        var endpoint: AWSEndpoint?
        if let bucket = call.bucket {
            let found = EndpointRules.bucketEndpoint(bucket, region: region, settings: settings.endpoints)
            endpoint = found?.endpoint
            path = (found?.path ?? "") + (path == "/" && found?.path.isEmpty == false ? "" : path)
        } else {
            endpoint = EndpointRules.endpoint(of: call.service, region: region, settings: settings.endpoints)
        }
        guard let endpoint else {
            throw error(.invalidResponse(detail: "the service has no such endpoint in the region"), of: call)
        }
        var request = HTTPRequest(
            call.method,
            endpoint.address(path: path, query: call.encodedQuery),
            headers: call.headers,
            body: call.body,
            limitBytes: call.limitBytes
        )
        request.followsRedirects = false
        request.keepsDotSegments = true
        request.timeouts = HTTPTimeouts(connect: min(.seconds(10), settings.stall), stall: call.stall ?? settings.stall)
        request.trust = settings.trust
        request.retries = .never
        request.uploadProgress = call.uploadProgress
        guard let credentials else { return request }
        let payload: SignatureV4.Payload =
            switch (call.digest, call.body) {
            case (let digest?, _): .digest(digest)
            case (nil, .bytes(let bytes)): .digest(SHA256.digest(of: bytes))
            case (nil, .none): .digest(SHA256.digest(of: ""))
            case (nil, .file), (nil, .filePart): .unsigned
            }
        let (wallClock, serverTime) = (host.wallClock, serverTime)
        // Just before the attempt, because the transport may have other requests to send first.
        request.prepare = { request in
            SignatureV4(
                credentials: credentials,
                region: endpoint.signingRegion,
                service: call.service.signingName,
                nowMilliseconds: wallClock.nowMilliseconds + serverTime.differenceMilliseconds
            )
            .sign(&request, payload: payload)
        }
        return request
    }

    // MARK: Errors

    /// The error of a call to this client's region.
    func error(_ cause: AWSError.Cause, of call: AWSCall) -> AWSError {
        AWSError(cause, service: call.service, operation: call.operation, region: call.region ?? region)
    }

    private func error(in response: HTTPResponse, of call: AWSCall) -> AWSError? {
        if response.isSuccess {
            guard call.mayFailLate, let root = try? XMLReader.parse(response.body), root.name == "Error" else {
                return nil
            }
            var refusal = AWSError.Refusal(response, of: call.service)
            refusal.status = 500
            return error(.refused(refusal), of: call)
        }
        if let detail = UnreadableResponse.tornError(response, of: call.service)?.detail {
            return error(.invalidResponse(detail: detail), of: call)
        }
        var result = error(.refused(AWSError.Refusal(response, of: call.service)), of: call)
        if call.bucket != nil {
            result.bucketRegion =
                response.header("x-amz-bucket-region")
                ?? (try? XMLReader.parse(response.body))?.first("Region")?.text
        }
        return result
    }

    /// Learns the time of the server if it differs from the time that was signed.
    ///
    /// - Returns: whether another attempt may succeed.
    private func correctClock(_ response: HTTPResponse, _ error: inout AWSError) -> Bool {
        guard let date = response.header("Date").flatMap({ AWSTimestamp.http($0) }) else { return false }
        let difference = date - host.wallClock.nowMilliseconds
        // AWS accepts five minutes; a signature with a smaller difference is wrong for another reason.
        guard abs(difference - serverTime.differenceMilliseconds) > 4 * 60 * 1000 else { return false }
        error.clockDifferenceMilliseconds = difference
        serverTime.differenceMilliseconds = difference
        return true
    }
}

extension AWSError {
    /// Whether the credentials have expired.
    package var isExpiredCredentials: Bool {
        ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"].contains(code)
    }
}
