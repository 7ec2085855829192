import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import SchemaValidation
@testable import ServerlessConfig

@Suite struct ValidationTests {
    @Test func `every section of the schema can be parsed and refers to existing sections`() {
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

    /// A configuration that the schema does not allow, and the data that the message must contain.
    struct Problem: Sendable {
        let configuration: JSONValue
        let code: DiagnosticCode
        let mentions: [String]
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

    static let problems: [Problem] = [
        Problem(
            configuration: service(function: ["timeout": 901]),
            code: .valueOutOfRange,
            mentions: ["'functions.main.timeout'", "1 to 900", "901"]
        ),
        Problem(
            configuration: service(function: ["timeout": "soon"]),
            code: .invalidType,
            mentions: ["'functions.main.timeout'", "'soon'"]
        ),
        Problem(
            configuration: service(function: ["memorysize": 128]),
            code: .unknownProperty,
            mentions: ["'functions.main'", "'memorysize'"]
        ),
        Problem(
            configuration: service(provider: ["architecture": "arm"]),
            code: .invalidValue,
            mentions: ["'provider.architecture'", "'arm64', 'x86_64'", "'arm'"]
        ),
        Problem(
            configuration: service(function: ["events": [["sqss": "arn:aws:sqs"]]]),
            code: .unknownEvent,
            mentions: ["'functions.main.events.0'", "'sqss'"]
        ),
        Problem(
            configuration: service(function: ["events": [["sqs": ["arn": "arn:aws:sqs", "batchSize": 0]]]]),
            code: .valueOutOfRange,
            mentions: ["'functions.main.events.0.sqs.batchSize'", "1 to 10000", "found 0"]
        ),
        Problem(
            configuration: service(function: ["events": [["http": "FETCH /d"]]]),
            code: .invalidFormat,
            mentions: ["'functions.main.events.0.http'", "'GET /orders'", "'FETCH /d'"]
        ),
        Problem(
            configuration: service(["functions": ["not a name": ["handler": "a.b"]]]),
            code: .invalidKey,
            mentions: ["'functions'", "'not a name'", "letters, digits, '-' and '_'"]
        ),
        Problem(
            configuration: service(["useDotenv": "yes"]),
            code: .invalidValue,
            mentions: ["'useDotenv'", "true", "'yes'"]
        ),
        Problem(
            configuration: role(statement: ["Effect": "Allow", "Action": ["s3:*"], "Resource": ["me here"]]),
            code: .invalidType,
            mentions: [
                "'provider.iam.role.statements.0.Resource.0'", "'*', an ARN (arn:…), an intrinsic function",
                "/^[#A-Za-z0-9-_./]+[*]?$/", "'me here'",
            ]
        ),
        Problem(
            configuration: role(statement: [
                "Effect": "Allow", "Action": ["s3:*"], "NotAction": ["s3:*"], "Resource": "*",
            ]),
            code: .conflictingProperties,
            mentions: ["'provider.iam.role.statements.0'"]
        ),
        Problem(
            configuration: role(statement: "allow all"),
            code: .invalidType,
            mentions: ["'provider.iam.role.statements.0'", "'allow all'"]
        ),
        Problem(
            configuration: service(provider: ["layers": ["mine"]]),
            code: .invalidFormat,
            mentions: ["'provider.layers.0'", "an ARN (arn:…)", "'mine'"]
        ),
        Problem(
            configuration: service(function: ["runtime": "pyhton3.11"]),
            code: .unknownRuntime,
            mentions: ["'pyhton3.11'"]
        ),
        Problem(
            configuration: service(provider: ["region": "eu-wset-1"]),
            code: .invalidValue,
            mentions: ["'provider.region'", "one of 'eu-west-1', 'eu-west-2', ", " in all)", "'eu-wset-1'"]
        ),
        Problem(
            configuration: service(provider: ["environment": ["A": [1, 2]]]),
            code: .invalidType,
            mentions: ["'provider.environment.A'", "an intrinsic function", "a list"]
        ),
        Problem(
            configuration: service(provider: ["environment": ["A-B": "x"]]),
            code: .invalidKey,
            mentions: ["'provider.environment'", "'A-B'", "letters, digits and '_'"]
        ),
        Problem(
            configuration: service(provider: ["iamRoleStatements": [["Effect": "Allow", "Action": ["s3:*"]]]]),
            code: .missingProperty,
            mentions: ["'provider.iamRoleStatements.0'", "'Resource' or 'NotResource'"]
        ),
        Problem(
            configuration: service(function: ["events": [["stream": ["type": "kinesis"]]]]),
            code: .missingProperty,
            mentions: ["'functions.main.events.0.stream'", "'arn'"]
        ),
        Problem(
            configuration: service(provider: [
                "alb": ["authorizers": ["login": ["type": "cognito", "userPoolClientId": "x", "userPoolDomain": "x"]]]
            ]),
            code: .missingProperty,
            mentions: ["'provider.alb.authorizers.login'", "'userPoolArn'"]
        ),
        Problem(
            configuration: service(function: ["events": [["cloudFront": ["origin": "example.com"]]]]),
            code: .invalidFormat,
            mentions: ["'functions.main.events.0.cloudFront.origin'", "https://example.com/path", "'example.com'"]
        ),
    ]

    @Test(arguments: problems)
    func `a problem is reported with its code, its path and what is allowed`(_ problem: Problem) throws {
        var configuration = problem.configuration
        configuration["disabledDeprecations"] = ["PROVIDER_IAM_SETTINGS_V3"]
        let result = try ConfigurationValidator.validate(ConfigurationValue(configuration))
        let diagnostic = try #require(result.diagnostics.first)
        #expect(diagnostic.code == problem.code)
        let whole = ([diagnostic.message] + diagnostic.help).joined(separator: "\n")
        for text in problem.mentions { #expect(whole.contains(text)) }
        #expect(result.diagnostics.map(\.severity) == [.warning, .note])
    }

    @Test func `the mode error reports all errors together, and off reports none`() throws {
        let invalid = Self.service(function: ["timeout": 0, "memorySize": 1], ["configValidationMode": "error"])
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(invalid))
        }
        #expect(error?.diagnostics.count == 2)
        var silent = invalid
        silent["configValidationMode"] = "off"
        #expect(try ConfigurationValidator.validate(ConfigurationValue(silent)).diagnostics.isEmpty)
    }

    @Test func `without a mode, a problem of a property that came after Serverless 3 is an error`() throws {
        let invalid = Self.service(function: ["durableConfig": ["executionTimeout": 0], "timeout": 0])
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(invalid))
        }
        #expect(error?.diagnostics.map(\.severity) == [.error, .warning])
        var tolerant = invalid
        tolerant["configValidationMode"] = "warn"
        #expect(
            try ConfigurationValidator.validate(ConfigurationValue(tolerant)).diagnostics.map(\.severity) == [
                .warning, .warning,
            ]
        )
    }

    @Test func `build settings of an image are valid`() throws {
        let image: JSONValue = ["path": "./", "buildOptions": ["--ssh", "default"], "provenance": "false"]
        let configuration = Self.service(provider: ["ecr": ["images": ["base": image]]])
        #expect(try ConfigurationValidator.validate(ConfigurationValue(configuration)).diagnostics.isEmpty)
    }

    @Test func `a schedule group can be a reference, and an access mode can be in any case`() throws {
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

    @Test func `a property that is null is treated as absent`() throws {
        let configuration = Self.service(function: ["timeout": .null, "events": .null, "color": .null])
        #expect(try ConfigurationValidator.validate(ConfigurationValue(configuration)).diagnostics.isEmpty)
    }

    @Test func `deprecations are notes that can be turned off or made errors`() throws {
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
        #expect(error?.diagnostics.first?.code == .deprecatedProperty)
    }

    @Test func `a service without a validation mode gets a note, which can be an error`() throws {
        var invalid = Self.service(function: ["timeout": 0])
        let note = try ConfigurationValidator.validate(ConfigurationValue(invalid)).diagnostics.last
        #expect(note?.code == .validationModeNotSet)
        invalid["deprecationNotificationMode"] = "error"
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationValidator.validate(ConfigurationValue(invalid))
        }
        #expect(error?.diagnostics.map(\.severity) == [.warning, .error])
        invalid["disabledDeprecations"] = "CONFIG_VALIDATION_MODE_DEFAULT_V3"
        #expect(
            try ConfigurationValidator.validate(ConfigurationValue(invalid)).diagnostics.map(\.severity) == [.warning]
        )
    }

    /// A configuration with a deprecation, and the codes of its notes.
    struct Deprecation: Sendable {
        let configuration: JSONValue
        let codes: [DiagnosticCode]
    }

    static let deprecations: [Deprecation] = [
        Deprecation(
            configuration: service(provider: ["eventBridge": ["useCloudFormation": false]]),
            codes: [.ineffectiveProperty]
        ),
        Deprecation(
            configuration: service(
                provider: ["eventBridge": ["useCloudFormation": false]],
                function: ["events": [["eventBridge": ["schedule": "rate(1 hour)"]]]]
            ),
            codes: [.deprecatedProperty]
        ),
        Deprecation(
            configuration: service(provider: ["tags": ["a": "b"]], function: ["events": [["websocket": "$connect"]]]),
            codes: [.deprecatedDefault]
        ),
        Deprecation(
            configuration: service(
                provider: ["tags": ["a": "b"], "websocket": ["useProviderTags": true]],
                function: ["events": [["websocket": "$connect"]]]
            ),
            codes: []
        ),
        Deprecation(
            configuration: service(["package": ["exclude": ["**"]]]),
            codes: [.deprecatedProperty]
        ),
    ]

    @Test(arguments: deprecations)
    func `a deprecation is a note with the code of its kind`(_ deprecation: Deprecation) throws {
        let result = try ConfigurationValidator.validate(ConfigurationValue(deprecation.configuration))
        #expect(result.diagnostics.map(\.code) == deprecation.codes)
        #expect(result.diagnostics.allSatisfy { $0.severity == .note })
    }
}
