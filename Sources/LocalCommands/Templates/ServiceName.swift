package import Diagnostics

/// A name of a service that CloudFormation accepts as part of the stack's name: letters, digits and hyphens, starting
/// with a letter.
package struct ServiceName: Hashable, Sendable {
    /// The name as it is in the configuration.
    package let text: String

    /// Checks a name that the user gave.
    ///
    /// - Throws: ``DiagnosticError`` with a valid name that is similar.
    package init(_ text: String) throws(DiagnosticError) {
        guard Self.isValid(text) else {
            throw DiagnosticError(
                .invalidServiceName,
                "invalid service name '\(text)': it must consist of letters, digits and hyphens, and start with a letter",
                help: ["use a name such as '\(ServiceName(of: text).text)'"]
            )
        }
        self.text = text
    }

    /// Makes a name from that of a directory, as Serverless v3 does: in lower case, with hyphens instead of other
    /// characters, and `service-` before a name that does not start with a letter.
    package init(of directory: String) {
        var name = ""
        for character in directory.lowercased() {
            if Self.isLetter(character) || Self.isDigit(character) {
                name.append(character)
            } else if name.last != "-" {
                name.append("-")
            }
        }
        text = Self.isValid(name) ? name : name.first == "-" ? "service\(name)" : "service-\(name)"
    }

    private static func isValid(_ text: String) -> Bool {
        guard let first = text.first, isLetter(first), text.count > 1 else { return false }
        return text.allSatisfy { isLetter($0) || isDigit($0) || $0 == "-" }
    }

    private static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
