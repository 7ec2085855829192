import OrderedJSON

/// A logical ID that ends with the hash of an artifact, before the artifact is known.
///
/// Templates are compiled while artifacts are built. Until the hash is known, such a logical ID ends with `<hash>`, which
/// is not allowed in real logical IDs.
enum ProvisionalName {
    /// The placeholder for the hash.
    static let placeholder = "<hash>"

    /// The logical ID without its placeholder, or `nil` if it has none.
    static func stem(of logicalID: String) -> String? {
        logicalID.hasSuffix(placeholder) ? String(logicalID.dropLast(placeholder.count)) : nil
    }
}

/// A function version whose logical ID depends on the hash of the function's code.
package struct PendingVersion: Sendable {
    /// The key in `functions`.
    let function: String
    /// The logical ID, with ``ProvisionalName/placeholder`` for the hash.
    let logicalID: String
    /// The resource of the function when the version was added; later changes do not cause a new version.
    let resource: TemplateValue
    /// The digest of the function's image, or `nil` if the function is a zip file.
    let imageDigest: String?
}

extension Template {
    /// Replaces provisional logical IDs, in keys and in references.
    mutating func rename(_ names: [String: String]) {
        guard !names.isEmpty else { return }
        let renamed = resources
        resources = [:]
        resources.reserveCapacity(renamed.count)
        for (key, resource) in renamed {
            resources[names[key] ?? key] = resource.renamed(names) ?? resource
        }
        outputs.replaceValues { $0.renamed(names) }
        for (provisional, final) in names {
            if let origin = origins.removeValue(forKey: provisional) { origins[final] = origin }
        }
    }
}

extension JSONValue {
    /// The value with provisional names replaced, or `nil` if it has none.
    fileprivate func renamed(_ names: [String: String]) -> JSONValue? {
        switch self {
        case .string(let text):
            // The last byte excludes nearly all strings.
            return text.utf8.last == UInt8(ascii: ">") ? names[text].map { .string($0) } : nil
        case .array(var items):
            var isChanged = false
            for index in items.indices {
                guard let renamed = items[index].renamed(names) else { continue }
                items[index] = renamed
                isChanged = true
            }
            return isChanged ? .array(items) : nil
        case .object(var members):
            return members.replaceValues { $0.renamed(names) } ? .object(members) : nil
        case .null, .bool, .number: return nil
        }
    }
}
