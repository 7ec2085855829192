package import RequirementFormats

/// Provides the wheels that satisfy a requirement set on a target.
package protocol WheelProvider: Sendable {
    /// Resolves a requirement set for a target, and stores its wheels on the local disk.
    ///
    /// It may be called for several targets and sets at the same time.
    /// - Parameters:
    ///   - requirements: The requirements, or a lock.
    ///   - target: The target to install for.
    ///   - options: The options of the service.
    ///   - report: Receives the progress, on any thread.
    /// - Returns: The wheels, one for each distribution, sorted by normalized name.
    /// - Throws: A `DiagnosticConvertible` error, or `CancellationError`.
    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel]

    /// Removes stored wheels that turned out to be damaged, so that they are downloaded or built again when they are
    /// requested the next time.
    ///
    /// - Parameter wheels: The wheels; those with the right content are kept.
    /// - Throws: A `DiagnosticConvertible` error if they cannot be removed, or `CancellationError`.
    func discard(_ wheels: [StoredWheel]) async throws

    /// Runs work that requests wheels several times, with what the requests share, such as the containers of builds.
    ///
    /// - Parameter body: The work, which calls the provider that it receives.
    /// - Returns: The result of the work.
    /// - Throws: The errors of the work.
    func sharingContainers<Result: Sendable>(
        _ body: (any WheelProvider) async throws -> Result
    ) async throws -> Result
}

extension WheelProvider {
    package func sharingContainers<Result: Sendable>(
        _ body: (any WheelProvider) async throws -> Result
    ) async throws -> Result {
        try await body(self)
    }
}
