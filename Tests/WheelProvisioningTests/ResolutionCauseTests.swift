import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// Failed resolutions whose cause the content of the indexes shows.
struct ResolutionCauseTests {
    private func survey(_ project: String, _ fileNames: [String]) throws -> ProjectSurvey {
        let address = try #require(WebAddress("https://index.example/file"))
        return ProjectSurvey(
            project: try PackageName(parsing: project),
            files: fileNames.map { IndexFile(name: $0, place: .address(address), hashes: []) }
        )
    }

    private func list(_ lines: [String], constraints: [String] = []) throws -> RequirementList {
        func entries(_ lines: [String], _ file: String) throws -> [RequirementEntry] {
            try lines.enumerated()
                .map { number, line in
                    let place = SourcePlace(file: file, line: number + 1, column: 1)
                    return RequirementEntry(.named(try Requirement(parsing: line)), place: place)
                }
        }
        return RequirementList(
            try entries(lines, "requirements.txt"),
            constraints: try entries(constraints, "constraints.txt")
        )
    }

    private func cause(
        _ surveys: [ProjectSurvey],
        _ lines: [String],
        constraints: [String] = []
    ) throws -> FailureCause? {
        FailureCause.find(
            in: surveys,
            list: try list(lines, constraints: constraints),
            access: IndexCredentials(),
            for: try ProviderFixture.target
        )
    }

    @Test(arguments: [
        ("==1.4", ["0.9", "1.1", "1.5", "2.0", "2.1"], ["1.1 and 1.5", "0.9, 1.1, 1.5 and 2.0"]),
        ("==9", ["1.0", "1.1", "2.0"], ["1.1 and 2.0"]),
        (">=3", ["1.0", "2.0"], ["1.0 and 2.0"]),
        ("==0.1", ["1.0"], ["the nearest version is 1.0"]),
        ("==3.0", ["3.0rc1", "2.0.dev1"], ["2.0.dev1 and 3.0rc1"]),
        ("!=1.0", ["1.0"], ["the nearest version is 1.0"]),
    ])
    func `a version that no index has is reported with the nearest ones`(
        versions: String,
        available: [String],
        words: [String]
    ) throws {
        let survey = try survey("alpha", available.map { "alpha-\($0)-py3-none-any.whl" } + ["other-1.4.tar.gz"])
        let cause = try #require(try cause([survey], ["zeta", "alpha\(versions)"]))
        #expect(cause.code == .versionNotFound)
        #expect(cause.fact.contains("'alpha\(versions)'"))
        #expect(cause.place == SourcePlace(file: "requirements.txt", line: 2, column: 1))
        #expect(words.contains { cause.notes.first?.contains($0) == true })
    }

    @Test func `a version in a constraint that no index has is reported at the constraint`() throws {
        let survey = try survey("alpha", ["alpha-1.0.tar.gz"])
        let cause = try #require(try cause([survey], ["alpha"], constraints: ["alpha==2"]))
        #expect(cause.code == .versionNotFound)
        #expect(cause.place?.file == "constraints.txt")
    }

