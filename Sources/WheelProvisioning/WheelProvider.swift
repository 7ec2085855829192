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
}
