import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

struct ManualTests {
    private static let table = ProgramCommands().table
    private static let pages = ManualPage.all(of: table, date: "2026-01-31", version: "1.2.3")

    @Test
    func `there is a page for the program and for each command that help lists`() {
        let names = Self.table.listed.map { "furoshiki-" + $0.words.joined(separator: "-") }
        #expect(Self.pages.map(\.name) == ["furoshiki"] + names)
    }

    @Test
    func `the page of a command has every option that help shows`() throws {
        for command in Self.table.listed {
            let name = "furoshiki-" + command.words.joined(separator: "-")
            let page = try #require(Self.pages.first { $0.name == name })
            for option in command.options {
                let term = "\\-\\-" + option.name.replacing("-", with: "\\-")
                #expect(page.source.contains(term) != option.isHidden, "\(term) in \(name)")
            }
        }
    }

    @Test
    func `characters with a meaning in roff are text`() {
        var text = RoffText(page: "a-b", date: "2030-01-31", version: "1")
        text.line(".it's a\\b --c…")
        #expect(text.source.hasPrefix(#".TH "A\-B" 1 2030-01-31"#))
        #expect(text.source.hasSuffix("\n\\&.it\\(aqs a\\eb \\-\\-c...\n"))
    }

    @Test
    func `man --output writes all pages with the date of SOURCE_DATE_EPOCH`() async throws {
        let run = try await ProgramRun(
            "man --json -o pages",
            environment: Environment(["SOURCE_DATE_EPOCH": "1893456000"])
        )
        #expect(run.status == .success)
        let files = try #require(try JSONValue(parsing: run.output)["files"]?.arrayValue)
        #expect(files.compactMap(\.stringValue) == Self.pages.map(\.fileName))
        let page = try await ProgramRun(
            "man furoshiki-package",
            environment: Environment(["SOURCE_DATE_EPOCH": "1893456000"])
        )
        #expect(page.output.hasPrefix(#".TH "FUROSHIKI\-PACKAGE" 1 2030-01-01 "furoshiki "#))
    }

    @Test
    func `an unknown page is an error with the nearest one`() async throws {
        let run = try await ProgramRun("man furoshiki-packge")
        #expect(run.status == .usage)
        #expect(run.errors.contains("furoshiki-package"))
    }

    @Test(.enabled(if: Environment.current().findProgram("mandoc", files: LiveFileSystem()) != nil, "needs mandoc"))
    func `mandoc has no complaint about any page`() async throws {
        let runner = LiveProcessRunner()
        for page in Self.pages {
            let result = try await runner.run(
                ProcessRequest(
                    "mandoc",
                    ["-T", "lint", "-W", "warning"],
                    environment: .current(),
                    input: .bytes(Array(page.source.utf8))
                )
            )
            #expect(String(decoding: result.output, as: UTF8.self) == "", "in \(page.name)")
        }
    }
}
