package import RequirementFormats

/// Provides the wheels that a requirement set means for a target.
package protocol WheelProvider: Sendable {
    /// Resolves a requirement set for a target, and brings every wheel of it onto this machine.
    ///
    /// Several targets and sets may be asked for at once.
    /// - Parameters:
    ///   - requirements: What is asked for.
    ///   - target: What it is for.
    ///   - options: How wheels are come by.
    ///   - report: Gets what happens, on any thread.
    /// - Returns: The wheels, sorted by normalized name, one of a distribution.
    /// - Throws: an error that can tell itself (`DiagnosticConvertible`), `CancellationError`.
    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel]
}
