package import Diagnostics
package import HostSystem
import PythonPackaging
package import RequirementFormats
package import WheelProvisioning
import ZipArchive

/// The inputs of ``RequirementContent``.
package struct RequirementRecipe: Sendable {
    /// The target of the wheels.
    package var target: Target
    /// The wheels, one for each distribution.
    package var wheels: [StoredWheel]
    /// The `vendor` directories with their files; later ones override earlier ones.
    package var vendors: [(folder: String, files: [SourceFile])] = []
    /// The files that `slim` removes, or `nil` if it is not set.
    package var slim: SlimRules?
    /// Whether to strip libraries.
    package var strips = false
    /// Whether to add bytecode.
    package var compilesBytecode = false
    /// The names of top-level files or directories to remove (`noDeploy`).
    package var omitted: [String] = []

    /// Creates a recipe with wheels only.
    package init(target: Target, wheels: [StoredWheel]) {
        self.target = target
        self.wheels = wheels
    }
}

/// The installed requirements of functions with the same target: wheels, slimmed, and overridden by vendored files.
package struct RequirementContent: Sendable {
    /// The target of the wheels.
    package let target: Target
    /// The files, sorted by the bytes of their names.
    package private(set) var files: [ContentFile]
    /// The wheels, sorted by name.
    package let wheels: [StoredWheel]
    /// The distributions, in the order of ``wheels``.
    package private(set) var distributions: [BundleReport.Distribution]
    /// Warnings about combining the files.
    package private(set) var findings: [Diagnostic]

    /// The unzipped size in bytes.
    package var unzippedBytes: Int { files.reduce(0) { $0 + $1.size } }

    /// Lays out wheels as an installer does.
    ///
    /// - Parameters:
    ///   - recipe: the wheels and options.
    ///   - openWheels: the open wheels of the run.
    ///   - scratch: a directory for files that are not cached, which must exist as long as the content is used.
    /// - Throws: `ZipError`, `DiagnosticError`, `FileSystemError`.
    package init(_ recipe: RequirementRecipe, openWheels: OpenWheels, scratch: LocalPath) async throws {
        let wheels = recipe.wheels.sorted { $0.name.name.normalized < $1.name.name.normalized }
        var layers = FileLayers(reader: openWheels.files)
        var matcher = recipe.slim.map(SlimMatcher.init)
        let omitted = Set(recipe.omitted)
        // Opens the wheels on all processors. Errors are thrown below, in the order of the names.
        _ = try await wheels.concurrentMap(limit: openWheels.processorCount) { _ = try? openWheels.layout(of: $0) }
        for (index, wheel) in wheels.enumerated() {
            let layout = try openWheels.layout(of: wheel)
            let stripped = recipe.strips ? try await openWheels.strippedLibraries(of: layout, scratch: scratch) : nil
            var builder = DistributionFiles(layout, at: index, target: recipe.target, stripped: stripped)
            for file in layout.files {
                if !omitted.isEmpty, Self.isOmitted(file.path.string, by: omitted) { continue }
                if matcher?.omits(file.path.string) == true { continue }
                layers.add(builder.file(file), from: wheel.name.name.written)
            }
        }
        let findings = try layers.resolve()
        for vendor in recipe.vendors {
            for file in vendor.files where !Self.isOmitted(file.name, by: omitted) {
                layers.add(try ContentFile(file, origin: .vendor(vendor.folder)), from: "vendor")
            }
            // Vendored files override others without a warning, as this is their purpose.
            _ = try layers.resolve()
        }
        var sizes = Array(repeating: Int64(0), count: wheels.count)
        for file in layers.files {
            if case .distribution(let index) = file.origin { sizes[index] += Int64(file.size) }
        }
        target = recipe.target
        files = layers.files
        self.wheels = wheels
        distributions = zip(wheels, sizes)
            .map { wheel, size in
                BundleReport.Distribution(
                    name: wheel.name.name.normalized,
                    version: wheel.name.version.description,
                    unzippedBytes: size
                )
            }
        self.findings = findings
    }

    /// Adds bytecode of modules, except for files that `slim` removes or that a wheel already has.
    mutating func add(bytecode: [ContentFile], slim: SlimRules?) {
        var matcher = slim.map(SlimMatcher.init)
        let known = Set(files.map(\.path))
        for file in bytecode where !known.contains(file.path) && matcher?.omits(file.path.string) != true {
            files.append(file)
            if case .distribution(let index) = file.origin {
                distributions[index].unzippedBytes += Int64(file.size)
            }
        }
        files.sort { $0.path < $1.path }
    }

    /// Adds a warning that modules could not be compiled.
    mutating func noteMissingInterpreter() {
        let name = target.runtime.name
        findings.append(
            Diagnostic(
                .warning,
                .bytecodeNotCompiled,
                "cannot compile bytecode: no interpreter '\(name)' on PATH",
                help: ["install \(name), or remove 'compileBytecode'"]
            )
        )
    }

    /// Whether `noDeploy` contains a top-level name: completely, or up to its first `-` or its `.py`.
    private static func isOmitted(_ path: String, by names: Set<String>) -> Bool {
        guard !names.isEmpty else { return false }
        let top = path.prefix { $0 != "/" }
        if names.contains(String(top)) { return true }
        let stem = top.prefix { $0 != "-" }
        if names.contains(String(stem)) { return true }
        return [".py", ".pyc"].contains { stem.hasSuffix($0) && names.contains(String(stem.dropLast($0.count))) }
    }
}

/// Converts the files of a wheel to files of an artifact.
private struct DistributionFiles {
    private let layout: WheelLayout
    private let index: Int
    private let interpreterLine: [UInt8]
    private let stripped: ZipReader?
    private let strippedEntries: [String: ZipEntry]

    init(_ layout: WheelLayout, at index: Int, target: Target, stripped: ZipReader?) {
        self.layout = layout
        self.index = index
        interpreterLine = Array(WheelLayout.interpreterLine(for: target).utf8)
        self.stripped = stripped
        strippedEntries = Dictionary(
            (stripped?.entries ?? []).map { ($0.path.string, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func file(_ file: WheelLayout.File) -> ContentFile {
        switch file.material {
        case .script(let body):
            return ContentFile(
                file.path,
                bytes: interpreterLine + body,
                isExecutable: true,
                origin: .distribution(index)
            )
        case .entry(var entry):
            var archive = layout.archive
            if let stripped, let smaller = strippedEntries[entry.path.string] {
                (archive, entry) = (stripped, smaller)
            }
            return ContentFile(
                path: file.path,
                isExecutable: file.isExecutable,
                size: entry.size,
                crc32: entry.crc32,
                origin: .distribution(index),
                content: .spliced(archive, entry)
            )
        }
    }
}
