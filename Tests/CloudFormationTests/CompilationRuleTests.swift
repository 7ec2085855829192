import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

/// Rules of Serverless 3.38 that no recorded service shows.
@Suite struct CompilationRuleTests {
    /// The template of a service of the given functions and resources.
    private func template(functions: JSONValue, resources: JSONValue = .object([:])) throws -> JSONValue {
        try TemplateCompiler.templates(of: .shop(functions: functions, resources: resources)).update
    }

    @Test func `merging an object into a list results in a list`() throws {
        let template = try template(
            functions: ["a": ["handler": "h.run", "tags": ["one": "1"]]],
            resources: ["Resources": ["ALambdaFunction": ["Properties": ["Tags": ["Fn::If": ["x", "y", "z"]]]]]]
        )
        let tags = template["Resources"]?["ALambdaFunction"]?["Properties"]?["Tags"]
        #expect(tags == [["Key": "one", "Value": "1"]])
    }

    @Test(
        arguments: [
            ("ab", ["0": "a", "1": "b", "B": "2"]), (["x"], ["0": "x", "B": "2"]), (5, ["B": "2"]),
            (["B": "1", "C": "3"], ["B": "2", "C": "3"]),
        ] as [(JSONValue, JSONValue)]
    )
    func `settings other than mappings are spread as in JavaScript`(_ settings: JSONValue, _ expected: JSONValue) throws
    {
        let functions: JSONValue = ["a": ["handler": "h.run", "environment": ["B": "2"]]]
        let context = CompileContext.shop(functions: functions, provider: ["environment": settings])
        let function = try TemplateCompiler.templates(of: context).update["Resources"]?["ALambdaFunction"]
        #expect(function?["Properties"]?["Environment"]?["Variables"] == expected)
    }

    @Test func `a stream with an unknown name is an error`() throws {
        let functions: JSONValue = ["a": ["handler": "h.run", "events": [["stream": ["arn": "orders"]]]]]
        let error = #expect(throws: DiagnosticError.self) { try template(functions: functions) }
        #expect(error?.diagnostics.first?.code == .invalidARN)
    }

    @Test func `a section of resources that is null does not replace an existing one`() throws {
        let template = try template(
            functions: ["a": ["handler": "h.run"]],
            resources: ["Conditions": .null, "Resources": .null, "Outputs": .null]
        )
        #expect(template["Conditions"] == .null)
        #expect(template["Resources"]?["ALambdaFunction"] != nil)
        #expect(template["Outputs"]?["ServerlessDeploymentBucketName"] != nil)
    }

    @Test func `dependencies of a user pool are merged item by item, like all lists`() throws {
        let event: JSONValue = ["cognitoUserPool": ["pool": "people", "trigger": "PreSignUp"]]
        let template = try template(
            functions: [
                "a": ["handler": "h.run", "events": [event]],
                "b": [
                    "handler": "h.run",
                    "events": [["cognitoUserPool": ["pool": "people", "trigger": "PostConfirmation"]]],
                ],
            ],
            resources: ["Resources": ["CognitoUserPoolPeople": ["DependsOn": ["Other"]]]]
        )
        let pool = template["Resources"]?["CognitoUserPoolPeople"]
        #expect(pool?["DependsOn"] == ["Other", "BLambdaFunction"])
    }

    @Test func `an event with several keys is several events`() throws {
        let events: JSONValue = [["schedule": "rate(1 day)", "sqs": "arn:aws:sqs:us-east-1:123456789012:jobs"]]
        let resources = try template(functions: ["a": ["handler": "h.run", "events": events]])["Resources"]
        #expect(resources?["AEventsRuleSchedule1"] != nil)
        #expect(resources?["AEventSourceMappingSQSJobs"] != nil)
    }

