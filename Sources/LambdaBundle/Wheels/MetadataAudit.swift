import PythonPackaging
import WheelProvisioning
import ZipArchive

/// The metadata that the modules of a wheel read.
struct MetadataAudit {
    /// The normalized names of distributions whose metadata modules read when they are imported.
    private(set) var subjects: Set<String> = []
    private let name: String
    private var findsEntryPoints = false
    /// Whether a module looks up entry points when it is imported, and fails if there are none.
    private(set) var needsEntryPoints = false

    /// Creates an audit to which modules are added.
    init(of wheel: StoredWheel) { name = wheel.name.name.normalized }

    /// Adds a module, unless it is only run by developers.
    mutating func add(_ path: String, _ source: [UInt8]) {
        guard MetadataUse.mayBeIn(source), !Self.isForDevelopment(path) else { return }
        let use = MetadataUse(in: source, .onImport)
        for subject in use.subjects {
            switch subject {
            case .own: subjects.insert(name)
            case .named(let other): subjects.insert(other)
            }
        }
        findsEntryPoints = findsEntryPoints || use.findsEntryPoints
        needsEntryPoints = needsEntryPoints || use.needsEntryPoints
    }

    /// The groups of entry points that the wheel may look up: strings beside the lookup, and strings anywhere that start
    /// with the name of a package of the wheel.
    func groups(in layout: WheelLayout) throws -> Set<String> {
        guard findsEntryPoints else { return [] }
        var found: Set<String> = []
        let modules = layout.archive.entries.filter { $0.kind == .file && $0.path.string.hasSuffix(".py") }
        let packages = Set(modules.map { $0.path.string.prefix { $0 != "/" && $0 != "." } })
        for entry in modules where !Self.isForDevelopment(entry.path.string) {
            let source = try layout.archive.contents(of: entry)
            if source.contains(word: "entry_points") {
                found.formUnion(source.groupNames)
            } else {
                found.formUnion(
                    source.groupNames.filter { name in
                        let package = name.prefix { $0 != "." }
                        return package.endIndex != name.endIndex && packages.contains(package)
                    }
                )
            }
        }
        return found
    }

    private static let developmentFolders: Set<Substring> = [
        "test", "tests", "testing", "docs", "doc", "examples", "benchmarks", "cli", "_vendor", "_vendored",
    ]

    /// Whether a module is for tests, commands or setup, or is a copy of another distribution that may not be used.
    private static func isForDevelopment(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.dropLast().contains { developmentFolders.contains($0) }
            || ["setup.py", "conftest.py", "__main__.py", "cli.py"].contains(parts.last ?? "")
    }
}
