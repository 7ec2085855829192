import HostSystem
import RequirementFormats
import WheelProvisioning

/// The inputs of an artifact, which determine its bytes.
struct ArtifactInput: Sendable {
    /// The plan of the artifact.
    let plan: ArtifactPlan
    /// The files of the service.
    let files: [SelectedFile]
    /// The inputs of the requirements, or `nil` if there are none.
    let recipe: RequirementRecipe?
    /// The key of the requirements, or `nil` if there are none.
    let recipeKey: String?
    /// The key of all inputs.
    let key: String
    /// The time of the last change to any file, in nanoseconds since 1970.
    let newestChange: Int64

    /// Collects the inputs of an artifact.
    init(
        _ plan: ArtifactPlan,
        files: [SelectedFile],
        options: RequirementOptions,
        functions: [String: InspectedArtifact.Function] = [:],
        pluginsNotRun: [String] = [],
        wheels: [WheelRequest: [StoredWheel]],
        vendors: [String: [SelectedFile]],
        interpreter: (PythonRuntime) -> LocalPath? = { _ in nil }
    ) {
        self.plan = plan
        // Copies of the archive and its helper may be beside the code.
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
            recipe.omitted = options.noDeploy
            // If the user lists all patterns of `slim` and bytecode is not among them, it should be included.
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
        // The interpreter may have been installed or replaced since the last run.
        if let recipe, recipe.compilesBytecode { key.add(interpreter(recipe.target.runtime)?.string ?? "") }
        // Handlers, layers and plugins do not affect the bytes, but the findings of the inspection.
        key.add(plan.functions)
        for function in plan.functions.compactMap({ functions[$0] }) {
            key.add(function.handler ?? "")
            key.add(function.runtime.keyText)
            key.add(function.hasLayers)
            key.add(function.hasIgnoredModule)
        }
        key.add(pluginsNotRun)
        if case .layer = plan.content { key.add("layer") } else { key.add("code") }
        self.key = key.finish()
    }

    private static func key(of recipe: RequirementRecipe, _ vendored: [(String, [SelectedFile])]) -> String {
        var key = CacheKey("requirements", version: ArtifactRecords.version)
        key.add(recipe.target.description)
        key.add(recipe.wheels.map(\.sha256.hexadecimal))
        key.add(recipe.omitted)
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
    /// Adds the names and the status of files.
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
    /// Whether a file has the name of the archive or its helper, in any directory.
    fileprivate static func isPart(_ name: String) -> Bool {
        [archiveName, UnzipHelper.fileName].contains { name == $0 || name.hasSuffix("/" + $0) }
    }
}

extension SourceFile {
    /// Creates the file of an artifact for a selected file.
    init(_ file: SelectedFile) {
        // Backslashes in names would be treated as separators when the archive is unpacked.
        self.init(
            name: file.name.utf8.contains(UInt8(ascii: "\\")) ? file.name.replacing("\\", with: "/") : file.name,
            path: file.source,
            isExecutable: file.status.mode & 0o100 != 0,
            size: Int(file.status.size)
        )
    }
}

extension LambdaRuntime {
    /// The name of the runtime in keys.
    fileprivate var keyText: String {
        switch self {
        case .python(let python): python.name
        case .other(let name): name
        }
    }
}
