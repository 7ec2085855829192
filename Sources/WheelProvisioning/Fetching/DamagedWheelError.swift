import Diagnostics
import HostSystem
import RequirementFormats

/// Errors about wheels in the cache whose content has changed.
enum DamagedWheelError {
    /// The error if a damaged wheel cannot be downloaded again.
    static func notReplaced(
        _ file: LocalPath,
        _ request: WheelFetcher.FileRequest,
        _ cause: [Diagnostic]
    ) -> DiagnosticError {
        DiagnosticError(
            .damagedWheel,
            "the wheel '\(request.file.name)' in the cache is damaged, and cannot be downloaded again",
            at: request.place,
            notes: ["its content has changed: \(file)"] + cause.map(\.message),
            help: ["run the command again when the package index can be reached"] + cause.flatMap(\.help)
        )
    }
}
