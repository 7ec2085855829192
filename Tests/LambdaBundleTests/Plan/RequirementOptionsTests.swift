import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import RequirementFormats
import Testing
import WheelProvisioning

@testable import LambdaBundle

struct RequirementOptionsTests {
    private func setting(_ json: JSONValue) -> ConfigurationValue {
        switch json {
        case .null: ConfigurationValue(.null)
        case .bool(let flag): ConfigurationValue(.bool(flag))
        case .number(let number): ConfigurationValue(.number(number))
        case .string(let text): ConfigurationValue(.string(text))
        case .array(let items): ConfigurationValue(.list(items.map(setting)))
        case .object(let members): ConfigurationValue(.map(members.mapValues(setting)))
        }
    }

    private func options(_ json: JSONValue) throws -> RequirementOptions { try RequirementOptions(setting(json)) }

    @Test func `strings from the environment can be booleans, and empty strings count as not set`() throws {
        let options = try options([
            "zip": "false", "slim": "true", "usePipenv": "", "vendor": "", "layer": "false", "dockerizePip": "false",
            "slimPatterns": false, "noDeploy": "",
        ])
        #expect(!options.nestsArchive && options.isSlim && options.source.usesPipenv)
        #expect(options.vendor == nil && options.layer == nil && options.containerOptions.use == .never)
        #expect(options.slimPatterns.isEmpty && options.noDeploy.isEmpty)
    }

    @Test(arguments: [
        ("slimPatterns", "**/*.txt"), ("noDeploy", "boto3"), ("poetryOnlyGroups", "main"), ("slim", "perhaps"),
        ("pipCmdExtraArgs", "--pre"), ("layer", "maybe"), ("dockerizePip", "sometimes"),
        ("staticCacheMaxVersions", "x"),
    ])
    func `a value of the wrong type is an error with the name of the option`(_ option: String, _ value: String) throws {
        let error = #expect(throws: DiagnosticError.self) { try options([option: .string(value)]) }
        #expect(error?.diagnostics.count == 1)
        #expect(error?.diagnostics.first?.message.contains("custom.pythonRequirements.\(option)") == true)
    }

    @Test func `the help for a string that YAML parses as a mapping suggests quotes`() throws {
        let error = #expect(throws: DiagnosticError.self) {
            try options(["pipCmdExtraArgs": [["--only-binary=:all": .null]]])
        }
        #expect(error?.diagnostics.first?.help.first?.hasSuffix(": '--only-binary=:all:'") == true)
    }

    @Test func `an unknown option is a warning with the nearest name`() throws {
        let options = try options(["slimPattern": ["*"]])
        #expect(options.findings.map(\.severity) == [.warning])
        #expect(options.findings.first?.help == ["did you mean 'slimPatterns'?"])
    }

    @Test func `options for containers are ignored without dockerizePip`() throws {
        let wrong: JSONValue = [
            "dockerFile": "Dockerfile", "dockerEnv": ["A": "B"], "dockerExtraFiles": "text",
            "dockerRunCmdExtraArgs": "text", "dockerizePip": false,
        ]
        #expect(try options(wrong).findings.count == 1)
        var asked = wrong
        asked["dockerizePip"] = true
        let error = #expect(throws: DiagnosticError.self) { try options(asked) }
        #expect(error?.diagnostics.count == 2)
    }

    @Test func `conflicting options for containers are errors`() {
        #expect(throws: DiagnosticError.self) { try options(["dockerImage": "a", "dockerFile": "b"]) }
        let error = #expect(throws: DiagnosticError.self) {
            try options(["dockerizePip": true, "pipCmdExtraArgs": ["--cache-dir x"]])
        }
        #expect(error?.diagnostics.first?.message.contains("--cache-dir") == true)
    }

    static let containerCases: [(JSONValue, String?)] = [
        (["dockerImage": "public.ecr.aws/sam/build-python3.9:latest-x86_64"], nil),
        (["dockerImage": "mine:latest"], "dockerImage"), (["dockerFile": "Dockerfile"], "dockerFile"),
        (["dockerExtraFiles": ["/a.so"]], "dockerExtraFiles"),
        (["dockerImage": ["python3.9": "mine"]], "dockerImage"), (["dockerSsh": true], nil),
    ]

    @Test(arguments: containerCases)
    func `options only require a container if they depend on its content`(_ json: JSONValue, _ option: String?) throws {
        var json = json
        json["dockerizePip"] = true
        #expect(try options(json).containerOptions.optionThatNeedsContainer == option)
    }

    @Test(arguments: [
        ("public.ecr.aws/sam/build-python3.9:latest-x86_64", "3.9"), ("public.ecr.aws/sam/build-python3.12", "3.12"),
        ("lambci/lambda:build-python3.8", "3.8"), ("mine:python3.9", nil),
    ])
    func `the Python version of a published build image is known`(_ image: String, _ python: String?) {
        #expect(ContainerOptions.python(ofPublishedImage: image) == python)
    }
}
