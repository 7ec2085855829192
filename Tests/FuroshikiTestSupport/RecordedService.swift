package import HostSystem
package import OrderedJSON

/// A service of `Tests/RecordedServices`, with what Serverless 3.38 and its Python plugin made of it.
///
/// The folder of a case holds the `service`, command line arguments (`args`) and variables (`env`) that go with it, and
/// the recording: `outcome.json`, `print.json`, `template.json`, `create.json`, `zips.json`, and `expect.json` where
/// the recorded tool is wrong. The area `modern` was recorded with osls 4.3, the successor of Serverless 3.
package struct RecordedService: Sendable {
    /// Area and case, such as `queues/sqs-every-option`.
    package let name: String

    /// The folder of all areas.
    private static let root = LocalPath(#filePath).parent.parent / "RecordedServices"

    /// All of them, by name.
    package static let all: [RecordedService] = {
        func names(_ folder: LocalPath) -> [String] {
            ((try? LiveFileSystem().entries(of: folder)) ?? []).map(\.name)
        }
        return names(root).flatMap { area in names(root / area).map { RecordedService(name: "\(area)/\($0)") } }
    }()

    /// The folder of the case.
    package var folder: LocalPath { Self.root / name }

    /// The first part of the name.
    package var area: String { name.split(separator: "/").first.map(String.init) ?? "" }

    /// A file of the recording, `nil` where there is none.
    package func json(_ file: String) throws -> JSONValue? {
        try LiveFileSystem().readIfPresent(folder / file).map { try JSONValue(parsing: $0) }
    }

    /// The command line arguments that go with the service.
    package var arguments: [String] {
        ((try? LiveFileSystem().readText(folder / "args")) ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// The environment variables that go with the service.
    package var variables: [String: String] {
        let lines = ((try? LiveFileSystem().readText(folder / "env")) ?? "").split(separator: "\n")
        let pairs = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(
            pairs.filter { !$0.isEmpty }.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") },
            uniquingKeysWith: { $1 }
        )
    }

    /// The value of one of the arguments, by any of its names.
    package func argument(_ names: String...) -> String? {
        let words = arguments
        return words.firstIndex { names.contains($0) }.flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
}

extension RecordedService: CustomStringConvertible {
    package var description: String { name }
}
