import Diagnostics
import HostSystem

/// The colors of text on a stream, or none.
struct TextStyle: Sendable {
    /// What a piece of text means, which decides its color.
    enum Role: Sendable {
        case error, warning, note, success
        /// The place of a diagnostic.
        case place
        /// What a reader may skip, such as line numbers and the output of other programs.
        case secondary

        /// The role of the name of a severity.
        init(_ severity: Diagnostic.Severity) {
            switch severity {
            case .error: self = .error
            case .warning: self = .warning
            case .note: self = .note
            }
        }

        /// The parameters of the sequence that selects the color (ECMA-48, section 8.3.117).
        fileprivate var parameters: String {
            switch self {
            case .error: "1;31"
            case .warning: "1;33"
            case .note: "1;36"
            case .success: "1;32"
            case .place: "1"
            case .secondary: "2"
            }
        }
    }

    /// Whether text gets colors.
    let usesColor: Bool

    /// The style of text that is stored or compared, which has no colors.
    static let plain = TextStyle(usesColor: false)

    /// Creates a style that uses colors or not.
    init(usesColor: Bool) { self.usesColor = usesColor }

    /// Decides whether a stream gets colors.
    ///
    /// `NO_COLOR` (<https://no-color.org>) takes precedence over `FORCE_COLOR` (<https://force-color.org>), which takes
    /// precedence over `CLICOLOR_FORCE` and `CLICOLOR` (<https://bixense.com/clicolors>); an empty variable counts as
    /// not set. Otherwise terminals get colors, except for those that cannot show them.
    ///
    /// - Parameters:
    ///   - isTerminal: whether the stream is a terminal.
    ///   - environment: the environment variables.
    init(isTerminal: Bool, _ environment: Environment) {
        func isOn(_ name: String) -> Bool? {
            environment.nonEmpty(name).map { !["0", "false"].contains($0.lowercased()) }
        }
        if environment.nonEmpty("NO_COLOR") != nil {
            usesColor = false
        } else if let isForced = isOn("FORCE_COLOR") {
            usesColor = isForced
        } else if isOn("CLICOLOR_FORCE") == true {
            usesColor = true
        } else {
            usesColor = isTerminal && environment["TERM"] != "dumb" && isOn("CLICOLOR") != false
        }
    }

    /// A piece of text in the color of its role.
    func text(_ text: String, _ role: Role) -> String {
        usesColor && !text.isEmpty ? "\u{1B}[\(role.parameters)m\(text)\u{1B}[0m" : text
    }
}
