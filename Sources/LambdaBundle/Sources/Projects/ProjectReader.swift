import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads the dependencies of a `pyproject.toml` that no lock fixes.
struct ProjectReader {
    private let project: ProjectFile
    private let context: SourceContext
    private var demands = Demands()
    private var indexes = IndexOptions()

    private init(project: ProjectFile, context: SourceContext) {
        self.project = project
        self.context = context
    }

    /// Reads a project.
    static func read(_ origin: SourceOrigin, context: SourceContext) throws(DiagnosticError) -> RequirementSet {
        let project = try ProjectFile(reading: origin.file, context: context)
        var reader = ProjectReader(project: project, context: context)
        let selection = try GroupSelection(context.options, known: project.groupNames, source: origin.displayName)
        for name in selection.names {
            let requirements = try name == GroupSelection.main ? project.dependencies() : project.group(name)
            for (requirement, place) in requirements { try reader.add(requirement, at: place) }
        }
        return RequirementSet(
            origin: origin,
            content: .demands(reader.demands),
            indexes: reader.indexes,
            files: [origin.file]
        )
    }

    /// Adds a requirement from where `tool.uv.sources` says it comes, else as it is.
    private mutating func add(_ requirement: Requirement, at place: SourcePlace) throws(DiagnosticError) {
        let sources = project.toml.root["tool", "uv", "sources"]?.table ?? OrderedMap()
        let source = sources.first { PackageName.normalize($0.key) == requirement.name.normalized }?.value
        guard let source, requirement.address == nil else {
            demands.requirements.append(DemandedRequirement(try localised(requirement, at: place), place: place))
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
                throw project.toml.fault("there is nothing at '\(path)'", at: source["path"])
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
                throw project.toml.fault("there is no index '\(name)'", at: source["index"])
            }
            let address = IndexAddress(url)
            if !indexes.extraIndexes.contains(address) { indexes.extraIndexes.append(address) }
        } else if source["workspace"]?.boolean == true {
            throw project.toml.fault(
                "'\(requirement.name)' is a member of a workspace, which only uv.lock tells",
                at: source,
                help: ["run uv lock"]
            )
        }
        add(.named(requirement), place)
    }

    private mutating func add(_ subject: DemandedRequirement.Subject, _ place: SourcePlace) {
        demands.requirements.append(DemandedRequirement(subject, place: place))
    }

    /// A requirement at a `file:` address as the path that it means.
    private func localised(
        _ requirement: Requirement,
        at place: SourcePlace
    ) throws(DiagnosticError) -> DemandedRequirement.Subject {
        let folders = [project.toml.file.parent]
        do {
            return try RequirementLine(folders: folders, exists: context.files.exists)
                .subject(of: requirement.description)
        } catch {
            throw DiagnosticError(error.description, category: .resolution, at: place)
        }
    }
}

/// Addresses of repositories.
enum RepositoryAddress {
    /// The form `git+https://…` or `git+ssh://…` of what people write for a git repository.
    static func normalized(_ text: String) -> String {
        if text.hasPrefix("git+") { return text }
        if text.firstRange(of: "://") != nil { return "git+" + text }
        // `git@host:path`, as ssh takes it
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return "git+" + text }
        return "git+ssh://" + text[..<colon] + "/" + text[text.index(after: colon)...]
    }
}
