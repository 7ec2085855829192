/// A runtime that Lambda has or had.
package struct KnownRuntime: Hashable, Sendable {
    /// The days on which Lambda ends its support of a runtime step by step.
    package struct End: Hashable, Sendable {
        /// The first day without security updates and support.
        package let deprecated: CalendarDate
        /// The day from which functions cannot be created with the runtime.
        package let createBlocked: CalendarDate
        /// The day from which the code of functions with the runtime cannot be updated.
        package let updateBlocked: CalendarDate
    }

    /// The value of `runtime`.
    package let name: String
    /// The days on which the support ends; `nil` if AWS has not published them.
    package let end: End?
    /// Whether Serverless accepts the runtime; it has forgotten those that Lambda removed long ago.
    package let isAccepted: Bool

    /// Whether Lambda creates functions with the runtime on the day of the table.
    package var isCurrent: Bool { end.map { $0.createBlocked > RuntimeCatalog.date } ?? true }
}
