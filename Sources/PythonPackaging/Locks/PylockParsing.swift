import OrderedJSON

extension Pylock {
    /// Parses a lock file.
    ///
    /// - Parameter bytes: The content of the file in UTF-8.
    /// - Throws: The first error in the file.
    package init(parsing bytes: [UInt8]) throws(ParseError) {
        let root: TOMLValue
        do {
            root = try TOMLValue(parsing: bytes)
        } catch {
            throw ParseError(line: error.line, column: error.column, reason: .toml(error.message))
        }
        let fields = Fields(root)
        guard let version = try fields.string("lock-version") else { throw fields.error(.missing("lock-version")) }
        guard version == "1.0" || version.hasPrefix("1.") else { throw fields.error(.version(version)) }
        requiresPython = try fields.specifiers("requires-python")
        for text in try fields.strings("environments") { environments.append(try fields.marker(text)) }
        extras = try fields.strings("extras")
        dependencyGroups = try fields.strings("dependency-groups")
        defaultGroups = try fields.strings("default-groups")
        for package in try fields.tables("packages") { packages.append(try Self.package(package)) }
    }

    private static func package(_ fields: Fields) throws(ParseError) -> Package {
        guard let nameText = try fields.string("name") else { throw fields.error(.missing("name")) }
        let name: PackageName
        do {
            name = try PackageName(parsing: nameText)
        } catch {
            throw fields.error(.name(error))
        }
        var package = Package(name: name, line: fields.value.line)
        if let text = try fields.string("version") {
            do {
                package.version = try Version(parsing: text)
            } catch {
                throw fields.error(.packageVersion(error))
            }
        }
        if let text = try fields.string("marker") { package.marker = try fields.marker(text) }
        package.requiresPython = try fields.specifiers("requires-python")
        package.index = try fields.string("index")
        for wheel in try fields.tables("wheels") { package.wheels.append(try file(wheel)) }
        package.sourceDistribution = try fields.table("sdist").map(file)
        package.archive = try fields.table("archive").map(file)
        if let directory = try fields.table("directory") {
            guard let path = try directory.string("path") else { throw directory.error(.missing("path")) }
            package.directory = Directory(
                path: path,
                isEditable: directory.value["editable"]?.boolean ?? false,
                subdirectory: try directory.string("subdirectory")
            )
        }
        if let vcs = try fields.table("vcs") {
            guard let commit = try vcs.string("commit-id") else { throw vcs.error(.missing("commit-id")) }
            package.repository = Repository(
                type: try vcs.string("type") ?? "git",
                url: try vcs.string("url"),
                path: try vcs.string("path"),
                commit: commit,
                subdirectory: try vcs.string("subdirectory")
            )
        }
        return package
    }

    private static func file(_ fields: Fields) throws(ParseError) -> File {
        let (url, path) = (try fields.string("url"), try fields.string("path"))
        let location = url.map { $0.prefix { $0 != "?" && $0 != "#" } } ?? Substring(path ?? "")
        var file = File(
            name: try fields.string("name") ?? String(location.split(separator: "/").last ?? ""),
            url: url,
            path: path,
            sizeBytes: fields.value["size"]?.integer,
            subdirectory: try fields.string("subdirectory")
        )
        guard !file.name.isEmpty else { throw fields.error(.missing("url")) }
        for (algorithm, digest) in try fields.table("hashes")?.value.table ?? OrderedMap() {
            guard let text = digest.string else {
                throw Fields(digest).error(.type(key: algorithm, found: digest.kindName))
            }
            file.hashes[algorithm] = text
        }
        return file
    }
}

/// Reads the members of a table and checks their types; missing members are `nil` or empty.
private struct Fields {
    let value: TOMLValue

    init(_ value: TOMLValue) { self.value = value }

    func error(_ reason: Pylock.ParseError.Reason) -> Pylock.ParseError {
        Pylock.ParseError(line: value.line, column: value.column, reason: reason)
    }

    func string(_ key: String) throws(Pylock.ParseError) -> String? {
        guard let member = value[key] else { return nil }
        guard let text = member.string else { throw Fields(member).error(.type(key: key, found: member.kindName)) }
        return text
    }

    func strings(_ key: String) throws(Pylock.ParseError) -> [String] {
        try items(key)
            .map { (item) throws(Pylock.ParseError) in
                guard let text = item.string else { throw Fields(item).error(.type(key: key, found: item.kindName)) }
                return text
            }
    }

    func table(_ key: String) throws(Pylock.ParseError) -> Fields? {
        guard let member = value[key] else { return nil }
        guard member.table != nil else { throw Fields(member).error(.type(key: key, found: member.kindName)) }
        return Fields(member)
    }

    func tables(_ key: String) throws(Pylock.ParseError) -> [Fields] {
        try items(key)
            .map { (item) throws(Pylock.ParseError) in
                guard item.table != nil else { throw Fields(item).error(.type(key: key, found: item.kindName)) }
                return Fields(item)
            }
    }

    func specifiers(_ key: String) throws(Pylock.ParseError) -> VersionSpecifierSet {
        let text = try string(key) ?? ""
        do {
            return try VersionSpecifierSet(parsing: text)
        } catch {
            throw self.error(.specifier(error))
        }
    }

    func marker(_ text: String) throws(Pylock.ParseError) -> Marker {
        do {
            return try Marker(parsing: text)
        } catch {
            throw self.error(.marker(error))
        }
    }

    private func items(_ key: String) throws(Pylock.ParseError) -> [TOMLValue] {
        guard let member = value[key] else { return [] }
        guard let items = member.array else { throw Fields(member).error(.type(key: key, found: member.kindName)) }
        return items
    }
}
