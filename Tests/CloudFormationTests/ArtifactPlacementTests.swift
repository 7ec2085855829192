import OrderedJSON
import Testing

@testable import CloudFormation

@Suite struct ArtifactPlacementTests {
    private func templates(_ sha256: String) throws -> TemplateCompiler.Templates {
        let functions: JSONValue = [
            "a": ["handler": "h.run", "provisionedConcurrency": 1],
            "edge": [
                "handler": "h.run",
                "events": [["cloudFront": ["eventType": "viewer-request", "origin": "https://example.org"]]],
            ],
        ]
        return try TemplateCompiler.templates(
            of: .shop(functions: functions),
            ArtifactReferences(functions: ["a": .init(fileName: "shop.zip", sha256Base64: sha256)])
        )
    }

    @Test func `a finished template has no provisional names`() throws {
        let text = JSONWriter().text(of: try templates("AAA=").update)
        #expect(!text.contains(ProvisionalName.placeholder))
        #expect(text.contains("serverless/shop/dev/0/shop.zip"))
    }

    @Test func `the logical ID of a version, and references to it, depend on the code`() throws {
        let resources = try #require(try templates("AAA=").update["Resources"]?.objectValue)
        let versionID = try #require(resources.keys.first { $0.hasPrefix("ALambdaVersion") })
        #expect(resources[versionID]?["Properties"]?["CodeSha256"] == "AAA=")
        #expect(
            resources["AProvConcLambdaAlias"]?["Properties"]?["FunctionVersion"]
                == ["Fn::GetAtt": [.string(versionID), "Version"]]
        )
        #expect(try templates("BBB=").update["Resources"]?[versionID] == nil)
    }

    @Test func `CloudFront invokes the version of a function at the edge`() throws {
        let resources = try #require(try templates("AAA=").update["Resources"]?.objectValue)
        let versionID = try #require(resources.keys.first { $0.hasPrefix("EdgeLambdaVersion") })
        let permission = resources["EdgeLambdaFunctionInvokePermission"]
        #expect(permission?["Properties"]?["FunctionName"] == ["Ref": .string(versionID)])
    }
}
