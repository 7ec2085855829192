import BundleAnalysis
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig

/// The summary of a package: one row for each artifact.
struct PackageSummary {
    private let report: BundleReport
    private let service: Service
    /// The directory that contains the artifacts and the template.
    private let directory: LocalPath

    /// Creates the summary of a report.
    init(_ report: BundleReport, of service: Service, in directory: LocalPath) {
        self.report = report
        self.service = service
        self.directory = directory
    }

    /// Writes the summary to standard output: a table or a JSON object.
    ///
    /// - Parameters:
    ///   - terminal: the output of the program.
    ///   - analysis: the content of the artifacts, which is only shown as JSON; `nil` if it was not requested.
    func show(on terminal: Terminal, _ analysis: ServiceAnalysis? = nil) {
        if terminal.isJSON {
            var members = json
            if let analysis { members["report"] = analysis.json }
            return terminal.write(.object(members))
        }
        terminal.write(text(columns: terminal.columns))
    }

    /// The summary as text: a table, or a paragraph for each artifact if the table is wider than the terminal.
    ///
    /// - Parameter columns: the columns of the terminal; `nil` if lines may have any length.
    /// - Returns: lines with their ends.
    func text(columns: Int?) -> String {
        guard !report.artifacts.isEmpty else { return "No artifacts; the template is in \(directory)\n" }
        let table = TextLayout.table([Self.headings] + report.artifacts.map(row))
        let isTooWide = columns.map { columns in table.contains { DisplayWidth.columns(of: $0) > columns } } ?? false
        let lines = isTooWide ? report.artifacts.flatMap { paragraph($0, columns: columns) } : table
        return lines.map { $0 + "\n" }.joined()
    }

    /// The summary as a table in Markdown.
    var markdown: String {
        let rows = [Self.headings, Self.headings.map { _ in "---" }] + report.artifacts.map(row)
        let cells = rows.map { row in row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") }
        let table = report.artifacts.isEmpty ? "No artifacts.\n" : cells.map { "| \($0) |\n" }.joined()
        return "### \(service.name), stage \(service.stage)\n\n" + table + "\n"
    }

    /// The distributions in each artifact that has some, with their versions and sizes.
    var contents: [(fileName: String, distributions: [String])] {
        report.artifacts.filter { !$0.distributions.isEmpty }
            .map { artifact in
                let parts = artifact.distributions.map {
                    "\($0.name) \($0.version) (\(Quantity.megabytes($0.unzippedBytes)))"
                }
                return (artifact.fileName, parts)
            }
    }

    private static let headings = ["Artifact", "Functions", "Target", "Zipped", "Unzipped", "Wheels", "Time"]

    private func row(_ artifact: BundleReport.Artifact) -> [String] {
        [
            artifact.fileName,
            Self.names(artifact.functions),
            artifact.target ?? "-",
            Self.size(artifact.zippedBytes),
            Self.unzippedSize(artifact),
            artifact.distributions.isEmpty
                ? (lacksRequirements(artifact) ? "no requirements" : "-") : "\(artifact.distributions.count)",
            Self.time(artifact),
        ]
    }

    /// Whether an artifact has no requirements although one of its functions runs Python, and no layer has them.
    private func lacksRequirements(_ artifact: BundleReport.Artifact) -> Bool {
        guard artifact.distributions.isEmpty, artifact.origin != .prebuilt else { return false }
        let names = Set(artifact.functions).subtracting(report.requirementLayers.flatMap(\.functions))
        return service.functions.contains { function in
            guard names.contains(function.key) else { return false }
            let runtime = function.node["runtime"]?.string ?? service.provider["runtime"]?.string
            return runtime?.hasPrefix("python") == true
        }
    }

    private func paragraph(_ artifact: BundleReport.Artifact, columns: Int?) -> [String] {
        var facts: [String] = []
        if !artifact.functions.isEmpty { facts.append(Self.names(artifact.functions)) }
        if let target = artifact.target { facts.append(target) }
        facts.append("zipped " + Self.size(artifact.zippedBytes))
        facts.append("unzipped " + Self.unzippedSize(artifact))
        if lacksRequirements(artifact) { facts.append("no requirements") }
        if !artifact.distributions.isEmpty { facts.append(Quantity.text(artifact.distributions.count, "wheel")) }
        facts.append(Self.time(artifact))
        // Lines are broken between facts, not within them.
        let words = facts.enumerated().map { $1 + ($0 < facts.count - 1 ? "," : "") }
        return [artifact.fileName] + TextLayout.wrapped(words, width: columns.map { $0 - 2 }).map { "  " + $0 }
    }

    /// The names of the first functions and the number of the others, short enough for one row.
    private static func names(_ functions: [String]) -> String {
        var text = (functions.first ?? "-").shortened
        for (index, name) in functions.enumerated().dropFirst() {
            guard text.count + name.count < 30 else { return text + " and \(functions.count - index) more" }
            text += ", " + name
        }
        return text
    }

    /// A size in MB of 2²⁰ bytes, as in the limits of Lambda.
    private static func size(_ bytes: Int64) -> String { bytes > 0 ? megabytes(bytes) + " MB" : "-" }

    /// The size of the content, and the limit of Lambda; that of zip files is for uploads without S3 only.
    private static func unzippedSize(_ artifact: BundleReport.Artifact) -> String {
        let bytes = artifact.unzippedBytes
        return bytes > 0 ? "\(megabytes(bytes)) of \(SizeInspection.unzippedLimit >> 20) MB" : "-"
    }

    private static func megabytes(_ bytes: Int64) -> String {
        let tenths = (bytes * 10 + 524_288) >> 20
        return tenths == 0 ? "<0.1" : "\(tenths / 10).\(tenths % 10)"
    }

    /// The time that writing the artifact took, or why it was not written.
    private static func time(_ artifact: BundleReport.Artifact) -> String {
        artifact.origin == .written ? DurationText.short(artifact.duration) : origin(artifact.origin)
    }

    private static func origin(_ origin: BundleReport.Artifact.Origin) -> String {
        switch origin {
        case .written: "written"
        case .reused: "reused"
        case .prebuilt: "prebuilt"
        }
    }

    private var json: OrderedMap<JSONValue> {
        let artifacts = report.artifacts.map { artifact -> JSONValue in
            var members: OrderedMap<JSONValue> = [
                "fileName": .string(artifact.fileName),
                "path": .string(artifact.path.string),
                "functions": .array(artifact.functions.map { .string($0) }),
                "zippedBytes": .number(Double(artifact.zippedBytes)),
                "unzippedBytes": .number(Double(artifact.unzippedBytes)),
                "sha256": .string(artifact.sha256),
                "origin": .string(Self.origin(artifact.origin)),
            ]
            if let target = artifact.target { members["target"] = .string(target) }
            members["distributions"] = .array(
                artifact.distributions.map { distribution in
                    [
                        "name": .string(distribution.name), "version": .string(distribution.version),
                        "unzippedBytes": .number(Double(distribution.unzippedBytes)),
                    ]
                }
            )
            return .object(members)
        }
        return [
            "service": .string(service.name),
            "stage": .string(service.stage),
            "region": .string(service.region),
            "directory": .string(directory.string),
            "artifacts": .array(artifacts),
        ]
    }
}
