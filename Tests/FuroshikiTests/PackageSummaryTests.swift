import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import RequirementFormats
import ServerlessConfig
import Testing

@testable import furoshiki

struct PackageSummaryTests {
    private static func artifact(
        _ name: String,
        _ functions: [String],
        target: String? = nil,
        bytes: Int64,
        origin: BundleReport.Artifact.Origin = .written
    ) -> BundleReport.Artifact {
        var artifact = BundleReport.Artifact(
            fileName: name,
            path: LocalPath("/shop/.serverless") / name,
            origin: origin
        )
        artifact.functions = functions
        artifact.target = target
        artifact.zippedBytes = bytes / 3
        artifact.unzippedBytes = bytes
        artifact.duration = .milliseconds(19)
        if target != nil { artifact.distributions = [.init(name: "numpy", version: "2.2.6", unzippedBytes: bytes)] }
        return artifact
    }

    private static var summary: PackageSummary {
        var report = BundleReport()
        report.artifacts = [
            artifact("shop-python3.11-x86_64.zip", ["orders"], target: "python3.11/x86_64", bytes: 60 << 20),
            artifact("shop-code.zip", ["status", "漢字"], bytes: 900, origin: .reused),
            artifact("mails.zip", ["mails"], bytes: 900),
        ]
        let root: JSONValue = [
            "service": "shop", "provider": ["runtime": "python3.11"],
            "functions": [
                "orders": [:], "mails": [:], "status": ["runtime": "nodejs22.x"], "漢字": ["runtime": "nodejs22.x"],
            ],
        ]
        let service = Service(
            root: ConfigurationValue(root, at: SourcePlace(file: "serverless.yml")),
            directory: "/shop"
        )
        return PackageSummary(report, of: service, in: "/shop/.serverless")
    }

    @Test
    func `artifacts are rows of a table, with sizes against the limits of Lambda`() {
        let table = """
            Artifact                    Functions     Target             Zipped   Unzipped        Wheels           Time
            shop-python3.11-x86_64.zip  orders        python3.11/x86_64  20.0 MB  60.0 of 250 MB  1                19 ms
            shop-code.zip               status, 漢字  -                  <0.1 MB  <0.1 of 250 MB  -                reused
            mails.zip                   mails         -                  <0.1 MB  <0.1 of 250 MB  no requirements  19 ms

            """
        #expect(Self.summary.text(columns: nil) == table)
        #expect(Self.summary.text(columns: 112) == table)
    }

    @Test
    func `the summary of a job is a table in Markdown`() {
        #expect(
            Self.summary.markdown.hasPrefix(
                """
                ### shop, stage dev

                | Artifact | Functions | Target | Zipped | Unzipped | Wheels | Time |
                | --- | --- | --- | --- | --- | --- | --- |
                | shop-python3.11-x86_64.zip | orders | python3.11/x86_64 | 20.0 MB | 60.0 of 250 MB | 1 | 19 ms |

                """
            )
        )
    }

    @Test
    func `the summary of a service without artifacts names the template`() {
        let service = Service(
            root: ConfigurationValue(.map(["service": ConfigurationValue(.string("shop"))])),
            directory: "/shop"
        )
        let summary = PackageSummary(BundleReport(), of: service, in: "/shop/.serverless")
        #expect(summary.text(columns: 80) == "No artifacts; the template is in /shop/.serverless\n")
    }

    @Test
    func `the distributions of an artifact are shown with their sizes`() {
        #expect(Self.summary.contents.map(\.fileName) == ["shop-python3.11-x86_64.zip"])
        #expect(Self.summary.contents.map(\.distributions) == [["numpy 2.2.6 (60.0 MB)"]])
    }

    @Test
    func `each artifact has a paragraph if the table is wider than the terminal`() {
        #expect(
            Self.summary.text(columns: 60) == """
                shop-python3.11-x86_64.zip
                  orders, python3.11/x86_64, zipped 20.0 MB,
                  unzipped 60.0 of 250 MB, 1 wheel, 19 ms
                shop-code.zip
                  status, 漢字, zipped <0.1 MB, unzipped <0.1 of 250 MB,
                  reused
                mails.zip
                  mails, zipped <0.1 MB, unzipped <0.1 of 250 MB,
                  no requirements, 19 ms

                """
        )
    }
}
