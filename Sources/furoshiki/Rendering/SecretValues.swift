import OrderedJSON
import Synchronization

/// The secret values that the configuration got from AWS, which messages must not show.
///
/// A message can quote any value of the configuration, for example one that is not a valid runtime.
final class SecretValues: Sendable {
    private let known = Mutex<Set<String>>([])

    /// Shorter values are not hidden, because they also are parts of ordinary words.
    private static let shortest = 4
    private static let placeholder = "<secret>"

    /// Remembers a secret value; of an object or list, all strings in it.
    func add(_ value: JSONValue) {
        switch value {
        case .string(let text): add(text)
        case .array(let items): items.forEach(add)
        case .object(let members): members.forEach { add($0.value) }
        default: break
        }
    }

    private func add(_ text: String) {
        guard text.count >= Self.shortest else { return }
        // As it is inside a string of a JSON document.
        let quoted = JSONWriter().text(of: .string(text)).dropFirst().dropLast()
        known.withLock { known in
            known.insert(text)
            known.insert(String(quoted))
        }
    }

    /// A message without the secret values.
    func hidden(in message: String) -> String {
        let secrets = known.withLock { $0 }
        guard !secrets.isEmpty else { return message }
        // The longest first, as a secret may be a part of another one.
        return secrets.sorted { ($1.count, $1) < ($0.count, $0) }
            .reduce(message) { $0.replacing($1, with: Self.placeholder) }
    }

    /// A line of a file in which the passwords of addresses are replaced by asterisks, one for each character.
    static func hidingPasswords(_ line: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var line = line
        var start = 0
        while let slashes = line.indices.dropFirst(start)
            .first(where: { line[$0...].starts(with: "://".unicodeScalars) })
        {
            start = slashes + 3
            let authority = line[start...]
                .prefix { $0 != "/" && !$0.properties.isWhitespace && $0 != "\"" && $0 != "'" }
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = line[start..<at]
            let secret = user.firstIndex(of: ":").map { $0 + 1 } ?? start
            // A variable is not a value, and `git` is the user of all repositories.
            guard secret < at, line[secret] != "$", !line[secret..<at].elementsEqual("git".unicodeScalars) else {
                continue
            }
            for index in secret..<at { line[index] = "*" }
        }
        return line
    }
}
