import Foundation
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// Runs the program on a copy of a recorded service and compares the results.
struct RecordedComparison {
    let recorded: RecordedService
    /// The program, with the copy as its working directory.
    let program: Program

    /// Compares the output of `print`.
    func comparePrint() async throws {
        guard let wanted = try recorded.json("outcome.json")?["print"]?.stringValue,
            try recorded.json("expect.json")?["print"] != "any"
        else { return }
        let outcome = try await program.run(["print", "--format", "json"] + recorded.arguments)
        guard wanted == "ok" else {
            #expect(outcome.status > 0)
            return
        }
        let text = outcome.output.replacing(program.directory.string, with: "<SERVICE_DIR>")
        let printed = try #require(try? JSONValue(parsing: text), "\(outcome.errors)")
        let expected = try #require(try recorded.json("print.json"))
        #expect(TemplateComparison.differences(expected, printed) == [])
    }

    /// Compares the templates, zip files and messages of `package`.
    func comparePackage() async throws {
        let result = try await program.run(["package"] + recorded.arguments)
        if let expect = try recorded.json("expect.json") {
            let check = RecordedExpectation(expect: expect, folder: program.directory / ".serverless")
            let text = result.output + result.errors
            #expect(try check.problems(status: result.status, text: text) == [])
            return
        }
        let outcome = try #require(try recorded.json("outcome.json"))
        guard outcome["package"] == "ok" else {
            #expect(result.status > 0)
            let mentions = outcome["mentions"]?.arrayValue?.compactMap(\.stringValue) ?? [""]
            let text = result.output + result.errors
            #expect(mentions.contains { $0.isEmpty || text.contains($0) }, "\(text)")
            #expect(text.lowercased().contains("error"))
            return
        }
        try #require(result.status == 0, "\(result.errors)")
        for (recording, file) in [("template.json", "update"), ("create.json", "create")] {
            guard let expected = try recorded.json(recording) else { continue }
            let path = program.directory / ".serverless/cloudformation-template-\(file)-stack.json"
            let made = try JSONValue(parsing: try LiveFileSystem().read(path))
            #expect(TemplateComparison.differences(expected, made) == [])
        }
        if let expected = try recorded.json("zips.json") {
            let isPython = outcome["python"] == true
            #expect(TemplateComparison.differences(expected, try zips(isPython: isPython)) == [])
        }
    }

    /// The zip files that the template refers to.
    ///
    /// Each entry has its executable bit, size and CRC-32; scripts and
    /// libraries are compared by name only, and files that an installer adds are omitted.
    private func zips(isPython: Bool) throws -> JSONValue {
        let folder = program.directory / ".serverless"
        let files = LiveFileSystem()
        let template = try files.readText(folder / "cloudformation-template-update-stack.json")
        var result = OrderedMap<JSONValue>()
        try files.walk(folder) { path, kind in
            let name = LocalPath(path).lastComponent
            guard kind == .file, name.hasSuffix(".zip"), name != "custom-resources.zip", template.contains("/\(name)\"")
            else { return true }
            var entries = OrderedMap<JSONValue>()
            for entry in try ZipReader(opening: (folder / path).string).entries where entry.kind == .file {
                let entryName = entry.path.string
                if isPython, Self.omitted.contains(where: { $0.isIn(entryName) }) { continue }
                let isByName = isPython && Self.byName.contains { $0.isIn(entryName) }
                entries[entryName] =
                    isByName
                    ? "<ANY>"
                    : [.bool(entry.isExecutable), .number(Double(entry.size)), .number(Double(entry.crc32))]
            }
            result[name] = .object(entries)
            return true
        }
        return .object(result)
    }

    private static let omitted = [
        Pattern(#"(^|/)__pycache__/|\.py[co]$"#),
        Pattern(#"\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$"#),
        Pattern(#"(^|/)\.completed_requirements$|^(python/)?requirements\.txt$"#),
    ]
    private static let byName = [
        Pattern(#"(^|/)bin/[^/]+$|\.so$|(\.requirements\.zip|unzip_requirements\.py)$"#)
    ]
}

/// A regular expression in a recording.
struct Pattern: Sendable {
    private let expression: NSRegularExpression?

    /// Creates a pattern; an invalid one matches nothing, so the test fails.
    init(_ source: String) { expression = try? NSRegularExpression(pattern: source) }

    /// Whether the pattern matches a part of a string.
    func isIn(_ text: String) -> Bool {
        expression?.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    /// Whether the pattern matches a whole string.
    func isWhole(_ text: String) -> Bool {
        let whole = NSRange(text.startIndex..., in: text)
        return expression?.firstMatch(in: text, options: .anchored, range: whole)?.range == whole
    }
}
