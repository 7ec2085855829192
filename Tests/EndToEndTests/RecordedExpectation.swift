import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ZipArchive

/// The expected result (`expect.json`) for a service that the recorded tool handles incorrectly: success, patterns of
/// messages, entries of zip files, and values of the template.
struct RecordedExpectation {
    let expect: JSONValue
    /// The directory that `package` wrote to.
    let folder: LocalPath

    /// Compares the result of a run with the expectation.
    ///
    /// - Returns: one line for each difference.
    func problems(status: Int32, text: String) throws -> [String] {
        var problems: [String] = []
        if expect["package"] == "ok", status != 0 { problems.append("package failed: \(text)") }
        if expect["package"] == "error", status <= 0 { problems.append("package should have failed") }
        for pattern in strings(expect["message"]) where !Pattern(pattern).isIn(text) {
            problems.append("no message matches \(pattern): \(text)")
        }
        for pattern in strings(expect["message_lacks"]) where Pattern(pattern).isIn(text) {
            problems.append("a message matches \(pattern)")
        }
        let names = zipNames()
        for (pattern, wanted) in expect["zips"]?.objectValue ?? [:] {
            let found = names.filter { Pattern(pattern).isWhole($0) }
            if found.isEmpty { problems.append("no zip matches \(pattern); there are \(names)") }
            for name in found {
                problems += try check(ZipReader(opening: (folder / name).string), wanted).map { "\(name): \($0)" }
            }
        }
        return problems + (try templateProblems())
    }

    private func strings(_ value: JSONValue?) -> [String] { value?.arrayValue?.compactMap(\.stringValue) ?? [] }

    private func zipNames() -> [String] {
        var names: [String] = []
        try? LiveFileSystem()
            .walk(folder) { path, kind in
                if kind == .file, path.hasSuffix(".zip") { names.append(path) }
                return true
            }
        return names
    }

    private func check(_ zip: ZipReader, _ wanted: JSONValue) throws -> [String] {
        let entries = zip.entries.filter { $0.kind == .file }
        func matching(_ pattern: String) -> [ZipEntry] {
            let pattern = Pattern(pattern)
            return entries.filter { pattern.isIn($0.path.string) }
        }
        var problems: [String] = []
        for pattern in strings(wanted["has"]) where matching(pattern).isEmpty { problems.append("no entry \(pattern)") }
        for pattern in strings(wanted["lacks"]) {
            if let hit = matching(pattern).first { problems.append("there is \(hit.path.string)") }
        }
        for pattern in strings(wanted["executable"]) {
            let found = matching(pattern)
            if found.isEmpty || found.contains(where: { !$0.isExecutable }) {
                problems.append("\(pattern) is not executable")
            }
        }
        for (pattern, text) in wanted["content"]?.objectValue ?? [:] {
            let found = matching(pattern)
            if found.isEmpty { problems.append("no entry \(pattern)") }
            for entry in found {
                let content = String(decoding: try zip.contents(of: entry), as: UTF8.self)
                if !Pattern(text.stringValue ?? "").isIn(content) { problems.append("\(pattern) lacks \(text)") }
            }
        }
        for (pattern, deeper) in wanted["inner"]?.objectValue ?? [:] {
            let found = matching(pattern)
            if found.isEmpty { problems.append("no entry \(pattern)") }
            for entry in found {
                problems += try check(ZipReader(try zip.contents(of: entry), name: entry.path.string), deeper)
            }
        }
        return problems
    }

    private func templateProblems() throws -> [String] {
        guard let wanted = expect["template"]?.objectValue, !wanted.isEmpty else { return [] }
        let path = folder / "cloudformation-template-update-stack.json"
        guard let bytes = try LiveFileSystem().readIfPresent(path) else { return ["there is no template"] }
        let template = try JSONValue(parsing: bytes)
        return wanted.flatMap { path, value -> [String] in
            let found = Self.values(of: template, at: path)
            if found.isEmpty { return ["template.\(path) is missing"] }
            return found.flatMap { actual -> [String] in
                if let pattern = value.stringValue, let text = actual.stringValue {
                    return Pattern(pattern).isIn(text) ? [] : ["template.\(path) is \(text)"]
                }
                return TemplateComparison.differences(value, actual)
            }
        }
    }

    /// All values at a dotted path; each component is a pattern for a key.
    private static func values(of value: JSONValue, at path: String) -> [JSONValue] {
        path.split(separator: ".").map { Pattern(String($0)) }
            .reduce([value]) { values, step in
                values.flatMap { value in
                    (value.objectValue ?? [:]).filter { step.isWhole($0.key) }.map(\.value)
                }
            }
    }
}
