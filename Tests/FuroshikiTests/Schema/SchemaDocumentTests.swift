import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import Testing

@testable import EditorSchema
@testable import SchemaValidation
@testable import furoshiki

struct SchemaDocumentTests {
    private static let document = ConfigurationSchema.document(version: "1")

    /// The rules of which each property has a description.
    private static let described = [
        "service", "provider", "providerAlb", "providerApiGateway", "providerHttpApi", "awsLambdaVpcConfig",
        "awsLambdaLogs", "function", "layer", "resources", "event",
    ]

    @Test
    func `every property of the service, its provider, functions, events and layers has a description`() {
        let needed = Self.document.paths.filter { path in
            let parts = path.split(separator: ".")
            return parts.count == 2
                && (Self.described.contains(String(parts[0])) || parts[0].hasPrefix("event "))
        }
        #expect(needed.count > 250)
        #expect(needed.filter { Description.all[$0] == nil }.sorted() == [])
    }

    @Test
    func `every description is that of a property`() {
        #expect(Set(Description.all.keys).subtracting(Self.document.paths).sorted() == [])
    }

    @Test
    func `runtimes and regions are enumerations`() {
        let runtimes = Self.document.json["definitions"]?["awsLambdaRuntime"]?["enum"]?.arrayValue ?? []
        #expect(runtimes.contains("python3.13"))
        let provider = JSONWriter().text(of: Self.document.json["definitions"]?["provider"] ?? .null)
        #expect(provider.contains("eu-central-1"))
    }

    @Test
    func `an option of the plugin has its description, default and values`() throws {
        let custom = Self.document.json["properties"]?["custom"]
        let text = JSONWriter().text(of: try #require(custom))
        #expect(text.contains(#""slim":{"description":"Omits"#))
        #expect(text.contains(#""default":"requirements.txt""#))
        for name in RequirementOptions.names { #expect(text.contains("\"\(name)\":{"), "\(name)") }
    }

    @Test(arguments: [(1, 900), (0, 0), (128, 10240), (0, 65535), (60, 60), (-1, 10000), (5, 300), (3, 3600)])
    func `the pattern of numbers in strings matches exactly those in the range`(_ low: Int, _ high: Int) throws {
        let pattern = try RegularExpression(
            parsing: NumberPattern(Double(low)...Double(high), isInteger: true).source.replacing("(?:", with: "(")
        )
        for number in [-2, -1, 0, 1, 2, 4, 5, 9, 10, 59, 60, 61, 99, 100, 127, 128, 300, 301, 899, 900, 901, 999, 1000]
            + [3599, 3600, 3601, 9999, 10000, 10001, 10240, 10241, 65535, 65536, 99999, 100_000, low, high, high + 1]
        {
            #expect(pattern.matches("\(number)") == (low...high).contains(number), "\(number) in \(low)...\(high)")
        }
        #expect(pattern.matches("0x1F"))
        #expect(!pattern.matches("text"))
    }

    @Test
    func `create writes the schema that the first line of the configuration names`() async throws {
        let run = try await ProgramRun("create -t python --json")
        let files = try #require(try JSONValue(parsing: run.output)["files"]?.arrayValue)
        #expect(files.contains(.string(ConfigurationSchema.fileName)))
    }
}
