/// The properties of `custom.furoshiki`, which neither Serverless nor its plugins have.
///
/// `docs/options.md` describes each of them.
package enum FuroshikiSetting: String, CaseIterable, Sendable {
    /// The plugins without which the user wants to package the service.
    case withoutPlugins
}
