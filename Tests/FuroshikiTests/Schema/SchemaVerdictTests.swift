import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import Testing

@testable import ServerlessConfig
@testable import furoshiki

/// The Python interpreter that has `jsonschema`; `nil` if there is none.
private let judgePython = Environment.current().nonEmpty("FUROSHIKI_TEST_PYTHON")

/// The schema for editors against our validator, with Python's `jsonschema` as the judge.
@Suite(.enabled(if: judgePython != nil, "needs FUROSHIKI_TEST_PYTHON with jsonschema"))
struct SchemaVerdictTests {
    /// A configuration with our verdict.
    private struct Case {
        let name: String
        let document: ConfigurationValue
        /// The first problem that we find; `nil` if the configuration is valid.
        let problem: String?

        init(_ name: String, _ document: ConfigurationValue) {
            self.name = name
            self.document = document
            problem = Self.problem(in: document)
        }

        var line: String {
            let json: JSONValue = [
                "name": .string(name), "document": document.json, "valid": .bool(problem == nil),
                "problem": .string(problem ?? ""),
            ]
            return JSONWriter().text(of: json) + "\n"
        }

        private static func problem(in document: ConfigurationValue) -> String? {
            var diagnostics: [Diagnostic]
            do {
                diagnostics =
                    try ConfigurationValidator.validate(
                        document,
                        environment: ["SLS_DEPRECATION_DISABLE": "*"]
                    )
                    .diagnostics
            } catch {
                diagnostics = error.diagnostics
            }
            if document["plugins"]?.list?.contains(where: { $0.string == "serverless-python-requirements" }) == true {
                do {
                    let options = try RequirementOptions(document["custom"]?["pythonRequirements"])
                    diagnostics += options.findings.filter { $0.code == .unknownProperty }
                } catch {
                    diagnostics += error.diagnostics.filter { [.invalidType, .unknownProperty].contains($0.code) }
                }
            }
            return diagnostics.first { $0.severity != .note }.map { "\($0)" }
        }
    }

    /// The configurations of recorded services with resolved variables, before values are converted.
    private static func resolved() async throws -> [Case] {
        var cases: [Case] = []
        for recorded in RecordedService.all {
            guard let document = try? await document(of: recorded) else { continue }
            cases.append(Case(recorded.name, document))
        }
        return cases
    }

    private static func document(of recorded: RecordedService) async throws -> ConfigurationValue {
        let directory = recorded.folder / "service"
        var options = ConfigurationOptions(serviceDirectory: directory)
        options.stage = recorded.argument("--stage", "-s")
        options.region = recorded.argument("--region", "-r")
        options.configurationFile = recorded.argument("--config", "-c")
        options.parameters = recorded.argument("--param").map { [$0] } ?? []
        var environment = Environment(recorded.variables)
        for name in ["PATH", "HOME", "TMPDIR"] { environment.variables[name] = Environment.current()[name] }
        let files = LiveFileSystem()
        let file = try ConfigurationFile.find(options, in: files)
        let scripts = ScriptHost(
            directory: directory,
            arguments: [],
            environment: environment,
            fileSystem: files,
            processRunner: LiveProcessRunner()
        )
        let loading = ConfigurationLoading(
            options: options,
            purpose: .inspection,
            environment: environment,
            fileSystem: files,
            wallClock: .live,
            file: file,
            scripts: scripts,
            remoteSource: nil
        )
        return try await scripts.whileOpen {
            let source = try await loading.read()
            let resolved = try await VariableResolutionPhases(loading: loading)
                .resolve(source.root, texts: source.text.map { [file.lastComponent: $0] } ?? [:])
            let normalizer = ServiceNormalizer(stage: nil, region: nil, file: file.lastComponent)
            var root = try normalizer.normalized(resolved.root)
            // All problems count, in whichever way the service wants them to be reported.
            root["configValidationMode"] = ConfigurationValue(.string("error"))
            return root
        }
    }

