import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

/// Mistakes in a configuration that would remove parts of the stack if they were not reported.
@Suite struct InvalidSettingsTests {
    private func resources(_ changes: [(path: [String], value: JSONValue)]) throws -> JSONValue? {
        var root = ConfigurationValue([
            "service": "shop", "provider": ["name": "aws", "runtime": "python3.13"],
            "functions": ["a": ["handler": "h.run"]],
        ])
        for (path, value) in changes { root = root.setting(path[...], to: ConfigurationValue(value)) }
        let service = Service(root: root, directory: "/service")
        let context = CompileContext(service: service, artifactDirectory: .shop)
        return try TemplateCompiler.templates(of: context).update["Resources"]
    }

    @Test(
        arguments: [
            (["functions", "a", "layers"], ["x": "y"], .invalidType),
            (["provider", "iamRoleStatements"], ["Effect": "Allow"], .invalidType),
            (
                ["provider", "iam"], ["role": ["statements": ["Effect": "Allow"]]],
                .invalidType
            ),
            (["provider", "iam"], ["role": .null], .emptyProperty),
            (
                ["resources"], "template.yml",
                .invalidResources
            ),
            (["resources"], ["Resources": ["Queue": .null]], .emptyResource),
        ] as [([String], JSONValue, DiagnosticCode)]
    )
    func `settings that cannot be compiled are errors`(path: [String], value: JSONValue, code: DiagnosticCode) throws {
        let error = try #require(throws: DiagnosticError.self) { try resources([(path, value)]) }
        #expect(error.diagnostics.first?.code == code)
    }

    @Test(arguments: [false, 0, "", "more.yml", [], .null] as [JSONValue])
    func `a section that is not a mapping does not remove anything`(section: JSONValue) throws {
        let made = try resources([(["resources"], ["Resources": section, "Outputs": section])])
        #expect(made?["ALambdaFunction"] != nil)
    }

    @Test func `an empty stage counts as the default one`() throws {
        let root: JSONValue = ["service": "shop", "provider": ["name": "aws", "stage": ""], "functions": [:]]
        #expect(Service(root: ConfigurationValue(root), directory: "/service").stage == "dev")
    }

    @Test func `a list of variables is numbered, and falsy settings have no variables`() throws {
        let numbered = try resources([(["functions", "a", "environment"], [["A": "b"]])])
        #expect(numbered?["ALambdaFunction"]?["Properties"]?["Environment"] == ["Variables": ["0": ["A": "b"]]])
        let none = try resources([(["provider", "environment"], "")])
        #expect(none?["ALambdaFunction"]?["Properties"]?["Environment"] == nil)
    }
}

extension ConfigurationValue {
    /// This with another value at a path; maps are made where there are none.
    fileprivate func setting(_ path: ArraySlice<String>, to value: ConfigurationValue) -> ConfigurationValue {
        guard let key = path.first else { return value }
        var result = map == nil ? ConfigurationValue(.map([:])) : self
        result[key] = (result[key] ?? ConfigurationValue(.map([:]))).setting(path.dropFirst(), to: value)
        return result
    }
}