    @Test(arguments: [
        (#"\"error\" \\ \'x\'"#, #""error" \ 'x'"#), (#""a" \"b\""#, #""a" \"b\""#), (#"\d "x""#, #"\d "x""#),
    ])
    func `a log filter is unescaped once if its first quote is escaped`(
        _ written: String,
        _ meant: String
    )
        throws
    {
        let event: JSONValue = ["cloudwatchLog": ["logGroup": "/a", "filter": .string(written)]]
        let resources = try template(functions: ["a": ["handler": "h.run", "events": [event]]])["Resources"]
        let filter = resources?["ALogsSubscriptionFilterCloudWatchLog1"]?["Properties"]?["FilterPattern"]
        #expect(filter == .string(meant))
    }

    @Test func `statements of images come after those of zip files`() throws {
        let digest = String(repeating: "0", count: 64)
        let image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/a@sha256:\(digest)"
        let template = try template(functions: [
            "image": ["image": .string(image), "onError": "arn:aws:sns:us-east-1:123456789012:image"],
            "zip": ["handler": "h.run", "onError": "arn:aws:sns:us-east-1:123456789012:zip"],
        ])
        let policies = template["Resources"]?["IamRoleLambdaExecution"]?["Properties"]?["Policies"]?.arrayValue
        let statements = policies?.first?["PolicyDocument"]?["Statement"]?.arrayValue ?? []
        let topics = statements.filter { $0["Action"] == ["sns:Publish"] }
            .compactMap { $0["Resource"]?.arrayValue?.first?.stringValue }
        #expect(topics.map { $0.split(separator: ":").last } == ["zip", "image"])
    }

    @Test func `the logical ID of a version depends on the configuration, but not on tags`() throws {
        func version(_ settings: JSONValue) throws -> String? {
            var function: JSONValue = ["handler": "h.run"]
            for (key, value) in settings.objectValue ?? [:] { function[key] = value }
            return try template(functions: ["a": function])["Resources"]?.objectValue?.keys
                .first { $0.hasPrefix("ALambdaVersion") }
        }
        let plain = try #require(try version(.object([:])))
        #expect(try version(["tags": ["a": "b"]]) == plain)
        #expect(try version(["reservedConcurrency": 3]) == plain)
        #expect(try version(["memorySize": 256]) != plain)
        #expect(try version(["environment": ["A": "1"]]) != plain)
    }

    @Test func `an empty list of dependencies is kept in the template if there are no others`() throws {
        let resources = try template(functions: [
            "a": ["handler": "h.run", "disableLogs": true, "dependsOn": []],
            "b": ["handler": "h.run", "disableLogs": true],
        ])["Resources"]
        #expect(resources?["ALambdaFunction"]?["DependsOn"] == [])
        #expect(resources?["BLambdaFunction"]?["DependsOn"] == nil)
    }

    @Test func `a function that is its own destination is invoked by its alias`() throws {
        let resources = try template(functions: [
            "a": ["handler": "h.run", "provisionedConcurrency": 2, "destinations": ["onFailure": "a"]]
        ])["Resources"]
        let settings = resources?["ALambdaEvConf"]?["Properties"]?["DestinationConfig"]
        let arn: JSONValue = ["Fn::Join": [":", [["Fn::GetAtt": ["ALambdaFunction", "Arn"]], "provisioned"]]]
        #expect(settings == ["OnFailure": ["Destination": arn]])
    }

    @Test(
        arguments: ["arn:aws:s3:::photos", ["Ref": "Jobs"], ["arn": "arn:aws:sqs:us-east-1:123456789012:a"]]
            as [JSONValue]
    )
    func `a destination of an unknown kind is an error`(_ destination: JSONValue) {
        #expect(throws: DiagnosticError.self) {
            try template(functions: ["a": ["handler": "h.run", "destinations": ["onFailure": destination]]])
        }
    }

    @Test func `functions with layers of the service are compiled after those without, in any order`() throws {
        let root: JSONValue = [
            "service": "shop", "provider": ["name": "aws", "runtime": "python3.13"],
            "layers": ["tools": ["path": "tools"]],
            "functions": [
                "first": [
                    "handler": "h.run", "provisionedConcurrency": 1, "layers": [["Ref": "ToolsLambdaLayer"]],
                    "destinations": ["onSuccess": "second"],
                ],
                "second": ["handler": "h.run", "provisionedConcurrency": 1, "destinations": ["onSuccess": "first"]],
            ],
        ]
        let context = CompileContext(
            service: Service(root: ConfigurationValue(root), directory: "/service"),
            artifactDirectory: .shop
        )
        let resources = try TemplateCompiler.templates(of: context).update["Resources"]
        func destination(of key: String) -> JSONValue? {
            resources?["\(key)LambdaEvConf"]?["Properties"]?["DestinationConfig"]?["OnSuccess"]?["Destination"]
        }
        let second: JSONValue = ["Fn::GetAtt": ["SecondLambdaFunction", "Arn"]]
        #expect(destination(of: "First") == ["Fn::Join": [":", [second, "provisioned"]]])
        #expect(destination(of: "Second") == ["Fn::GetAtt": ["FirstLambdaFunction", "Arn"]])
    }

