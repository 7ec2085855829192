import OrderedJSON
import StackDiff
import Testing

@Suite("The differences between templates")
struct TemplateDifferenceTests {
    private func changes(_ old: JSONValue, _ new: JSONValue) -> [ResourceChange] {
        TemplateDifference.changes(from: ["Resources": old], to: ["Resources": new])
    }

    @Test("are none for templates that differ in the order of members only")
    func order() {
        let left: JSONValue = ["A": ["Type": "T", "Properties": ["X": 1, "Y": ["P": 1, "Q": 2]]]]
        let right: JSONValue = ["A": ["Properties": ["Y": ["Q": 2, "P": 1], "X": 1], "Type": "T"]]
        #expect(changes(left, right).isEmpty)
    }

    @Test("name the deepest property that differs, and compare lists and intrinsic functions as a whole")
    func paths() throws {
        let old: JSONValue = [
            "F": [
                "Type": "AWS::Lambda::Function",
                "Properties": [
                    "MemorySize": 128, "Environment": ["Variables": ["A": "1", "B": "2"]], "Layers": ["x"],
                    "Role": ["Fn::GetAtt": ["Old", "Arn"]],
                ],
            ]
        ]
        let new: JSONValue = [
            "F": [
                "Type": "AWS::Lambda::Function",
                "Properties": [
                    "MemorySize": 128, "Environment": ["Variables": ["A": "1", "C": "3"]], "Layers": ["x", "y"],
                    "Role": ["Fn::GetAtt": ["New", "Arn"]],
                ],
            ]
        ]
        let change = try #require(changes(old, new).first)
        #expect(change.action == .modify)
        #expect(
            Set(change.properties.map(\.path))
                == ["Environment.Variables.B", "Environment.Variables.C", "Layers", "Role"]
        )
        #expect(change.properties.allSatisfy { $0.replaces == false })
    }

    @Test("know which properties replace a resource, and put them first")
    func replacement() throws {
        let old: JSONValue = [
            "T": ["Type": "AWS::DynamoDB::Table", "Properties": ["BillingMode": "PROVISIONED", "TableName": "a"]]
        ]
        let new: JSONValue = [
            "T": ["Type": "AWS::DynamoDB::Table", "Properties": ["BillingMode": "PAY_PER_REQUEST", "TableName": "b"]]
        ]
        let change = try #require(changes(old, new).first)
        #expect(change.action == .replace)
        #expect(change.certainty == .certain)
        #expect(change.properties.map(\.path) == ["TableName", "BillingMode"])
        #expect(change.isLoss && change.holdsData)
    }

    @Test("keep the old resource of a replacement if its policy says so")
    func keepsOld() throws {
        func bucket(_ name: String) -> JSONValue {
            [
                "B": [
                    "Type": "AWS::S3::Bucket", "UpdateReplacePolicy": "Retain",
                    "Properties": ["BucketName": .string(name)],
                ]
            ]
        }
        let change = try #require(changes(bucket("a"), bucket("b")).first)
        #expect(change.action == .replace)
        #expect(change.keepsOld)
    }

    @Test("report that a resource with data may be replaced if its type is not known")
    func unknownType() throws {
        func cluster(_ size: Int) -> JSONValue {
            ["C": ["Type": "AWS::Redshift::Cluster", "Properties": ["NumberOfNodes": .number(Double(size))]]]
        }
        let change = try #require(changes(cluster(1), cluster(2)).first)
        #expect(change.action == .replace)
        #expect(change.certainty == .possible)
        let topic = changes(
            ["S": ["Type": "Custom::Thing", "Properties": ["A": 1]]],
            ["S": ["Type": "Custom::Thing", "Properties": ["A": 2]]]
        )
        #expect(topic.map(\.action) == [.modify])
        #expect(topic.first?.properties.first?.replaces == nil)
    }

    @Test("distinguish new, deleted and retained resources, and a changed type")
    func others() {
        let old: JSONValue = [
            "Gone": ["Type": "AWS::SNS::Topic"],
            "Kept": ["Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"],
            "Other": ["Type": "AWS::SNS::Topic"],
        ]
        let new: JSONValue = ["New": ["Type": "AWS::SQS::Queue"], "Other": ["Type": "AWS::SQS::Queue"]]
        let found = Dictionary(uniqueKeysWithValues: changes(old, new).map { ($0.logicalID, $0.action) })
        #expect(found == ["Gone": .delete, "Kept": .retain, "New": .add, "Other": .replace])
    }

    @Test("are in the order of their gravity: data first, versions last")
    func gravity() {
        let changes = [
            ResourceChange(.add, "Version", type: "AWS::Lambda::Version"),
            ResourceChange(.add, "Added", type: "AWS::SNS::Topic"),
            ResourceChange(.modify, "Modified", type: "AWS::SNS::Topic"),
            ResourceChange(.delete, "Topic", type: "AWS::SNS::Topic"),
            ResourceChange(.replace, "Maybe", type: "AWS::SQS::Queue", certainty: .possible),
            ResourceChange(.replace, "Table", type: "AWS::DynamoDB::Table"),
            ResourceChange(.delete, "Bucket", type: "AWS::S3::Bucket"),
        ]
        #expect(
            changes.byGravity.map(\.logicalID) == ["Bucket", "Table", "Maybe", "Topic", "Modified", "Added", "Version"]
        )
        #expect(changes.filter(\.isLoss).map(\.logicalID) == ["Topic", "Maybe", "Table", "Bucket"])
    }
}
