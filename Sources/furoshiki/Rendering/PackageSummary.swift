import HostSystem
import LambdaBundle
import OrderedJSON

/// What was packaged: a row an artifact.
struct PackageSummary {
    private let report: BundleReport

    init(_ report: BundleReport) { self.report = report }

    /// Shows the summary: a table, or an object for machines.
    func show(on terminal: Terminal) {
        terminal.write(terminal.isJSON ? JSONWriter(indentation: 2).text(of: json) + "\n" : table)
    }

    private var table: String {
        var rows = [["Artifact", "Functions", "Target", "Zipped", "Unzipped", "Distributions", "Time", ""]]
        for artifact in report.artifacts {
            rows.append([
                artifact.fileName,
                Self.names(artifact.functions),
                artifact.target ?? "-",
                Self.size(artifact.zippedBytes, of: SizeInspection.zippedLimit),
                Self.size(artifact.unzippedBytes, of: SizeInspection.unzippedLimit),
                artifact.distributions.isEmpty ? "-" : "\(artifact.distributions.count)",
                DurationText.short(artifact.duration),
                Self.origin(artifact.origin),
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return
            rows.map { row in
                zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                    .trimmedEnd + "\n"
            }
            .joined()
    }

    /// The first functions, with the number of all the rest; as many as leave the row on its line.
    private static func names(_ functions: [String]) -> String {
        var text = functions.first ?? "-"
        for (index, name) in functions.enumerated().dropFirst() {
            guard text.count + name.count < 30 else { return text + " and \(functions.count - index) more" }
            text += ", " + name
        }
        return text
    }

    private static func size(_ bytes: Int64, of limit: Int) -> String {
        bytes == 0 ? "-" : "\(Quantity.megabytes(bytes)) of \(limit >> 20)"
    }

    private static func origin(_ origin: BundleReport.Artifact.Origin) -> String {
        switch origin {
        case .written: "written"
        case .reused: "reused"
        case .prebuilt: "prebuilt"
        }
    }

    private var json: JSONValue {
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
        return ["artifacts": .array(artifacts)]
    }
}

extension String {
    /// The text without blanks at its end.
    fileprivate var trimmedEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
