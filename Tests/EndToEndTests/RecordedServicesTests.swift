import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// Compares the program with recordings of Serverless: configuration, success, messages, templates and zip files.
@Suite(.tags(.large))
struct RecordedServicesTests {
    @Test func `there are recorded services`() { #expect(RecordedService.all.count > 200) }

    @Test(arguments: RecordedService.all.filter { $0.area != "python-requirements" })
    func `print and package have the same results as Serverless`(recorded: RecordedService) async throws {
        try await compare(recorded)
    }

    @Test(
        .tags(.network),
        .enabled(
            if: Environment.current().nonEmpty("FUROSHIKI_TEST_OFFLINE") == nil,
            "needs the Python Package Index"
        ),
        arguments: RecordedService.all.filter { $0.area == "python-requirements" }
    )
    func `package has the expected result for a service with Python requirements`(
        recorded: RecordedService
    ) async throws {
        try await compare(recorded)
    }

    private func compare(_ recorded: RecordedService) async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { scratch in
            // Artifact names can contain the name of the directory, so the copy has the same name.
            let name = recorded.name.split(separator: "/").last.map(String.init) ?? "service"
            let files = LiveFileSystem()
            try files.copyTree(recorded.folder / "service", to: scratch / name)
            var program = Program(directory: try files.realPath(of: scratch / name))
            program.variables = recorded.variables.merging(
                ["AWS_ACCESS_KEY_ID": "recording", "AWS_SECRET_ACCESS_KEY": "recording", "CI": "1"]
            ) { $1 }
            let comparison = RecordedComparison(recorded: recorded, program: program)
            try await comparison.comparePrint()
            try files.remove(program.directory / ".serverless")
            try await comparison.comparePackage()
        }
    }
}
