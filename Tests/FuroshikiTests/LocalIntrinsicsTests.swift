import ConfigurationFormats
import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import furoshiki

struct LocalIntrinsicsTests {
    private static func service(region: String) -> Service {
        let provider = ConfigurationValue(
            .map(["name": ConfigurationValue(.string("aws")), "region": ConfigurationValue(.string(region))])
        )
        return Service(
            root: ConfigurationValue(.map(["service": ConfigurationValue(.string("shop")), "provider": provider])),
            directory: "/shop"
        )
    }

    @Test(arguments: [
        ("!Ref AWS::Region", "eu-west-1"), ("!Ref AWS::Partition", "aws"), ("!Ref AWS::StackName", "shop-dev"),
        ("!Sub '${AWS::Region}/${!x}/${Name}'", nil),
        ("!Sub ['${AWS::Region}/${!x}/${Name}', {Name: n}]", "eu-west-1/${x}/n"),
        ("!Join ['-', [a, !Ref AWS::Region, 1]]", "a-eu-west-1-1"), ("!Join ['-', [a, !Ref Table]]", nil),
        ("!Ref Table", nil), ("!GetAtt Table.Arn", nil), ("!Ref AWS::AccountId", nil), ("text", "text"), ("5", "5"),
    ])
    func `intrinsic functions that need no stack are evaluated`(written: String, text: String?) throws {
        let node = try #require(try ConfigurationText.yaml(Array(written.utf8), file: "x.yml"))
        #expect(LocalIntrinsics(service: Self.service(region: "eu-west-1")).text(of: node) == text)
    }

    @Test(arguments: [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-east-1", "aws")])
    func `the partition depends on the region`(region: String, partition: String) throws {
        let node = try #require(try ConfigurationText.yaml(Array("!Ref AWS::Partition".utf8), file: "x.yml"))
        #expect(LocalIntrinsics(service: Self.service(region: region)).text(of: node) == partition)
    }
}
