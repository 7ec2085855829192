import OrderedJSON
import Testing

@testable import Deployment

@Suite("Keys of artifacts in a template")
struct ArtifactKeysTests {
    private let template: JSONValue = [
        "Resources": [
            "A": ["Type": "AWS::Lambda::Function", "Properties": ["Code": ["S3Key": "base/1/a.zip"]]],
            "B": ["Type": "AWS::Lambda::Function", "Properties": ["Code": ["S3Key": "base/1/a.zip"]]],
            "C": ["Type": "AWS::Lambda::Function", "Properties": ["Code": ["S3Key": "elsewhere/c.zip"]]],
            "D": ["Type": "AWS::Lambda::Function", "Properties": ["Code": ["ImageUri": "image"]]],
            "L": ["Type": "AWS::Lambda::LayerVersion", "Properties": ["Content": ["S3Key": "base/1/l.zip"]]],
            "AVersion": [
                "Type": "AWS::Lambda::Version",
                "Properties": ["FunctionName": ["Ref": "A"], "CodeSha256": "digest of a"],
            ],
            "DVersion": [
                "Type": "AWS::Lambda::Version",
                "Properties": ["FunctionName": ["Ref": "D"], "CodeSha256": "digest of d"],
            ],
            "BVersion": ["Type": "AWS::Lambda::Version", "Properties": ["FunctionName": ["Ref": "B"]]],
        ]
    ]

    @Test func `each key below the directory is named once`() {
        #expect(ArtifactKeys.all(in: template, below: "base") == ["base/1/a.zip", "base/1/l.zip"])
        #expect(ArtifactKeys.all(in: template, below: "bas").isEmpty)
        #expect(ArtifactKeys.all(in: [:], below: "base").isEmpty)
    }

    @Test func `versions say the digests of the artifacts of their functions`() {
        #expect(ArtifactKeys.digests(in: template) == ["base/1/a.zip": "digest of a"])
        #expect(ArtifactKeys.digests(in: [:]).isEmpty)
    }

    @Test func `only whole strings that are keys are replaced`() {
        let value: JSONValue = ["key": "old", "list": ["old", "older", 1], "old": true]
        let expected: JSONValue = ["key": "new", "list": ["new", "older", 1], "old": true]
        #expect(ArtifactKeys.replacing(["old": "new"], in: value) == expected)
    }
}