    /// The verdicts that differ from ours.
    private func differences(_ cases: [Case]) async throws -> [String] {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let files = LiveFileSystem()
            let schema = try await ProgramRun("schema").output
            try files.write(schema, to: folder / "schema.json")
            try files.write(cases.map(\.line).joined(), to: folder / "documents")
            let judge = LocalPath(#filePath).parent / "judge.py"
            let result = try await LiveProcessRunner()
                .run(
                    ProcessRequest(
                        try #require(judgePython),
                        [judge.string, (folder / "schema.json").string, (folder / "documents").string],
                        environment: .current()
                    )
                )
            #expect(result.isSuccess, "\(String(decoding: result.errorOutput, as: UTF8.self))")
            var lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
            #expect(lines.popLast() == "\(cases.count) documents")
            return lines
        }
    }

    @Test
    func `jsonschema has our verdict on every recorded service`() async throws {
        let cases = try await Self.resolved()
        #expect(cases.count > 200)
        #expect(cases.count { $0.problem != nil } > 5)
        let found = try await differences(cases)
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test
    func `jsonschema has our verdict if a value of a recorded service is replaced`() async throws {
        var random = SeededGenerator(seed: 15)
        var cases: [Case] = []
        for original in try await Self.resolved() {
            for index in 0..<4 {
                let changed = Self.changed(original.document, using: &random)
                cases.append(Case("\(original.name) #\(index) \(changed.change)", changed.document))
            }
        }
        #expect(cases.count { $0.problem != nil } > 200)
        #expect(cases.count { $0.problem == nil } > 200)
        let found = try await differences(cases)
        // JSON Schema cannot say which numbers match the pattern of a string; nothing that is valid for us is refused.
        let unexpected = found.filter { !$0.contains(": valid for jsonschema") || !$0.contains(Self.numberInPlace) }
        #expect(unexpected.isEmpty, "\(unexpected.joined(separator: "\n"))")
        #expect(found.count < 20)
    }

    /// The change of a value to a number, in the name of a case.
    private static var numberInPlace: Regex<Substring> { /= -?[0-9.]+: valid/ }

    // MARK: Changes

    /// A configuration with another value in one place of its provider, a function or an event.
    private static func changed(
        _ document: ConfigurationValue,
        using random: inout SeededGenerator
    ) -> (document: ConfigurationValue, change: String) {
        var places: [[String]] = []
        func collect(_ value: ConfigurationValue, _ path: [String]) {
            // A runtime that is not a name is reported by the check of runtimes, unless it counts as not set.
            if path.count > 1, path.last != "runtime" { places.append(path) }
            for (key, member) in value.map ?? [:] { collect(member, path + [key]) }
            for (index, item) in (value.list ?? []).enumerated() { collect(item, path + [String(index)]) }
        }
        for part in ["provider", "functions", "package", "layers", "resources"] {
            if let value = document[part] { collect(value, [part]) }
        }
        guard let path = places.randomElement(using: &random), let found = document.member(at: path) else {
            return (document, "none")
        }
        let values: [ConfigurationValue.Content] = [
            .number(30), .number(1), .number(0), .number(1.5), .number(100_000), .string("30"), .string("1000000"),
            .string("text"), .string("true"), .bool(true), .bool(false), .list([found]), .map([:]), .string("arn:x"),
            .list([]), .string("us-east-1"), .number(-1),
        ]
        let content = values.randomElement(using: &random) ?? .null
        return (
            replacing(document, at: path[...], with: content),
            "\(path.joined(separator: ".")) = \(JSONWriter().text(of: ConfigurationValue(content).json))"
        )
    }

    private static func replacing(
        _ value: ConfigurationValue,
        at path: ArraySlice<String>,
        with content: ConfigurationValue.Content
    ) -> ConfigurationValue {
        guard let key = path.first else { return ConfigurationValue(content, at: value.place, keyAt: value.keyPlace) }
        var result = value
        if var items = value.list, let index = Int(key), items.indices.contains(index) {
            items[index] = replacing(items[index], at: path.dropFirst(), with: content)
            result.content = .list(items)
        } else if let member = value[key] {
            result[key] = replacing(member, at: path.dropFirst(), with: content)
        }
        return result
    }
}
