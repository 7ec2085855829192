import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import Testing
import ZipArchive

@testable import BundleAnalysis

/// A headless browser; `nil` if there is none.
private let browser = ["chromium", "chromium-browser", "google-chrome"].lazy
    .compactMap { Environment.current().findProgram($0, files: LiveFileSystem()) }.first

/// The page of a service with 40 functions, each with an artifact of its own.
struct ReportPageTests {
    private static let wheels = (0..<4)
        .map { index in
            WheelBuilder.sized(
                "package\(index)",
                "1.\(index)",
                Dictionary(
                    uniqueKeysWithValues: (0..<40)
                        .map { ("package\(index)/part\($0 % 7)/module\($0).py", 20 + $0 * index) }
                )
            )
        }

    private static func with(
        _ body: (_ page: String, _ analysis: ServiceAnalysis, _ report: BundleReport) async throws -> Void
    ) async throws {
        let functions = (0..<40).map { "function\($0)" }
        var files = ["requirements.txt": "package0\n"]
        for index in 0..<12 { files["src/own\(index).py"] = String(repeating: "#", count: 100 * index) }
        // What would end the script if it was not escaped.
        files["src/</script><b>&.txt"] = "x"
        try await AnalyzedService.with(Self.wheels, files: files, functions: functions) { service in
            let (analysis, report) = try await service.individually().analyze()
            let page = ReportPage(analysis, version: "1.2.3").html
            try await body(page, analysis, report)
        }
    }

    /// The data that the script of a page reads.
    private static func data(of page: String) throws -> JSONValue {
        let start = try #require(page.firstRange(of: "id=\"data\">")?.upperBound)
        let end = try #require(page[start...].firstRange(of: "</script>")?.lowerBound)
        return try JSONValue(parsing: String(page[start..<end]))
    }

    /// The sums of the sizes of the leaves of a node in the data.
    private static func sums(of node: JSONValue) -> (unzipped: Int, zipped: Int) {
        guard let members = node.arrayValue?.dropFirst(3).first?.arrayValue else {
            let sizes = node.arrayValue?.dropFirst().prefix(2).map { Int($0.numberValue ?? 0) } ?? []
            return (sizes.first ?? 0, sizes.last ?? 0)
        }
        return members.map(sums).reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    }

    @Test
    func `the treemap of 40 functions is right to the byte, and the page is small`() async throws {
        try await Self.with { page, _, report in
            #expect(report.artifacts.count == 40)
            #expect(page.utf8.count < 1_000_000)
            let data = try Self.data(of: page)
            let parts = try #require(data["parts"]?.arrayValue).map(Self.sums)
            let artifacts = try #require(data["artifacts"]?.arrayValue)
            #expect(artifacts.count == 40)
            for (artifact, written) in zip(artifacts, report.artifacts) {
                let members = try #require(artifact.arrayValue)
                let indexes = (members[3].arrayValue ?? []).map { Int($0.numberValue ?? -1) }
                let archive = try ZipReader(opening: written.path.string)
                #expect(indexes.reduce(0) { $0 + parts[$1].unzipped } == archive.entries.reduce(0) { $0 + $1.size })
                let zipped = indexes.reduce(0) { $0 + parts[$1].zipped }
                #expect(zipped == archive.entries.reduce(0) { $0 + $1.compressedSize })
                #expect(members[1].numberValue == Double(archive.archiveSize))
                #expect(members[2].numberValue == Double(archive.archiveSize - zipped))
            }
        }
    }

    @Test
    func `the page needs nothing from outside, and escapes names`() async throws {
        try await Self.with { page, _, _ in
            for mark in ["http://", "https://", "src=\"", "@import", "url(", "{{"] {
                #expect(!page.contains(mark), "\(mark)")
            }
            #expect(page.ranges(of: "</script>").count == 2)
            #expect(!page.contains("<b>&"))
            #expect(page.contains("prefers-color-scheme: dark"))
            #expect(page.contains("Made by Furoshiki 1.2.3"))
        }
    }

    @Test
    func `if there are too many files, the smallest are grouped and the sums stay`() {
        let files = (0..<30_000)
            .map { index in
                AnalyzedArtifact.File(
                    path: "a/d\(index / 100 + 1000)/f\(index + 100_000)",
                    unzippedBytes: index,
                    zippedBytes: index / 2
                )
            }
        let artifact = AnalyzedArtifact(
            fileName: "a.zip",
            functions: [],
            layer: nil,
            target: nil,
            zippedBytes: files.reduce(100) { $0 + $1.zippedBytes },
            parts: [AnalyzedArtifact.Part(owner: .service, files: files)]
        )
        let data = TreemapData([artifact]).json
        let node = data["parts"]?.arrayValue?.first ?? .null
        #expect(Self.sums(of: node) == (artifact.unzippedBytes, files.reduce(0) { $0 + $1.zippedBytes }))
        func count(_ node: JSONValue) -> Int {
            1 + (node.arrayValue?.dropFirst(3).first?.arrayValue?.map(count).reduce(0, +) ?? 0)
        }
        #expect(count(node) <= TreemapData.maximumNodes)
        #expect(count(node) > TreemapData.maximumNodes / 3)
    }

    @Test(.enabled(if: browser != nil, "needs Chromium"))
    func `Chromium shows the sums of all artifacts`() async throws {
        let program = try #require(browser)
        try await Self.with { page, analysis, report in
            try await TemporaryDirectory.with(in: "/tmp") { folder in
                let file = folder / "report.html"
                try LiveFileSystem().write(page, to: file)
                var environment = Environment.current()
                environment.variables["HOME"] = folder.string
                let result = try await LiveProcessRunner()
                    .run(
                        ProcessRequest(
                            program.string,
                            [
                                "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000",
                                "--user-data-dir=\(folder)/profile", "--dump-dom", "file://\(file)",
                            ],
                            environment: environment
                        )
                    )
                let dom = result.outputText
                func number(_ name: String) -> Int? {
                    dom.firstRange(of: "data-\(name)=\"")
                        .flatMap { Int(dom[$0.upperBound...].prefix { $0 != "\"" }) }
                }
                #expect(number("unzipped") == report.artifacts.reduce(0) { $0 + Int($1.unzippedBytes) })
                #expect(number("zipped") == report.artifacts.reduce(0) { $0 + Int($1.zippedBytes) })
                // All artifacts are boxes that the keyboard reaches, and links in the table.
                #expect(dom.ranges(of: "class=\"box outer\"").count == 40)
                #expect(dom.contains("aria-label=\"\(analysis.artifacts[0].fileName), "))
                #expect(number("ready") != nil)
                // What takes long is the number of boxes.
                #expect(dom.ranges(of: "class=\"box").count < 5000)
            }
        }
    }
}
