import Diagnostics
package import HostSystem
import RequirementFormats
import ZipArchive

/// Checks that the file of a handler is in the artifact and defines its symbol.
///
/// It searches the text of the file without parsing the language, and assumes a definition in unclear cases.
package struct HandlerInspection: Sendable {
    private let files: any FileSystem
    private let directory: LocalPath?
    private let pluginsNotRun: [String]

    /// Creates an inspection of handlers.
    ///
    /// - Parameters:
    ///   - files: reads the files of the service.
    ///   - directory: the directory of the service, in which a build step is searched for; `nil` for none.
    ///   - pluginsNotRun: the plugins of the service that are not run and may add files to artifacts.
    package init(files: any FileSystem, directory: LocalPath? = nil, pluginsNotRun: [String] = []) {
        self.files = files
        self.directory = directory
        self.pluginsNotRun = pluginsNotRun
    }

    /// Checks the handlers of all functions of an artifact.
    ///
    /// - Parameter artifact: the artifact to check.
    /// - Returns: an error for each handler whose file is missing and cannot be added by a layer or a plugin, and a
    ///   warning for each other handler that is not found.
    /// - Throws: `FileSystemError`, `ZipError`.
    package func findings(in artifact: InspectedArtifact) throws -> [HandlerFinding] {
        guard artifact.functions.contains(where: { $0.handler != nil }) else { return [] }
        let index = FileIndex(artifact.content.files)
        return try artifact.functions.compactMap { function in
            guard let handler = function.handler, let language = Language(function.runtime) else { return nil }
            return try finding(handler, language, function, artifact, index)
        }
    }

    private func finding(
        _ handler: String,
        _ language: Language,
        _ function: InspectedArtifact.Function,
        _ artifact: InspectedArtifact,
        _ index: FileIndex
    ) throws -> HandlerFinding? {
        func finding(
            _ severity: Diagnostic.Severity,
            _ code: DiagnosticCode,
            _ message: String,
            missing: String? = nil,
            notes: [String] = [],
            help: [String] = []
        ) -> HandlerFinding {
            let subject = "function '\(function.key)': handler '\(handler)'"
            return HandlerFinding(
                diagnostic: Diagnostic(
                    severity,
                    code,
                    "\(subject) \(message)",
                    at: function.handlerPlace,
                    notes: ["in \(artifact.name)"] + notes,
                    help: help
                ),
                missing: missing
            )
        }
        guard let parts = language.parts(of: handler) else {
            return finding(.warning, .invalidHandler, "does not name a function: the expected form is \(language.form)")
        }
        let candidates = language.extensions.map { parts.module + $0 }
        guard let file = candidates.compactMap({ index[$0] }).first else {
            // Handlers in compiled languages or in layers cannot be checked.
            let hasOther = language.roots.contains { index.hasFile(beginningWith: $0 + parts.module) }
            let hasSource = language.sources.contains { index[parts.module + $0] != nil }
            if function.hasLayers || hasOther && !hasSource { return nil }
            // Without any file of the service, the artifact is meant to have only the requirements.
            let hasOwnFiles =
                artifact.content.requirements == nil || artifact.content.files.contains { $0.origin == .service }
            let isCertain =
                pluginsNotRun.isEmpty && language.isChecked && !function.hasIgnoredModule && hasOwnFiles
            return finding(
                isCertain ? .error : .warning,
                .handlerNotFound,
                "needs the file '\(candidates[0])', which is not in the artifact",
                missing: index.firstMissing(of: candidates[0]),
                notes: pluginsNotRun.map { "the plugin '\($0)' is not run, and may add it" }
                    + (function.hasIgnoredModule
                        ? ["'module' takes effect only with 'package.individually: true', and for Python"] : []),
                help: remedies(for: parts.module, language, index)
            )
        }
        guard language.isChecked, let source = try source(of: file) else { return nil }
        if language.mayDefine(parts.symbol, in: source) { return nil }
        return finding(.warning, .handlerNotFound, "needs '\(parts.symbol)', which '\(file.path)' does not define")
    }

    /// What to do about a file that is not in the artifact.
    private func remedies(for module: String, _ language: Language, _ index: FileIndex) -> [String] {
        let general = "correct 'handler', or include the file with package.patterns"
        if let source = language.sources.map({ module + $0 }).first(where: { index[$0] != nil }) {
            return ["compile '\(source)' before packaging, and name the output in 'handler'"]
        }
        let near =
            language.isChecked
            ? index.nearest(to: module + language.extensions[0], suffixes: language.extensions) : nil
        let isOnDisk = directory.map { folder in
            language.extensions.contains { files.isFile(folder / (module + $0)) }
        }
        if isOnDisk == true { return ["include the file with package.patterns"] }
        // A file with a similar name in the same directory is a slip, one elsewhere says less than a missing build.
        let folder = LocalPath(module).parent.string
        let isBeside = near.map { LocalPath($0).parent.string == folder } ?? false
        let build = language == .python ? nil : directory.flatMap { BuildStep.help(in: $0, files) }
        if let build, !isBeside { return [build, general] }
        return [near.map { NearestNames.question($0) } ?? general]
    }

    /// The text of a file, or `nil` if it is too large for hand-written source code.
    private func source(of file: ContentFile) throws -> [UInt8]? {
        guard file.size < 8 << 20 else { return nil }
        switch file.content {
        case .file(let path, _): return try files.read(LocalPath(path))
        case .bytes(let bytes): return bytes
        case .spliced(let archive, let entry): return try archive.contents(of: entry)
        case .computed, .stored: return nil
        }
    }
}

