import Diagnostics
import ELFFormat
import PythonPackaging
import RequirementFormats
import WheelProvisioning
import ZipArchive

/// Finds libraries that native files need, but that the loader does not find on Lambda (`DT_NEEDED`).
///
/// The loader looks in the library paths of the file, then in `LD_LIBRARY_PATH`, which has the root of the function and
/// `lib` in the function and in layers, and then in the directories of the image. A library that a wheel contains counts as
/// found, as the wheel may load it before it is needed.
struct LibraryInspection {
    private let artifact: InspectedArtifact
    private let natives: [InspectedNativeFile]
    private let target: Target
    private let requirementPlace: (PackageName) -> SourcePlace?
    /// The files of the artifact that can be libraries, by file name.
    private var files: [Substring: [(folder: String, isOfWheel: Bool)]] = [:]
    private let sonames: Set<String>
    /// The directories, as prefixes, into which the user has installed distributions.
    private let installedFolders: Set<String>

    /// Prepares the inspection of an artifact.
    ///
    /// - Parameters:
    ///   - artifact: the artifact.
    ///   - natives: its ELF files.
    ///   - target: the target of the artifact.
    ///   - requirementPlace: the place that requires a distribution by name, or `nil` if only others require it.
    init(
        _ artifact: InspectedArtifact,
        _ natives: [InspectedNativeFile],
        _ target: Target,
        _ requirementPlace: @escaping (PackageName) -> SourcePlace?
    ) {
        self.artifact = artifact
        self.natives = natives
        self.target = target
        self.requirementPlace = requirementPlace
        let others = artifact.content.files + (artifact.content.requirements?.files ?? [])
        installedFolders = Set(
            others.compactMap { file in
                if case .distribution = file.origin { return nil }
                let path = file.path.string
                guard path.hasSuffix(".dist-info/RECORD") || path.hasSuffix(".dist-info/METADATA") else { return nil }
                let steps = path.split(separator: "/").dropLast(2)
                return steps.isEmpty ? "" : steps.joined(separator: "/") + "/"
            }
        )
        sonames = Set(natives.compactMap { $0.elf?.soname })
        for file in artifact.content.requirements?.files ?? [] { add(file, below: requirementFolder) }
        for file in artifact.content.files where file.origin == .service { add(file, below: "") }
    }

    /// The directory of the requirements in the artifact; archives of requirements are unpacked elsewhere.
    private var requirementFolder: String { artifact.content.requirementFolder ?? "(archive)/" }

    private mutating func add(_ file: ContentFile, below root: String) {
        let name = file.path.lastComponent
        guard InspectedNativeFile.isLibrary(name) else { return }
        let isOfWheel = if case .distribution = file.origin { true } else { false }
        files[Substring(name), default: []].append((Self.folder(of: root + file.path.string), isOfWheel))
    }

    /// A diagnostic for each owner of files that need missing libraries.
    var findings: [Diagnostic] {
        var problems: [(origin: ContentFile.Origin, libraries: [String], file: InspectedNativeFile)] = []
        var foreign: [(file: InspectedNativeFile, paths: [String], count: Int)] = []
        var findings: [Diagnostic] = []
        for file in natives where InspectedNativeFile.isLibrary(file.path) {
            // Files for other processors are reported as such.
            guard let elf = file.elf, LoadCheck.problem(of: elf, for: target) == nil else { continue }
            let paths = foreignPaths(of: file, elf)
            if let known = foreign.firstIndex(where: { $0.file.origin == file.origin }), !paths.isEmpty {
                foreign[known].count += 1
                foreign[known].paths += paths.filter { !foreign[known].paths.contains($0) }
            } else if !paths.isEmpty {
                foreign.append((file, paths, 1))
            }
            for library in elf.neededLibraries where !isOptional(library, for: file) {
                switch search(library, for: file, elf) {
                case .found: continue
                case .outOfReach(let folder): findings.append(outOfReach(library, in: folder, file))
                case .missing:
                    if let known = problems.firstIndex(where: { $0.origin == file.origin }) {
                        if !problems[known].libraries.contains(library) { problems[known].libraries.append(library) }
                        // A module that Python imports says more than a library that it loads.
                        if file.isModule, !problems[known].file.isModule { problems[known].file = file }
                    } else {
                        problems.append((file.origin, [library], file))
                    }
                }
            }
        }
        return findings + foreign.map { foreignPaths($0.paths, in: $0.file, count: $0.count) }
            + problems.compactMap { missing($0.libraries, $0.file) }
    }

    // MARK: Search

    private enum SearchResult {
        case found, missing
        case outOfReach(folder: String)
    }

    private func search(_ library: String, for file: InspectedNativeFile, _ elf: ELFFile) -> SearchResult {
        if RuntimeLibraries.contain(library, of: target.runtime) || sonames.contains(library) { return .found }
        let places = files[library[...]] ?? []
        guard let first = places.first else { return .missing }
        if places.contains(where: \.isOfWheel) { return .found }
        let root = if case .service = file.origin { "" } else { requirementFolder }
        let own = Self.folder(of: root + file.path)
        let folders = elf.libraryPaths.compactMap { Self.resolve($0, from: own) }
        let global = artifact.functions.isEmpty ? ["lib"] : ["", "lib"]
        return places.contains { (folders + global).contains($0.folder) } ? .found : .outOfReach(folder: first.folder)
    }

    /// The directory in the artifact that a library path names; `nil` if it is outside of the function.
    private static func resolve(_ path: String, from own: String) -> String? {
        for origin in ["$ORIGIN", "${ORIGIN}"] where path == origin || path.hasPrefix(origin + "/") {
            return normalize(own + "/" + path.dropFirst(origin.count))
        }
        return path == "/var/task" || path.hasPrefix("/var/task/") ? normalize(path.dropFirst("/var/task".count)) : nil
    }

