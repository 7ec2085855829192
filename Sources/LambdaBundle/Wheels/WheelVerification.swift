import Diagnostics
import HostSystem
import WheelProvisioning

/// The content of wheels in the store was not what it should be, although the status of their files has not changed.
struct DamagedWheels: Error {
    /// The wheels with other content than when they were stored.
    let wheels: [StoredWheel]
}

/// The verification of the content of wheels, which runs while artifacts are made from them.
struct WheelVerification: Sendable {
    let files: any FileSystem

    /// Reads wheels, and compares their content with what was verified when they were stored.
    ///
    /// It runs on a thread of its own, so that it uses a processor that the work on artifacts does not.
    ///
    /// - Parameter wheels: the wheels, which may contain duplicates.
    /// - Throws: ``DamagedWheels``.
    func verify(_ wheels: some Sequence<StoredWheel>) async throws {
        let distinct = Set(wheels).sorted { $0.path < $1.path }
        guard !distinct.isEmpty else { return }
        let files = self.files
        let damaged = try await offPool {
            distinct.filter { !$0.hasVerifiedContent(files: files) }
        }
        if !damaged.isEmpty { throw DamagedWheels(wheels: damaged) }
    }

    /// Runs work on wheels while their content is verified; if both fail, the damage is the cause.
    ///
    /// - Throws: ``DamagedWheels``, the errors of the work, `CancellationError`.
    func verifying<Result: Sendable>(
        _ wheels: [StoredWheel],
        while body: @Sendable () async throws -> Result
    ) async throws -> Result {
        async let verification: Void = verify(wheels)
        do {
            let result = try await body()
            try await verification
            return result
        } catch let error as CancellationError {
            throw error
        } catch {
            try await verification
            throw error
        }
    }
}

extension DamagedWheels {
    /// The error if wheels are damaged again right after they were stored, as on a failing disk.
    func diagnosticError(_ cache: LocalPath) -> DiagnosticError {
        DiagnosticError(
            .damagedWheel,
            "wheels in the cache '\(cache)' change after they are stored: "
                + wheels.map { "'\($0.path.lastComponent)'" }.joined(separator: ", "),
            help: [
                "check the disk and the programs that write to the cache, or set 'cacheLocation' to another directory"
            ]
        )
    }
}
