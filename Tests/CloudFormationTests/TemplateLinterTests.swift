import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import CloudFormation

/// Checks templates with `cfn-lint`, which has the schemas of CloudFormation's resource types.
@Suite struct TemplateLinterTests {
    /// A Python that has `cfn-lint`; `scripts/test` installs one.
    private static let python = Environment.current().nonEmpty("FUROSHIKI_TEST_PYTHON")

    /// The rule about deprecated runtimes, which depends on the date and not on the template.
    private static let retiredRuntime = "E2533"

    /// A Python program that runs `cfn-lint`.
    private static let program =
        "import sys; from cfnlint.runner import main; sys.argv[0] = 'cfn-lint'; sys.exit(main())"

    @Test(.enabled(if: python != nil, "needs FUROSHIKI_TEST_PYTHON, a Python with cfn-lint, from scripts/test"))
    func `cfn-lint finds no error in a template that is not in the recorded one`() async throws {
        var templates: [(name: String, recorded: JSONValue, compiled: JSONValue)] = []
        for recording in RecordedTemplate.all {
            let recorded = try #require(try recording.json("template.json"))
            let compiled = try recording.templates().update
            templates.append((recording.name, recorded, compiled))
        }
        let broken = try await Self.rules(brokenBy: templates.map(\.compiled))
        let suspects = templates.indices.filter { !broken[$0].isEmpty }
        let known = try await Self.rules(brokenBy: suspects.map { templates[$0].recorded })
        for (suspect, known) in zip(suspects, known) {
            #expect(broken[suspect].subtracting(known) == [], "\(templates[suspect].name)")
        }
    }

    /// The rules that each of some templates breaks, all asked in one run.
    private static func rules(brokenBy templates: [JSONValue]) async throws -> [Set<String>] {
        let files = LiveFileSystem()
        let environment = Environment.current()
        return try await TemporaryDirectory.with(in: environment.temporaryDirectory, prefix: "lint") { folder in
            for (index, template) in templates.enumerated() {
                try files.write(Array(filled(template).utf8), to: folder / "\(index).json")
            }
            let names = templates.indices.map { "\($0).json" }
            let result = try await LiveProcessRunner()
                .run(
                    ProcessRequest(
                        try #require(python),
                        ["-c", program, "--format", "json", "--ignore-checks", retiredRuntime, "--template"] + names,
                        environment: environment,
                        workingDirectory: folder
                    )
                )
            let findings = try #require(try JSONValue(parsing: result.outputText).arrayValue, "\(result.errorText)")
            var errors = Array(repeating: Set<String>(), count: templates.count)
            for finding in findings where finding["Level"] == "Error" {
                let name = try #require(finding["Filename"]?.stringValue)
                let index = try #require(Int(name.split(separator: ".")[0]))
                errors[index].insert(finding["Rule"]?["Id"]?.stringValue ?? "")
            }
            return errors
        }
    }

    /// A template's text, with what was evened out in a recording filled in again.
    private static func filled(_ template: JSONValue) -> String {
        JSONWriter().text(of: template)
            .replacing("<HASH>", with: String(repeating: "0", count: 40))
            .replacing("<ID>", with: "1700000000000")
            .replacing("<TIME>", with: "1700000000000-2023-11-14T22:13:20.000Z")
    }
}
