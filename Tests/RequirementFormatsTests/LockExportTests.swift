import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

/// Compares locks that real tools wrote with what these tools export from them: for each target, exactly the
/// distributions that an installer would install from the export are selected.
@Suite struct LockExportTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var folder: String
        var runtime = ""
        var export = "exported.txt"
        var withGroups: [String] = []
        var onlyGroups: [String] = []

        var testDescription: String { "\(folder)/\(export) for \(runtime)" }

        private static let exports = [
            Case(folder: ""), Case(folder: "", export: "exported-with-reports.txt", withGroups: ["reports"]),
            Case(folder: "", export: "exported-only-reports.txt", onlyGroups: ["Reports"]),
        ]

        private static let runtimes = ["python3.9", "python3.10", "python3.11", "python3.12", "python3.13"]

        static var all: [Case] {
            var result: [Case] = []
            for folder in ["uv-workspace", "poetry-project", "poetry-lock-2.0", "poetry-lock-1.1", "pylock"] {
                for var test in folder == "pylock" ? [exports[0]] : exports {
                    test.folder = folder
                    for runtime in runtimes {
                        // Locks before format 2.1 do not distinguish the two entries of numpy that work with 3.12.
                        if folder.hasPrefix("poetry-lock"), runtime == "python3.12" { continue }
                        test.runtime = runtime
                        result.append(test)
                    }
                }
            }
            return result
        }
    }

    static let fixtures = LocalPath("\(#filePath)").parent / "Fixtures"

    @Test(arguments: Case.all)
    func `the distributions of a lock for a target are those that its tool exports`(test: Case) throws {
        let folder = Self.fixtures / test.folder
        var options = RequirementSourceOptions()
        options.withGroups = test.withGroups
        options.onlyGroups = test.onlyGroups
        let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: folder, options: options)
        let origin = try #require(try reader.locate())
        let set = try reader.read(origin)
        let text = String(decoding: try LiveFileSystem().read(folder / test.export), as: UTF8.self)
        for architecture in Architecture.allCases {
            let target = try Target.named(test.runtime, architecture)
            let selected = try #require(try set.exactDistributions(for: target))
                .map { distribution in
                    if case .local(let path) = distribution.source { return "\(path.relative(to: folder))" }
                    return "\(distribution.name.normalized)==\(try #require(distribution.version))"
                }
            #expect(selected.sorted() == Self.exported(text, for: target))
        }
    }

    /// The requirements of an export that apply to a target, in normal form.
    private static func exported(_ text: String, for target: Target) -> [String] {
        text.split(separator: "\n")
            .compactMap { line -> String? in
                if line.hasPrefix("-e ./") || line.hasPrefix("./") { return String(line.drop { "-e ./".contains($0) }) }
                guard let requirement = try? Requirement(parsing: line),
                    let version = requirement.versions.exactVersion,
                    requirement.counts(in: target.markerEnvironment)
                else { return nil }
                return "\(requirement.name.normalized)==\(version)"
            }
            .sorted()
    }
}