    @Test(arguments: [
        ["alpha==1.0"], ["alpha"], ["beta"], ["alpha @ https://files.example/alpha.zip"],
        [#"alpha==7 ; sys_platform == "win32""#], ["alpha>1,!=3"],
    ])
    func `nothing is concluded if an accepted version exists`(lines: [String]) throws {
        #expect(try cause([try survey("alpha", ["alpha-1.0.tar.gz", "alpha-2.0rc1.tar.gz"])], lines) == nil)
    }

    @Test func `nothing is concluded if an index failed or has no file`() throws {
        var failed = try survey("alpha", ["alpha-1.0.tar.gz"])
        failed.isComplete = false
        #expect(try cause([failed], ["alpha==2"]) == nil)
        #expect(try cause([try survey("alpha", [])], ["alpha==2"]) == nil)
    }

    /// Files of a project and the marker that its requirement should have.
    struct Platforms: Sendable, CustomTestStringConvertible {
        let tags: [String]
        let marker: String?
        var testDescription: String { tags.joined(separator: " ") }
    }

    @Test(arguments: [
        Platforms(tags: ["cp311-cp311-win_amd64", "cp312-cp312-win32"], marker: #"sys_platform == "win32""#),
        Platforms(tags: ["cp311-cp311-macosx_11_0_arm64"], marker: #"sys_platform == "darwin""#),
        Platforms(tags: ["py3-none-win_amd64", "py3-none-macosx_10_9_x86_64"], marker: #"sys_platform != "linux""#),
        Platforms(tags: ["py3-none-win_amd64", "py3-none-any"], marker: nil),
        Platforms(tags: ["py3-none-win_amd64", "cp313-cp313-manylinux_2_17_x86_64"], marker: nil),
        Platforms(tags: ["py3-none-win_amd64", "py3-none-musllinux_1_1_x86_64"], marker: nil),
    ])
    func `a distribution for other systems is reported with the marker to add`(platforms: Platforms) throws {
        let names = platforms.tags.map { "pywin-1.0-\($0).whl" }
        let found = try cause([try survey("pywin", names + ["notes.txt"])], ["pywin==1.0"])
        #expect(found?.code == (platforms.marker == nil ? nil : .noCompatibleFile))
        if let marker = platforms.marker { #expect(found?.help.first?.contains("'; \(marker)'") == true) }
        #expect(try cause([try survey("pywin", names + ["pywin-1.0.tar.gz"])], ["pywin==1.0"]) == nil)
        // A source distribution of another version does not help.
        let other = try cause([try survey("pywin", names + ["pywin-0.9.tar.gz"])], ["pywin==1.0"])
        #expect(other?.code == found?.code)
        let dependency = try cause([try survey("pywin", names)], ["shop"])
        #expect(dependency?.code == found?.code)
        #expect(dependency?.help.first?.contains("marker") != true)
    }

    @Test func `a refusal comes before what the other indexes do not have`() throws {
        let index = IndexAddress("https://corp.example/simple")
        var refused = try survey("alpha", ["alpha-1.0.tar.gz"])
        refused.refusals = [index: 403]
        refused.isComplete = false
        #expect(try cause([refused], ["alpha==2"])?.code == .indexAccessDenied)
        #expect(try cause([refused], ["alpha==2"])?.place?.line == 1)
        // A server that responds with 403 for what it does not have is not the cause if another index has it.
        #expect(try cause([refused], ["alpha==1.0"]) == nil)
        #expect(try cause([refused], ["shop"]) == nil)
        refused.refusals = [index: 401]
        #expect(try cause([refused], ["alpha==1.0"])?.code == .indexAccessDenied)
        refused.files = []
        refused.refusals = [index: 403]
        #expect(try cause([refused], ["shop"])?.code == .indexAccessDenied)
    }

    @Test(arguments: [
        ("Because gamma was not found in the package registry and you require gamma, we", ["gamma"]),
        (
            "Because all versions of pywin have no wheels and all versions of delta depend on pywin, we can conclude",
            ["pywin", "delta"]
        ),
        ("Because there is no version of multi==1.4 and you require multi[x]==1.4, we", ["multi"]),
        ("Because only newpy==1.0 is available and beta depends on Python>=3.13", ["newpy"]),
        ("And because you require shop.core and `my-lib` has no wheels", ["shop-core", "my-lib"]),
        ("we can conclude that your requirements are unsatisfiable.", []),
    ])
    func `the projects are read from uv's explanation`(output: String, projects: [String]) throws {
        let failure = UvFailure(
            list: RequirementList(),
            output: output,
            indexes: [],
            access: IndexCredentials(),
            cache: "/cache"
        )
        #expect(failure.projects.map(\.normalized) == projects)
    }

    @Test func `causes are found in the index when uv finds no solution`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            for version in ["1.0", "2.0"] { try WheelBuilder("alpha", version).write(to: fixture.packages) }
            try WheelBuilder("pywin", "306", tag: "cp311-cp311-win_amd64").write(to: fixture.packages)
            try WheelBuilder("delta", "1.0", dependencies: ["pywin"]).write(to: fixture.packages)
            for (text, code, line) in [
                ("delta ; python_version < '3'\nalpha==1.7\n", DiagnosticCode.versionNotFound, 2),
                ("alpha\npywin==306\n", .noCompatibleFile, 2), ("delta\n", .noCompatibleFile, 1),
                ("missing\n", .packageNotFound, 1), ("alpha==1.0\nalpha==2.0\n", .unsatisfiableRequirements, 1),
            ] {
                let error = await #expect(throws: DiagnosticError.self) {
                    try await fixture.wheels(text, environment: fixture.environment(index))
                }
                let diagnostic = try #require(error?.diagnostics.first)
                #expect(diagnostic.code == code, "\(text)")
                #expect(diagnostic.place?.line == line, "\(text)")
                let isExact = code == .versionNotFound || code == .noCompatibleFile
                #expect((diagnostic.toolOutput == nil) == isExact, "\(text)")
            }
        }
    }
}
