import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import RequirementFormats
import Testing

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

    @Test func `texts from the environment count as truth values, and empty ones as nothing`() throws {
        let options = try options([
            "zip": "false", "slim": "true", "usePipenv": "", "vendor": "", "layer": "false", "dockerizePip": "false",
            "slimPatterns": false, "noDeploy": "",
        ])
        #expect(!options.nestsArchive && options.isSlim && options.source.usesPipenv)
        #expect(options.vendor == nil && options.layer == nil && options.containers == .ifNeeded)
        #expect(options.slimPatterns.isEmpty && options.noDeploy.isEmpty)
    }

    @Test(arguments: [
        ("slimPatterns", "**/*.txt"), ("noDeploy", "boto3"), ("poetryOnlyGroups", "main"), ("slim", "perhaps"),
        ("pipCmdExtraArgs", "--pre"), ("layer", "maybe"), ("dockerizePip", "sometimes"),
        ("staticCacheMaxVersions", "x"),
    ])
    func `a value of another type is an error that names the option`(_ option: String, _ value: String) throws {
        let error = #expect(throws: DiagnosticError.self) { try options([option: .string(value)]) }
        #expect(error?.diagnostics.count == 1)
        #expect(error?.diagnostics.first?.message.contains("custom.pythonRequirements.\(option)") == true)
    }

    @Test func `a text that YAML made a map of is told with quotes`() throws {
        let error = #expect(throws: DiagnosticError.self) {
            try options(["pipCmdExtraArgs": [["--only-binary=:all": .null]]])
        }
        #expect(error?.diagnostics.first?.help.first?.hasSuffix(": '--only-binary=:all:'") == true)
    }

    @Test func `an unknown option names the nearest one and harms nothing`() throws {
        let options = try options(["slimPattern": ["*"]])
        #expect(options.findings.map(\.severity) == [.warning])
        #expect(options.findings.first?.help == ["did you mean 'slimPatterns'?"])
    }

    @Test func `options of containers count only with dockerizePip`() throws {
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

    @Test func `an image and a file for one exclude each other, a cache folder and a container too`() {
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
    func `only what a container alone has asks for one`(_ json: JSONValue, _ option: String?) throws {
        var json = json
        json["dockerizePip"] = true
        #expect(try options(json).containerOptions.demandingOption == option)
    }

    @Test(arguments: [
        ("public.ecr.aws/sam/build-python3.9:latest-x86_64", "3.9"), ("public.ecr.aws/sam/build-python3.12", "3.12"),
        ("lambci/lambda:build-python3.8", "3.8"), ("mine:python3.9", nil),
    ])
    func `a published build image tells its Python`(_ image: String, _ python: String?) {
        #expect(ContainerOptions.python(ofPublishedImage: image) == python)
    }
}
