import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import SchemaValidation
@testable import ServerlessConfig

@Suite struct ValidationTests {
    @Test func `every section of the schema can be read, and refers to sections that are there`() {
        var library = ServerlessSchema.library()
        let names = Set(library.names)
        #expect(names.count > 60)
        for name in names { visit(library.schema(name), names) }
    }

    private func visit(_ schema: Schema, _ names: Set<String>) {
        let parts = schema.parts
        if let reference = parts.reference { #expect(names.contains(reference)) }
        let children =
            parts.properties.values + parts.patternProperties.map(\.schema) + parts.tuple + parts.anyOf + parts.oneOf
            + parts.allOf + [parts.item, parts.otherProperties, parts.propertyNames].compactMap(\.self)
        for child in children { visit(child, names) }
    }

    struct Fault: Sendable {
        let configuration: JSONValue
        let message: String
    }

    static func service(provider: JSONValue = [:], function: JSONValue = [:], _ more: JSONValue = [:]) -> JSONValue {
        var provider = provider
        provider["name"] = "aws"
        var function = function
        function["handler"] = "app.run"
        var root: JSONValue = ["service": "shop", "functions": ["main": function], "provider": provider]
        for (key, value) in more.objectValue ?? [:] { root[key] = value }
        return root
    }

    static func role(statement: JSONValue) -> JSONValue {
        service(provider: ["iam": ["role": ["statements": [statement]]]])
    }

    static let faults: [Fault] = [
        Fault(
            configuration: service(function: ["timeout": 901]),
            message: "'functions.main.timeout' must be 1 to 900, found 901"
        ),
        Fault(
            configuration: service(function: ["timeout": "soon"]),
            message: "'functions.main.timeout' must be a whole number, found 'soon'"
        ),
        Fault(
            configuration: service(function: ["memorysize": 128]),
            message: "'functions.main' has the unknown property 'memorysize'"
        ),
        Fault(
            configuration: service(provider: ["architecture": "arm"]),
            message: "'provider.architecture' must be one of 'arm64', 'x86_64', found 'arm'"
        ),
        Fault(
            configuration: service(function: ["events": [["sqss": "arn:aws:sqs"]]]),
            message: "'functions.main.events.0' is an event of the unknown source 'sqss'"
        ),
        Fault(
            configuration: service(function: ["events": [["sqs": ["arn": "arn:aws:sqs", "batchSize": 0]]]]),
            message: "'functions.main.events.0.sqs.batchSize' must be 1 to 10000, found 0"
        ),
        Fault(
            configuration: service(function: ["events": [["http": "FETCH /d"]]]),
            message:
                "'functions.main.events.0.http' must be a method and a path such as 'GET /orders', or '*', found 'FETCH /d'"
        ),
        Fault(
            configuration: service(["functions": ["not a name": ["handler": "a.b"]]]),
            message: "'functions' has the key 'not a name', which must be letters, digits, '-' and '_' only"
        ),
        Fault(
            configuration: service(["useDotenv": "yes"]),
            message: "'useDotenv' must be true, found 'yes'"
        ),
        Fault(
            configuration: role(statement: ["Effect": "Allow", "Action": ["s3:*"], "Resource": ["me here"]]),
            message: "'provider.iam.role.statements.0.Resource.0' must be '*', an ARN (arn:…), an intrinsic function"
                + " or text like /^[#A-Za-z0-9-_./]+[*]?$/, found 'me here'"
        ),
        Fault(
            configuration: role(statement: [
                "Effect": "Allow", "Action": ["s3:*"], "NotAction": ["s3:*"], "Resource": "*",
            ]),
            message: "'provider.iam.role.statements.0' fits several forms of which only one may be used"
        ),
        Fault(
            configuration: role(statement: "allow all"),
            message: "'provider.iam.role.statements.0' must be a map, found 'allow all'"
        ),
        Fault(
            configuration: service(provider: ["layers": ["mine"]]),
            message: "'provider.layers.0' must be an ARN (arn:…), found 'mine'"
        ),
        Fault(
            configuration: service(function: ["runtime": "pyhton3.11"]),
            message: "'functions.main.runtime' must be one of 'python3.11', 'python3.10', 'python3.12', 'python3.13', "
                + "'python3.14' … (36 in all), found 'pyhton3.11'"
        ),
        Fault(
            configuration: service(provider: ["environment": ["A": [1, 2]]]),
            message: "'provider.environment.A' must be text or an intrinsic function, found a list"
        ),
        Fault(
            configuration: service(provider: ["environment": ["A-B": "x"]]),
            message:
                "'provider.environment' has the key 'A-B', which must be letters, digits and '_' only, no digit first"
        ),
        Fault(
            configuration: service(provider: ["iamRoleStatements": [["Effect": "Allow", "Action": ["s3:*"]]]]),
            message: "'provider.iamRoleStatements.0' needs 'Resource' or 'NotResource'"
        ),
        Fault(
            configuration: service(function: ["events": [["stream": ["type": "kinesis"]]]]),
            message: "'functions.main.events.0.stream' lacks the property 'arn'"
        ),
        Fault(
            configuration: service(provider: [
                "alb": ["authorizers": ["login": ["type": "cognito", "userPoolClientId": "x", "userPoolDomain": "x"]]]
            ]),
            message: "'provider.alb.authorizers.login' lacks the property 'userPoolArn'"
        ),
        Fault(
            configuration: service(function: ["events": [["cloudFront": ["origin": "example.com"]]]]),
            message: "'functions.main.events.0.cloudFront.origin' must be an address with its scheme, such as "
                + "https://example.com/path, found 'example.com'"
        ),
    ]

    @Test(arguments: faults)
    func `a fault is told at its path`(_ fault: Fault) throws {
        var configuration = fault.configuration
        configuration["disabledDeprecations"] = ["PROVIDER_IAM_SETTINGS_V3"]
        let result = try ConfigurationValidator.validate(ConfigurationValue(configuration))
        #expect(result.diagnostics.first?.message == fault.message)
        #expect(result.diagnostics.map(\.severity) == [.warning, .note])
    }

    @Test func `the mode error throws all faults together, off tells none`() throws {
        let faulty = Self.service(function: ["timeout": 0, "memorySize": 1], ["configValidationMode": "error"])
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(faulty))
        }
        #expect(error?.diagnostics.count == 2)
        var silent = faulty
        silent["configValidationMode"] = "off"
        #expect(try ConfigurationValidator.validate(ConfigurationValue(silent)).diagnostics.isEmpty)
    }

    @Test func `without a mode, a fault of what came after Serverless 3 is an error`() throws {
        let faulty = Self.service(function: ["durableConfig": ["executionTimeout": 0], "timeout": 0])
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(faulty))
        }
        #expect(error?.diagnostics.map(\.severity) == [.error, .warning])
        var tolerant = faulty
        tolerant["configValidationMode"] = "warn"
        #expect(
            try ConfigurationValidator.validate(ConfigurationValue(tolerant)).diagnostics.map(\.severity) == [
                .warning, .warning,
            ]
        )
    }

    @Test func `settings of the build of an image are known`() throws {
        let image: JSONValue = ["path": "./", "buildOptions": ["--ssh", "default"], "provenance": "false"]
        let configuration = Self.service(provider: ["ecr": ["images": ["base": image]]])
        #expect(try ConfigurationValidator.validate(ConfigurationValue(configuration)).diagnostics.isEmpty)
    }

    @Test func `a schedule group may be a reference, and an access mode stand in any case`() throws {
        let schedule: JSONValue = ["method": "scheduler", "rate": ["rate(1 day)"], "groupName": ["Ref": "Group"]]
        let configuration = Self.service(
            provider: ["apiGateway": ["endpoint": ["accessMode": "strict"]]],
            function: ["runtime": "java17.al2023", "events": [["schedule": schedule]]]
        )
        #expect(try ConfigurationValidator.validate(ConfigurationValue(configuration)).diagnostics.isEmpty)
    }

    @Test func `values are converted as Serverless converts them`() throws {
        let configuration = Self.service(
            function: [
                "timeout": "30", "memorySize": ["512"], "disableLogs": "true", "dependsOn": "Table",
                "environment": ["PORT": 8080, "ON": true, "EMPTY": ""], "description": 5,
                "events": [["sqs": ["arn": "arn:aws:sqs:q", "batchSize": "10"]]],
            ]
        )
        let result = try ConfigurationValidator.validate(ConfigurationValue(configuration))
        let function = result.root[path: "functions", "main"]?.json
        #expect(result.diagnostics.isEmpty)
        #expect(function?["timeout"] == 30)
        #expect(function?["memorySize"] == 512)
        #expect(function?["disableLogs"] == true)
        #expect(function?["dependsOn"] == ["Table"])
        #expect(function?["environment"] == ["PORT": "8080", "ON": "true", "EMPTY": ""])
        #expect(function?["description"] == "5")
        #expect(function?["events"] == [["sqs": ["arn": "arn:aws:sqs:q", "batchSize": 10]]])
    }

    @Test func `a property that is null counts as absent`() throws {
        let configuration = Self.service(function: ["timeout": .null, "events": .null, "colour": .null])
        #expect(try ConfigurationValidator.validate(ConfigurationValue(configuration)).diagnostics.isEmpty)
    }

    @Test func `deprecations are notes, silent where disabled, and errors where asked`() throws {
        let role = Self.service(provider: ["role": "arn:aws:iam::1:role/r"])
        #expect(try ConfigurationValidator.validate(ConfigurationValue(role)).diagnostics.map(\.severity) == [.note])
        var silent = role
        silent["disabledDeprecations"] = ["PROVIDER_IAM_SETTINGS_V3"]
        #expect(try ConfigurationValidator.validate(ConfigurationValue(silent)).diagnostics.isEmpty)
        var strict = role
        strict["deprecationNotificationMode"] = "error"
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(strict))
        }
        #expect(error?.diagnostics.first?.message == "'provider.role' is deprecated")
    }

    @Test func `a service that does not say what faults are is told so, or fails where deprecations are errors`() throws
    {
        var faulty = Self.service(function: ["timeout": 0])
        let note = try ConfigurationValidator.validate(ConfigurationValue(faulty)).diagnostics.last
        #expect(note?.message == "faults like these are warnings only, as 'configValidationMode' is not set")
        faulty["deprecationNotificationMode"] = "error"
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(faulty))
        }
        #expect(error?.diagnostics.map(\.severity) == [.warning, .error])
        faulty["disabledDeprecations"] = "CONFIG_VALIDATION_MODE_DEFAULT_V3"
        #expect(
            try ConfigurationValidator.validate(ConfigurationValue(faulty)).diagnostics.map(\.severity) == [.warning]
        )
    }

    struct Habit: Sendable {
        let configuration: JSONValue
        let messages: [String]
    }

    static let habits: [Habit] = [
        Habit(
            configuration: service(provider: ["eventBridge": ["useCloudFormation": false]]),
            messages: ["'provider.eventBridge.useCloudFormation' has no effect any more"]
        ),
        Habit(
            configuration: service(
                provider: ["eventBridge": ["useCloudFormation": false]],
                function: ["events": [["eventBridge": ["schedule": "rate(1 hour)"]]]]
            ),
            messages: ["event buses and rules made by a custom resource are deprecated"]
        ),
        Habit(
            configuration: service(provider: ["tags": ["a": "b"]], function: ["events": [["websocket": "$connect"]]]),
            messages: ["a WebSocket interface without the tags of 'provider.tags' is deprecated"]
        ),
        Habit(
            configuration: service(
                provider: ["tags": ["a": "b"], "websocket": ["useProviderTags": true]],
                function: ["events": [["websocket": "$connect"]]]
            ),
            messages: []
        ),
        Habit(
            configuration: service(["package": ["exclude": ["**"]]]),
            messages: ["'package.include' and 'package.exclude' are deprecated"]
        ),
    ]

    @Test(arguments: habits)
    func `what Serverless 3 calls deprecated is a note`(_ habit: Habit) throws {
        let result = try ConfigurationValidator.validate(ConfigurationValue(habit.configuration))
        #expect(result.diagnostics.map(\.message) == habit.messages)
        #expect(result.diagnostics.allSatisfy { $0.severity == .note })
    }
}