    @Test func `settings of a function that are empty strings count as not set`() throws {
        let empty: JSONValue = ["handler": "h.run", "tags": "", "layers": "", "architecture": ""]
        let properties = try template(functions: ["a": empty])["Resources"]?["ALambdaFunction"]?["Properties"]
        for name in ["Tags", "Layers", "Architectures"] { #expect(properties?[name] == nil) }
    }

    @Test func `an empty extension does not need an existing resource`() throws {
        let template = try template(functions: [:], resources: ["extensions": ["Absent": [:]]])
        #expect(template["Resources"]?["Absent"] == nil)
    }

    @Test func `an empty rule of an existing bucket is kept`() throws {
        let event: JSONValue = ["s3": ["bucket": "photos", "existing": true, "rules": [[:], ["prefix": "in/"]]]]
        let resources = try template(functions: ["a": ["handler": "h.run", "events": [event]]])["Resources"]
        let configurations = resources?["ACustomS31"]?["Properties"]?["BucketConfigs"]?.arrayValue
        #expect(configurations?.first?["Rules"] == [[:], ["Prefix": "in/"]])
    }

    @Test func `an empty rule of a bucket is kept`() throws {
        let event: JSONValue = ["s3": ["bucket": "photos", "rules": [[:], ["prefix": "in/"]]]]
        let resources = try template(functions: ["a": ["handler": "h.run", "events": [event]]])["Resources"]
        let notifications = resources?["S3BucketPhotos"]?["Properties"]?["NotificationConfiguration"]
        let rules = notifications?["LambdaConfigurations"]?.arrayValue?.first?["Filter"]?["S3Key"]?["Rules"]
        #expect(rules == [[:], ["Name": "prefix", "Value": "in/"]])
    }

    @Test func `tags with integer names come first`() throws {
        let tags: JSONValue = ["team": "a", "10": "b", "2": "c"]
        let resources = try template(functions: ["a": ["handler": "h.run", "tags": tags]])["Resources"]
        let keys = resources?["ALambdaFunction"]?["Properties"]?["Tags"]?.arrayValue?.compactMap { $0["Key"] }
        #expect(keys == ["2", "10", "team"])
    }

    @Test(
        arguments: [(false, false), (["role": "arn"], "arn"), (true, nil)] as [(JSONValue, JSONValue?)]
    )
    func `disabled REST logs override the role of WebSocket logs`(
        logs: JSONValue,
        role: JSONValue?
    ) throws {
        let root: JSONValue = [
            "service": "shop",
            "provider": ["name": "aws", "runtime": "python3.13", "logs": ["restApi": logs, "websocket": true]],
            "functions": ["a": ["handler": "h.run", "events": [["websocket": "$connect"]]]],
        ]
        let service = Service(root: ConfigurationValue(root), directory: "/service")
        let context = CompileContext(service: service, artifactDirectory: .shop)
        let resources = try TemplateCompiler.templates(of: context).update["Resources"]
        #expect(resources?["CustomApiGatewayAccountCloudWatchRole"]?["Properties"]?["RoleArn"] == role)
    }

    @Test(
        arguments: [
            (false, nil, false), (nil, false, nil), (false, false, false), (false, true, true), (true, false, true),
        ] as [(JSONValue?, JSONValue?, JSONValue?)]
    )
    func `dual stack is off if the provider disables it and no function enables it`(
        provider: JSONValue?,
        function: JSONValue?,
        expected: JSONValue?
    ) throws {
        func network(_ isDual: JSONValue?) -> JSONValue {
            .object(of: ["securityGroupIds": ["sg-1"], "subnetIds": ["subnet-1"], "ipv6AllowedForDualStack": isDual])
        }
        let root: JSONValue = [
            "service": "shop", "provider": ["name": "aws", "runtime": "python3.13", "vpc": network(provider)],
            "functions": ["a": ["handler": "h.run", "vpc": network(function)]],
        ]
        let service = Service(root: ConfigurationValue(root), directory: "/service")
        let context = CompileContext(service: service, artifactDirectory: .shop)
        let resources = try TemplateCompiler.templates(of: context).update["Resources"]
        #expect(resources?["ALambdaFunction"]?["Properties"]?["VpcConfig"]?["Ipv6AllowedForDualStack"] == expected)
    }
}
