import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import SchemaValidation
@testable import ServerlessConfig

/// What values become where they have another type than their rule asks for (Ajv, "Type coercion rules").
@Suite struct ConversionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let value: JSONValue
        let becomes: JSONValue
        var isValid = true
        var testDescription: String {
            let lines = rule.split(separator: "\n").joined(separator: "; ")
            return "\(lines) of \(JSONWriter().text(of: value))"
        }
    }

    static let stringOrMaps: String = """
        any of:
          |: string
          |: array
            -: object
              port: string
        """
    static let stringOrMap: String = """
        any of:
          |: string length>= 3
          |: object closed
            port: string
        """
    static let scalars: [Case] = [
        Case(rule: "integer", value: "512", becomes: 512),
        Case(rule: "integer", value: ["512"], becomes: 512),
        Case(rule: "integer", value: "0x10", becomes: 16),
        Case(rule: "integer", value: " 5 ", becomes: 5),
        Case(rule: "integer", value: "1.5", becomes: "1.5", isValid: false),
        Case(rule: "integer", value: "", becomes: "", isValid: false),
        Case(rule: "integer", value: true, becomes: 1),
        Case(rule: "integer", value: [.null], becomes: 0),
        Case(rule: "integer >= 0 <= 5", value: "Infinity", becomes: .number(.infinity)),
        Case(rule: "boolean", value: "true", becomes: true),
        Case(rule: "boolean", value: 0, becomes: false),
        Case(rule: "boolean", value: "yes", becomes: "yes", isValid: false),
        Case(rule: "string", value: 1e21, becomes: "1e+21"),
        Case(rule: "string", value: [false], becomes: "false"),
        Case(rule: "string", value: ["a", "b"], becomes: ["a", "b"], isValid: false),
        Case(rule: "string", value: [["a"]], becomes: [["a"]], isValid: false),
        Case(rule: "array", value: 5, becomes: [5]),
        Case(rule: "array", value: [:], becomes: [:], isValid: false),
        Case(rule: "object", value: [[:]], becomes: [[:]], isValid: false),
    ]

    static let alternatives: [Case] = [
        // The first alternative makes text of the number, and the second one never sees it.
        Case(rule: "any of:\n  |: string\n  |: integer", value: 5, becomes: "5"),
        Case(rule: "any of:\n  |: integer >= 9\n  |: string", value: "5", becomes: "5"),
        Case(rule: "any of:\n  |: string length>= 3\n  |: integer", value: 5, becomes: 5),
        Case(rule: "any of:\n  |: string length>= 3\n  |: boolean", value: 5, becomes: "5", isValid: false),
        // A list with one mapping has been unwrapped for the alternatives after the string.
        Case(rule: stringOrMaps, value: [["port": 1]], becomes: [["port": 1]], isValid: false),
        Case(rule: stringOrMaps, value: [["port": 1], ["port": 2]], becomes: [["port": "1"], ["port": "2"]]),
        Case(rule: stringOrMap, value: [["port": 1]], becomes: [["port": "1"]]),
        Case(rule: stringOrMap, value: [["port": 1, "x": 2]], becomes: [["port": "1", "x": 2]], isValid: false),
        Case(rule: "any of:\n  |: string\n  |: string", value: [["a"]], becomes: "a"),
        Case(rule: "one of:\n  |: string\n  |: integer", value: 5, becomes: 5, isValid: false),
        Case(rule: "one of:\n  |: integer\n  |: boolean", value: "1", becomes: true, isValid: false),
    ]

    @Test(arguments: scalars + alternatives)
    func `a value is converted to the type of its rule`(_ conversion: Case) throws {
        let lines = conversion.rule.split(separator: "\n")
        let outline = (["→ value: \(lines[0])"] + lines.dropFirst().map { "  \($0)" }).map { Array($0.utf8)[...] }
        var parser = SchemaParser(lines: outline[...])
        let schema = parser.section()
        var validator = SchemaValidator(ServerlessSchema.library())
        var value = CheckedValue(ConfigurationValue(conversion.value))
        validator.check(&value, schema)
        #expect(value.stored.json == conversion.becomes)
        #expect(validator.issues.isEmpty == conversion.isValid)
    }

    @Test func `a key that its rule does not allow is reported with its name`() throws {
        let response: JSONValue = ["statusCodes": ["4xx": ["pattern": ""], "404": ["pattern": 5]]]
        let http: JSONValue = ["path": "a", "method": "get", "response": response]
        let configuration = ValidationTests.service(function: ["events": [["http": http]]])
        let result = try ConfigurationValidator.validate(ConfigurationValue(configuration))
        #expect(
            result.diagnostics.first?.code == .invalidKey
                && result.diagnostics.first?.message.contains("'4xx'") == true
        )
        let codes = result.root[path: "functions", "main", "events"]?.list?[0][path: "http", "response", "statusCodes"]
        #expect(codes?[path: "404", "pattern"]?.string == "5")
    }
}
