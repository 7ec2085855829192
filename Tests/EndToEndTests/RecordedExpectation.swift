import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ZipArchive

/// What is right for a service where the recorded tool is wrong (`expect.json`): success, patterns of messages,
/// entries of zips, values of the template.
struct RecordedExpectation {
    let expect: JSONValue
    /// The folder that `package` wrote to.
    let folder: LocalPath

    /// Lines that say what is not as it should be.
    func faults(status: Int32, text: String) throws -> [String] {
        var faults: [String] = []
        if expect["package"] == "ok", status != 0 { faults.append("package failed: \(text)") }
        if expect["package"] == "error", status <= 0 { faults.append("package should have failed") }
        for pattern in texts(expect["message"]) where !Pattern(pattern).isIn(text) {
            faults.append("no message matches \(pattern): \(text)")
        }
        for pattern in texts(expect["message_lacks"]) where Pattern(pattern).isIn(text) {
            faults.append("a message matches \(pattern)")
        }
        let names = zipNames()
        for (pattern, wanted) in expect["zips"]?.objectValue ?? [:] {
            let found = names.filter { Pattern(pattern).isWhole($0) }
            if found.isEmpty { faults.append("no zip matches \(pattern); there are \(names)") }
            for name in found {
                faults += try check(ZipReader(opening: (folder / name).string), wanted).map { "\(name): \($0)" }
            }
        }
        return faults + (try templateFaults())
    }

    private func texts(_ value: JSONValue?) -> [String] { value?.arrayValue?.compactMap(\.stringValue) ?? [] }

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
        var faults: [String] = []
        for pattern in texts(wanted["has"]) where matching(pattern).isEmpty { faults.append("no entry \(pattern)") }
        for pattern in texts(wanted["lacks"]) {
            if let hit = matching(pattern).first { faults.append("there is \(hit.path.string)") }
        }
        for pattern in texts(wanted["executable"]) {
            let found = matching(pattern)
            if found.isEmpty || found.contains(where: { !$0.isExecutable }) {
                faults.append("\(pattern) is not executable")
            }
        }
        for (pattern, text) in wanted["content"]?.objectValue ?? [:] {
            let found = matching(pattern)
            if found.isEmpty { faults.append("no entry \(pattern)") }
            for entry in found {
                let content = String(decoding: try zip.contents(of: entry), as: UTF8.self)
                if !Pattern(text.stringValue ?? "").isIn(content) { faults.append("\(pattern) lacks \(text)") }
            }
        }
        for (pattern, deeper) in wanted["inner"]?.objectValue ?? [:] {
            let found = matching(pattern)
            if found.isEmpty { faults.append("no entry \(pattern)") }
            for entry in found {
                faults += try check(ZipReader(try zip.contents(of: entry), name: entry.path.string), deeper)
            }
        }
        return faults
    }

    private func templateFaults() throws -> [String] {
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

    /// All values at a dotted path, each step a pattern for a whole name.
    private static func values(of value: JSONValue, at path: String) -> [JSONValue] {
        path.split(separator: ".").map { Pattern(String($0)) }
            .reduce([value]) { values, step in
                values.flatMap { value in
                    (value.objectValue ?? [:]).filter { step.isWhole($0.key) }.map(\.value)
                }
            }
    }
}
