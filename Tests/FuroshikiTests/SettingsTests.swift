import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import ServicePlugins
import Testing

@testable import furoshiki

struct SettingsTests {
    private static let root = LocalPath(#filePath).parent.parent.parent
    private static let names = SettingSection.all.flatMap(\.settings).map(\.name)

    @Test
    func `docs-options-md is the output of explain --options`() async throws {
        let files = LiveFileSystem()
        let path = Self.root / "docs/options.md"
        let text = try await ProgramRun("explain --options").output
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil { try files.write(text, to: path) }
        #expect(try files.readText(path) == text)
    }

    @Test
    func `every setting is described once`() {
        #expect(Set(Self.names).count == Self.names.count)
    }

    @Test
    func `every option of the plugin is described, and no other one`() {
        let described = SettingSection.requirementOptions.flatMap(\.settings).map(\.name)
        #expect(Set(described) == Set(RequirementOptions.names))
    }

    @Test
    func `every property of custom-furoshiki is described, and no other one`() {
        #expect(SettingSection.own.settings.map(\.name) == FuroshikiSetting.allCases.map(\.rawValue))
    }

    @Test
    func `every environment variable that the sources read is described, and no other one`() throws {
        let described = Set(SettingSection.environmentVariables.flatMap(\.settings).map(\.name))
        var read: Set<String> = [
            "UV_INDEX_<NAME>_USERNAME", "UV_INDEX_<NAME>_PASSWORD", "AWS_<STAGE>_PROFILE", "AWS_<STAGE>_ACCESS_KEY_ID",
            "AWS_ENDPOINT_URL_<SERVICE>",
        ]
        for (path, text) in try Self.sources() where !path.contains("Rendering/Settings/") {
            let names = EnvironmentReads.names(in: text)
            #expect(names.subtracting(described) == [], "in \(path)")
            read.formUnion(names)
        }
        #expect(described.subtracting(read) == [])
    }

    /// The source files of the program and of the targets that it imports, by path.
    private static func sources() throws -> [String: String] {
        let files = LiveFileSystem()
        var sources: [String: String] = [:]
        var waiting = ["furoshiki"]
        var seen: Set<String> = []
        while let target = waiting.popLast() {
            let folder = root / "Sources" / target
            guard seen.insert(target).inserted, files.isDirectory(folder) else { continue }
            try files.walk(folder) { path, kind in
                guard kind == .file, path.hasSuffix(".swift") else { return true }
                let text = try files.readText(folder / path)
                sources["\(target)/\(path)"] = text
                waiting += text.matches(of: /(?m)^(?:package )?import (\w+)/).map { String($0.1) }
                return true
            }
        }
        return sources
    }

    @Test(
        arguments: [
            (#"environment.nonEmpty("A_B") ?? environment["C"]"#, ["A_B", "C"]),
            (#"environment.variables["A"] = "x"; host.environment["B"] == "x""#, ["B"]),
            (#"environment: let names = ["A_B", "C_D"]"#, ["A_B", "C_D"]),
            (#"first(["a_proxy", "A_PROXY"])"#, ["a_proxy", "A_PROXY"]),
            (#"pip.value("index-url", environment: x)"#, ["PIP_INDEX_URL"]),
            (#"names: ["A_B"]"#, []),
        ] as [(String, Set<String>)]
    )
    func `reads of environment variables are found in code`(code: String, names: Set<String>) {
        #expect(EnvironmentReads.names(in: code) == names)
    }
}

/// Finds the environment variables that Swift code reads.
private enum EnvironmentReads {
    /// The names in reads with a literal name, in lists of names, and in reads of pip's options.
    static func names(in code: String) -> Set<String> {
        var names: Set<String> = []
        for match in code.matches(of: /(?:nonEmpty|isOn)\(\s*"(\w+)"/) { names.insert(String(match.1)) }
        for match in code.matches(of: /(?:nvironment|variables)\[\s*"(\w+)"\s*\](?!\s*=[^=])/) {
            names.insert(String(match.1))
        }
        // Functions for variables with a setting of the same meaning.
        for match in code.matches(of: /(?:value|path)\(\s*"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/) {
            names.insert(String(match.1))
        }
        for match in code.matches(of: /first\(\[([^\]]*)\]\)/) { names.formUnion(literals(in: match.1)) }
        if code.contains("nvironment") {
            for match in code.matches(of: /[^\w]\[((?:\s*"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+",?)+)\s*\]/) {
                names.formUnion(literals(in: match.1))
            }
        }
        for match in code.matches(of: /(?:pip\.value|configured)\("([a-z-]+)"/) {
            names.insert("PIP_" + match.1.uppercased().replacing("-", with: "_"))
        }
        return names
    }

    private static func literals(in list: Substring) -> [String] {
        list.matches(of: /"(\w+)"/).map { String($0.1) }
    }
}