    private static func normalize(_ path: some StringProtocol) -> String? {
        var parts: [Substring] = []
        for part in Substring(path).split(separator: "/") where part != "." {
            if part != ".." { parts.append(part) } else if parts.popLast() == nil { return nil }
        }
        return parts.joined(separator: "/")
    }

    private static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }

    /// Libraries that a distribution works without, by the start of their file names.
    private static let optionalLibraries = [
        // Its threading layers are tried one after the other.
        "numba": ["libtbb.so.", "libgomp.so."]
    ]

    private func isOptional(_ library: String, for file: InspectedNativeFile) -> Bool {
        guard case .distribution(let index) = file.origin, let wheel = artifact.content.requirements?.wheels[index]
        else {
            return false
        }
        return Self.optionalLibraries[wheel.name.name.normalized]?.contains { library.hasPrefix($0) } == true
    }

    // MARK: Diagnostics

    private func wheel(of file: InspectedNativeFile) -> StoredWheel? {
        guard case .distribution(let index) = file.origin else { return nil }
        return artifact.content.requirements?.wheels[index]
    }

    private func missing(_ libraries: [String], _ file: InspectedNativeFile) -> Diagnostic? {
        let wheel = wheel(of: file)
        // The content of layers is not known here.
        let hasLayers = artifact.functions.isEmpty || artifact.functions.contains(where: \.hasLayers)
        let isBuilt = wheel?.isBuilt == true
        if hasLayers, !isBuilt { return nil }
        let names = libraries.map { "'\($0.onOneLine)'" }.joined(separator: ", ")
        let place =
            libraries.count == 1
            ? ", which is neither in the artifact nor in the image of \(target.runtime)"
            : ", which are neither in the artifact nor in the image of \(target.runtime)"
        let owner = file.owner(in: artifact.content.requirements)
        var help: [String] = []
        if let wheel { help += BuildAdvice.help(for: wheel, target) }
        if wheel?.origin == .container {
            help += [
                "set 'bundleSystemLibraries: true' in 'custom.pythonRequirements', so that they are copied from the image",
                "or name their paths in the image with 'dockerExtraFiles'",
            ]
        }
        help.append("or add \(names) to the directory 'lib' of the service or of a layer")
        return Diagnostic(
            isBuilt && !hasLayers ? .error : .warning,
            .missingLibrary,
            "'\(file.path.onOneLine)' of \(owner) needs \(names)" + place,
            at: wheel.flatMap { requirementPlace($0.name.name) },
            notes: builtNotes(wheel),
            help: help
        )
    }

    private func builtNotes(_ wheel: StoredWheel?) -> [String] {
        switch wheel?.origin {
        case .thisSystem: ["the wheel was built on this system, because there is none for '\(target)'"]
        case .container: ["the wheel was built in a container, because there is none for '\(target)'"]
        case .index, nil: []
        }
    }

    private func outOfReach(_ library: String, in folder: String, _ file: InspectedNativeFile) -> Diagnostic {
        Diagnostic(
            .warning,
            .missingLibrary,
            "'\(file.path.onOneLine)' of \(file.owner(in: artifact.content.requirements)) needs '\(library)', which is in"
                + " '\(folder)', where the loader does not look for it",
            at: wheel(of: file).flatMap { requirementPlace($0.name.name) },
            help: ["move it to the directory 'lib' of the service"]
        )
    }

    /// The directories that exist on Lambda, of its images, of functions and of layers.
    private static let foldersOnLambda = [
        "/var/task", "/var/lang", "/var/runtime", "/opt", "/lib64", "/usr/lib64", "/usr/local/lib64",
    ]

    /// The library paths of a file that name directories of the system on which it was built.
    ///
    /// Wheels of an index, also those that the user has installed in a directory of the service, are built elsewhere;
    /// their paths do no harm if all libraries are found, which is checked.
    private func foreignPaths(of file: InspectedNativeFile, _ elf: ELFFile) -> [String] {
        let isBuiltHere = wheel(of: file)?.isBuilt ?? !installedFolders.contains { file.path.hasPrefix($0) }
        guard isBuiltHere else { return [] }
        return elf.libraryPaths.filter { path in
            path.hasPrefix("/") && !["/lib", "/usr/lib"].contains(path)
                && !Self.foldersOnLambda.contains { path == $0 || path.hasPrefix($0 + "/") }
        }
    }

    /// A warning about library paths of the system on which a wheel or a file of the service was built.
    private func foreignPaths(_ paths: [String], in file: InspectedNativeFile, count: Int) -> Diagnostic {
        let wheel = wheel(of: file)
        let files = count == 1 ? "" : count == 2 ? " and 1 more file" : " and \(count - 1) more files"
        let looks = count == 1 ? "looks" : "look"
        let names = paths.prefix(3).map { "'\($0.onOneLine)'" }.joined(separator: ", ")
        let more = paths.count > 3 ? " and \(paths.count - 3) more" : ""
        return Diagnostic(
            .warning,
            .foreignLibraryPath,
            "'\(file.path.onOneLine)'\(files) of \(file.owner(in: artifact.content.requirements)) \(looks) for libraries"
                + " in \(names)\(more), which Lambda does not have",
            at: wheel.flatMap { requirementPlace($0.name.name) },
            notes: builtNotes(wheel),
            help: [
                wheel == nil
                    ? "build it without the linker option -rpath, or remove the path with 'patchelf --remove-rpath'"
                    : "unset LDFLAGS and LD_RUN_PATH when the wheel is built, or use a version that has a wheel"
            ]
        )
    }
}
