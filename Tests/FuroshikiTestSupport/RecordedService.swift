package import HostSystem
package import OrderedJSON

/// A service in `Tests/RecordedServices`, with the output of Serverless 3.38 and its Python plugin.
///
/// The directory of a case contains the `service`, its command line arguments (`args`) and environment variables
/// (`env`), and the recording: `outcome.json`, `print.json`, `template.json`, `create.json` and `zips.json`. If the
/// recorded tool is wrong, it also contains `expect.json`. The area `modern` was recorded with osls 4.3.
package struct RecordedService: Sendable {
    /// The area and the case, such as `queues/sqs-every-option`.
    package let name: String

    /// The directory of all areas.
    private static let root = LocalPath(#filePath).parent.parent / "RecordedServices"

    /// All recorded services, sorted by name.
    package static let all: [RecordedService] = {
        func names(_ folder: LocalPath) -> [String] {
            ((try? LiveFileSystem().entries(of: folder)) ?? []).map(\.name)
        }
        return names(root).flatMap { area in names(root / area).map { RecordedService(name: "\(area)/\($0)") } }
    }()

    /// The directory of the case.
    package var folder: LocalPath { Self.root / name }

    /// The area, which is the first part of the name.
    package var area: String { name.split(separator: "/").first.map(String.init) ?? "" }

    /// The content of a file in the recording, or `nil` if it does not exist.
    package func json(_ file: String) throws -> JSONValue? {
        try LiveFileSystem().readIfPresent(folder / file).map { try JSONValue(parsing: $0) }
    }

    /// The command line arguments to use with the service.
    package var arguments: [String] {
        ((try? LiveFileSystem().readText(folder / "args")) ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// The environment variables to use with the service.
    package var variables: [String: String] {
        let lines = ((try? LiveFileSystem().readText(folder / "env")) ?? "").split(separator: "\n")
        let pairs = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(
            pairs.filter { !$0.isEmpty }.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") },
            uniquingKeysWith: { $1 }
        )
    }

    /// The value of an option in the arguments, by any of its names.
    package func argument(_ names: String...) -> String? {
        let words = arguments
        return words.firstIndex { names.contains($0) }.flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
}

extension RecordedService: CustomStringConvertible {
    package var description: String { name }
}
