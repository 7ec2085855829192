import Diagnostics
import OrderedJSON
import StackDiff
import Testing

@testable import furoshiki

@Suite("The output of diff")
struct DifferenceOutputTests {
    private static var difference: StackDifference {
        var table = ResourceChange(
            .replace,
            "Orders",
            type: "AWS::DynamoDB::Table",
            properties: [.init(path: "BillingMode"), .init(path: "KeySchema", replaces: true)]
        )
        table.place = SourcePlace(file: "serverless.yml", line: 31, column: 5)
        var function = ResourceChange(
            .modify,
            "HelloLambdaFunction",
            type: "AWS::Lambda::Function",
            properties: [.init(path: "MemorySize", replaces: false, hasDrifted: true)]
        )
        function.drift = "MODIFIED"
        var artifact = ArtifactDifference(fileName: "orders.zip", resources: ["HelloLambdaFunction"])
        artifact.distributions = [
            .init(name: "idna", old: "3.6", new: "3.10"), .init(name: "six", old: "1.16", new: nil),
        ]
        artifact.changed = ["app.py"]
        artifact.added = (0..<30).map { "data/\($0 + 10).json" }
        return StackDifference(
            stack: "orders-dev",
            method: .changeSet,
            changes: [
                ResourceChange(.add, "Queue", type: "AWS::SQS::Queue"), function, table,
                ResourceChange(.add, "VersionNew", type: "AWS::Lambda::Version"),
                ResourceChange(.retain, "VersionOld", type: "AWS::Lambda::Version"),
            ],
            artifacts: [artifact],
            settings: ["tags"]
        )
    }

    @Test("has losses first, with their causes and places, and artifacts below")
    func text() {
        let lines = DifferenceText(difference: Self.difference).text.split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(9) == [
                "orders-dev: resources: 1 replaced, 1 modified, 1 added",
                "  replace     Orders (AWS::DynamoDB::Table), holds data",
                "              because of KeySchema, BillingMode",
                "              serverless.yml:31:5",
                "  modify      HelloLambdaFunction (AWS::Lambda::Function), changed outside of the stack",
                "              MemorySize (changed outside of the stack)",
                "  add         Queue (AWS::SQS::Queue)",
                "  versions and API deployments: 1 new, 1 no longer in the stack",
                "orders.zip (HelloLambdaFunction): 2 distributions, 31 files",
            ]
        )
        #expect(lines.contains("  idna 3.6 → 3.10"))
        #expect(lines.contains("  six 1.16 removed"))
        #expect(lines.contains("  ~ app.py"))
        #expect(lines.contains("  and 11 more files; --verbose lists all"))
        #expect(lines.last == "settings of the stack that change: tags")
        let all = DifferenceText(difference: Self.difference, listsAll: true).text
        #expect(all.contains("data/39.json") && !all.contains("more files"))
    }

    @Test("marks losses in colors, those of data most")
    func colors() {
        let text = DifferenceText(difference: Self.difference, style: TextStyle(usesColor: true)).text
        #expect(text.contains("\u{1B}[1;31mreplace\u{1B}[0m"))
        #expect(text.contains("\u{1B}[1;31mKeySchema\u{1B}[0m"))
        #expect(text.contains("\u{1B}[1;32madd\u{1B}[0m"))
    }

    @Test("is one line without differences")
    func none() {
        let none = StackDifference(stack: "orders-dev", method: .changeSet)
        #expect(DifferenceText(difference: none).text == "No differences: the stack orders-dev is as the service\n")
        #expect(DifferenceMarkdown(difference: none).text.hasPrefix("### `orders-dev`\n\nNo differences"))
        #expect(DifferenceJSON(difference: none).value["hasDifferences"] == false)
    }

    @Test("is a table in Markdown whose cells cannot be broken by names")
    func markdown() {
        var artifact = ArtifactDifference(fileName: "a<b>.zip", resources: [])
        artifact.added = ["x|`y`"]
        let odd = StackDifference(stack: "s", method: .templates, artifacts: [artifact])
        #expect(DifferenceMarkdown(difference: odd).text.contains("- `+` `` x\\|`y` ``"))
        #expect(DifferenceMarkdown(difference: odd).text.contains("<code>a&lt;b&gt;.zip</code>"))
        let text = DifferenceMarkdown(difference: Self.difference).text
        #expect(
            text.contains(
                "| 🔴 **replace, holds data** | `Orders` | `AWS::DynamoDB::Table` | **`KeySchema`**, `BillingMode` | `serverless.yml:31:5` |"
            )
        )
        #expect(text.contains("- and 11 more files"))
        #expect(!text.hasSuffix("\n\n"))
    }

    @Test("is complete in JSON")
    func json() throws {
        let value = DifferenceJSON(difference: Self.difference).value
        #expect(value["hasDifferences"] == true)
        #expect(value["method"] == "change-set")
        let first = try #require(value["resources"]?.arrayValue?.first)
        #expect(first["action"] == "replace")
        #expect(first["holdsData"] == true)
        #expect(first["line"] == 31)
        #expect(first["properties"]?.arrayValue?.first == ["path": "KeySchema", "replaces": true])
        let artifact = try #require(value["artifacts"]?.arrayValue?.first)
        #expect(artifact["added"]?.arrayValue?.count == 30)
        #expect(
            artifact["distributions"]?.arrayValue?.last == ["name": "six", "old": "1.16", "new": .null]
        )
    }
}
