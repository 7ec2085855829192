import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads the dependencies of a `pyproject.toml` that has no lock.
struct ProjectReader {
    private let project: ProjectFile
    private let context: ReadingContext
    private var list = RequirementList()
    private var indexes = IndexOptions()
    private var diagnostics: [Diagnostic] = []
    private var files: [LocalPath] = []

    private init(project: ProjectFile, context: ReadingContext) {
        self.project = project
        self.context = context
    }

    /// Reads the dependencies of the project and of the selected groups.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        let project = try ProjectFile(reading: origin.file, context: context)
        var reader = ProjectReader(project: project, context: context)
        let selection = try GroupSelection(context.options, known: project.groupNames, source: origin.displayName)
        for name in selection.names {
            let isMain = name == GroupSelection.main
            if isMain, project.hasDynamicDependencies { try reader.addDynamicDependencies() }
            let own = RecursiveExtras(project: project)
            let requirements = try own.resolved(try isMain ? project.dependencies() : project.group(name))
            for (requirement, place) in requirements { try reader.add(requirement, at: place) }
        }
        var set = RequirementSet(
            origin: origin,
            content: .requirements(reader.list),
            indexes: reader.indexes,
            diagnostics: reader.diagnostics,
            files: [origin.file] + reader.files
        )
        set.python = try project.python()
        return set
    }

    /// Adds the dependencies that setuptools reads from files; other build backends would have to be run
    /// (<https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata>).
    private mutating func addDynamicDependencies() throws(DiagnosticError) {
        let value = project.toml.root["tool", "setuptools", "dynamic", "dependencies"]?["file"]
        guard let value else {
            let names = project.toml.root["project", "dynamic"]
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .dynamicDependencies,
                    "ignoring the dynamic dependencies of '\(project.toml.name)': its build backend is not run",
                    at: project.toml.place(of: names),
                    help: ["list them in project.dependencies or requirements.txt, or create a lock file"]
                )
            )
            return
        }
        var names: [String] = []
        if let name = value.string { names = [name] } else { names = try project.toml.strings(value, "file") }
        for name in names {
            let file = project.toml.file.parent / name
            guard context.files.isFile(file) else {
                throw project.toml.error(.missingRequirementsFile, "requirements file '\(name)' not found", at: value)
            }
            let origin = RequirementSource(
                kind: .requirementsFile,
                file: file,
                displayName: context.displayName(of: file)
            )
            let set = try RequirementsFileReader.read(origin, context: context)
            guard case .requirements(let own) = set.content else { continue }
            list.requirements += own.requirements
            list.constraints += own.constraints
            indexes.merge(set.indexes)
            diagnostics += set.diagnostics
            files += set.files
        }
    }

    /// Adds a requirement with the source that `tool.uv.sources` has for it, or unchanged.
    private mutating func add(_ requirement: Requirement, at place: SourcePlace) throws(DiagnosticError) {
        let sources = project.toml.root["tool", "uv", "sources"]?.table ?? OrderedMap()
        let source = sources.first { PackageName.normalize($0.key) == requirement.name.normalized }?.value
        guard let source, requirement.address == nil else {
            list.requirements.append(RequirementEntry(try localized(requirement, at: place), place: place))
            return
        }
        for alternative in source.array ?? [source] {
            var requirement = requirement
            if let marker = try project.toml.marker(in: alternative, "marker") {
                requirement.marker = requirement.marker.map { $0 && marker } ?? marker
            }
            try add(requirement, from: alternative, at: place)
        }
    }

    private mutating func add(
        _ requirement: Requirement,
        from source: TOMLValue,
        at place: SourcePlace
    ) throws(DiagnosticError) {
        var requirement = requirement
        let fragment = source["subdirectory"]?.string.map { "#subdirectory=\($0)" } ?? ""
        if let path = source["path"]?.string {
            let local = project.toml.file.parent / path
            guard context.files.exists(local) else {
                throw project.toml.missingPath(path, of: requirement.name, at: source["path"])
            }
            add(.local(local, name: requirement.name, extras: requirement.extras, marker: requirement.marker), place)
            return
        }
        if let git = source["git"]?.string {
            let reference = (source["rev"] ?? source["tag"] ?? source["branch"])?.string.map { "@\($0)" } ?? ""
            requirement.address = RepositoryAddress.normalized(git) + reference + fragment
            requirement.versions = VersionSpecifierSet()
        } else if let url = source["url"]?.string {
            requirement.address = url + fragment
            requirement.versions = VersionSpecifierSet()
        } else if let name = source["index"]?.string {
            let index = project.toml.root["tool", "uv", "index"]?.array?.first { $0["name"]?.string == name }
            guard let url = index?["url"]?.string else {
                throw project.toml.error(
                    .unknownIndex,
                    "index '\(name)' not found",
                    at: source["index"],
                    help: ["add the index to tool.uv.index"]
                )
            }
            let address = IndexAddress(url)
            if !indexes.extraIndexes.contains(address) { indexes.extraIndexes.append(address) }
        } else if source["workspace"]?.boolean == true {
            throw project.toml.error(
                .workspaceMemberNotLocked,
                "cannot find workspace member '\(requirement.name)' without uv.lock",
                at: source,
                help: ["run uv lock"]
            )
        }
        add(.named(requirement), place)
    }

    private mutating func add(_ subject: RequirementEntry.Subject, _ place: SourcePlace) {
        list.requirements.append(RequirementEntry(subject, place: place))
    }

    /// The subject of a requirement, which is a local path if its address is a `file:` address.
    private func localized(
        _ requirement: Requirement,
        at place: SourcePlace
    ) throws(DiagnosticError) -> RequirementEntry.Subject {
        let folders = [project.toml.file.parent]
        do {
            return try RequirementParser(folders: folders, exists: context.files.exists)
                .subject(of: requirement.description)
        } catch {
            throw DiagnosticError(error.code, error.description, at: place)
        }
    }
}

/// The addresses of git repositories in requirement sources.
enum RepositoryAddress {
    /// The address of a git repository in the form `git+https://…` or `git+ssh://…`.
    static func normalized(_ text: String) -> String {
        if text.hasPrefix("git+") { return text }
        if text.firstRange(of: "://") != nil { return "git+" + text }
        // `git@host:path`, the short form for ssh
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return "git+" + text }
        return "git+ssh://" + text[..<colon] + "/" + text[text.index(after: colon)...]
    }
}
