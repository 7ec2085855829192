import HostSystem
import RequirementFormats
import WheelProvisioning

/// All that decides the bytes of one artifact.
struct ArtifactInput: Sendable {
    /// The artifact.
    let plan: ArtifactPlan
    /// The service's files in it.
    let files: [SelectedFile]
    /// What the requirements in it are made of, `nil` where there are none.
    let recipe: RequirementRecipe?
    /// Tells two recipes apart, `nil` where there is none.
    let recipeKey: String?
    /// A key over everything.
    let key: String
    /// When the newest of the files was changed, in nanoseconds since 1970.
    let newestChange: Int64

    /// Gathers what goes into an artifact.
    init(
        _ plan: ArtifactPlan,
        files: [SelectedFile],
        options: RequirementOptions,
        handlers: [String: String] = [:],
        wheels: [WheelRequest: [StoredWheel]],
        vendors: [String: [SelectedFile]],
        interpreter: (PythonRuntime) -> LocalPath? = { _ in nil }
    ) {
        self.plan = plan
        // Copies of what the bundler adds itself may lie beside the code.
        let isNested = plan.payload?.isNested == true
        let files = isNested ? files.filter { !NestedRequirements.isPart($0.name) } : files
        self.files = files
        let vendored = (plan.payload?.vendors ?? []).map { ($0, vendors[$0] ?? []) }
        newestChange = (files + vendored.flatMap(\.1)).map(\.status.changedNanoseconds).max() ?? 0
        recipe = plan.payload.map { payload in
            var recipe = RequirementRecipe(target: payload.target, wheels: [])
            if let origin = payload.origin {
                recipe.wheels = wheels[WheelRequest(origin: origin, target: payload.target)] ?? []
            }
            recipe.vendors = vendored.map { ($0, $1.map(SourceFile.init)) }
            recipe.leftOut = options.noDeploy
            // Who lists all that slim leaves out, and not bytecode, wants it.
            recipe.compilesBytecode =
                options.compilesBytecode
                || options.isSlim && !options.appendsSlimPatterns && !options.slimPatterns.isEmpty
            if options.isSlim {
                recipe.slim = SlimRules(patterns: options.slimPatterns, appendsDefaults: options.appendsSlimPatterns)
                recipe.strips = options.strips
            }
            return recipe
        }
        recipeKey = recipe.map { Self.key(of: $0, vendored) }
        var key = CacheKey("artifact", version: ArtifactRecords.version)
        key.add(files)
        key.add(recipeKey ?? "")
        key.add(plan.payload?.isNested ?? false)
        // What compiled the bytecode may have come, or another one.
        if let recipe, recipe.compilesBytecode { key.add(interpreter(recipe.target.runtime)?.string ?? "") }
        // What is looked for in an artifact decides what is said of it, though not its bytes.
        key.add(plan.functions.map { "\($0) \(handlers[$0] ?? "")" })
        if case .layer = plan.content { key.add("layer") } else { key.add("code") }
        self.key = key.finish()
    }

    private static func key(of recipe: RequirementRecipe, _ vendored: [(String, [SelectedFile])]) -> String {
        var key = CacheKey("requirements", version: ArtifactRecords.version)
        key.add(recipe.target.description)
        key.add(recipe.wheels.map(\.sha256.hexadecimal))
        key.add(recipe.leftOut)
        key.add(recipe.slim != nil)
        key.add(recipe.slim?.patterns ?? [])
        key.add(recipe.strips)
        key.add(recipe.compilesBytecode)
        for (folder, files) in vendored {
            key.add(folder)
            key.add(files)
        }
        return key.finish()
    }
}

extension CacheKey {
    /// Adds files: their names, and what the system says of them.
    fileprivate mutating func add(_ files: [SelectedFile]) {
        add(files.count)
        for file in files {
            add(file.name)
            add(file.source.string)
            add(file.status)
        }
    }
}

extension NestedRequirements {
    /// Whether a file has the name of the archive or of its helper, in whatever folder.
    fileprivate static func isPart(_ name: String) -> Bool {
        [archiveName, UnzipHelper.fileName].contains { name == $0 || name.hasSuffix("/" + $0) }
    }
}

extension SourceFile {
    /// Makes the file of an artifact of one that was selected.
    init(_ file: SelectedFile) {
        // A file's own backslashes would be taken for separators when the archive is unpacked.
        self.init(
            name: file.name.utf8.contains(UInt8(ascii: "\\")) ? file.name.replacing("\\", with: "/") : file.name,
            path: file.source,
            isExecutable: file.status.mode & 0o100 != 0,
            size: Int(file.status.size)
        )
    }
}