/// The files of an artifact, searchable by name.
private struct FileIndex {
    private let files: [ContentFile]

    init(_ files: [ContentFile]) { self.files = files }

    subscript(path: String) -> ContentFile? {
        let index = firstIndex(notBefore: path)
        return index < files.count && files[index].path.string == path ? files[index] : nil
    }

    /// Whether there is a file with this name and any suffix, or a directory with this name.
    func hasFile(beginningWith path: String) -> Bool {
        [".", "/"]
            .contains { end in
                let index = firstIndex(notBefore: path + end)
                return index < files.count && files[index].path.string.hasPrefix(path + end)
            }
    }

    /// The first directory of a path that no file is in, with `/` at its end, or the path itself.
    func firstMissing(of path: String) -> String {
        let parents = path.indices.filter { path[$0] == "/" }.map { String(path[...$0]) }
        return parents.first { parent in
            let index = firstIndex(notBefore: parent)
            return index == files.count || !files[index].path.string.hasPrefix(parent)
        } ?? path
    }

    /// The file of the service with the nearest name.
    func nearest(to path: String, suffixes: [String]) -> String? {
        let names = files.lazy.filter { $0.origin == .service }.map(\.path.string)
            .filter { name in suffixes.contains { name.hasSuffix($0) } }
            // Sufficient to find misspelled names; comparing thousands of names would take too long.
            .prefix(500)
        return NearestNames.nearest(to: path, among: names)
    }

    /// Finds a file by binary search, as files are sorted by the bytes of their names.
    private func firstIndex(notBefore path: String) -> Int {
        var (low, high) = (0, files.count)
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path.string.utf8.lexicographicallyPrecedes(path.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

/// The rules for handlers in a language.
private enum Language {
    case python, node
    /// The handler is the path of an executable.
    case executable
    /// The executable has a fixed name, which the handler does not contain.
    case bootstrap

    init?(_ runtime: LambdaRuntime) {
        switch runtime {
        case .python: self = .python
        case .other(let name) where name.hasPrefix("nodejs"): self = .node
        case .other(let name) where name.hasPrefix("go1."): self = .executable
        case .other(let name) where name.hasPrefix("provided"): self = .bootstrap
        case .other: return nil
        }
    }

    var form: String {
        switch self {
        case .python: "path/module.function"
        case .node: "path/file.function"
        case .executable, .bootstrap: "path/file"
        }
    }

    /// Whether the code is what the service contains, so that a missing file is certainly an error.
    ///
    /// Executables often come from a step between `package` and the deployment.
    var isChecked: Bool { self == .python || self == .node }

    /// The suffixes of source code that is compiled to the file of a handler.
    var sources: [String] { self == .node ? [".ts", ".mts", ".cts", ".tsx"] : [] }

    /// The directories with the modules that a handler can name, as prefixes.
    var roots: [String] {
        switch self {
        case .python, .executable, .bootstrap: [""]
        case .node: ["", "node_modules/"]
        }
    }

    /// The suffixes of files for a module, most likely first.
    var extensions: [String] {
        switch self {
        case .python: [".py", "/__init__.py"]
        case .node: [".js", ".mjs", ".cjs"]
        case .executable, .bootstrap: [""]
        }
    }

    /// The path of the module, and the symbol that it must define.
    func parts(of handler: String) -> (module: String, symbol: String)? {
        let path = handler.hasPrefix("./") ? handler.dropFirst(2) : handler[...]
        switch self {
        case .executable: return (String(path), "")
        case .bootstrap: return ("bootstrap", "")
        case .python:
            guard let dot = path.lastIndex(of: "."), dot != path.startIndex else { return nil }
            let symbol = path[path.index(after: dot)...]
            return symbol.isEmpty || symbol.contains("/")
                ? nil : (String(path[..<dot].replacing(".", with: "/")), String(symbol))
        case .node:
            let nameStart = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
            guard let dot = path[nameStart...].firstIndex(of: "."), dot != nameStart else { return nil }
            // For `exports.a.b`, only the first name is checked.
            let symbol = path[path.index(after: dot)...].prefix { $0 != "." }
            return symbol.isEmpty ? nil : (String(path[..<dot]), String(symbol))
        }
    }

    /// Whether source code may define a symbol.
    func mayDefine(_ symbol: String, in source: [UInt8]) -> Bool {
        switch self {
        case .python: PythonText.mayDefine(symbol, in: source)
        case .node: NodeText.mayExport(symbol, in: source)
        case .executable, .bootstrap: true
        }
    }
}
