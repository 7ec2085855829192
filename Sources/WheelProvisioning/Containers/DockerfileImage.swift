import HostSystem
import RequirementFormats

/// The image of `dockerFile`, which is built once for the same content.
struct DockerfileImage: Sendable {
    /// The name with a tag that depends on everything the image is built from.
    let name: String
    /// The further arguments of the build.
    let arguments: [String]

    /// Reads the file and, if it copies files of the service, those files.
    ///
    /// - Parameters:
    ///   - file: The Dockerfile.
    ///   - options: The options of the service.
    ///   - target: The target of the image.
    ///   - cache: The directory of the cache, which may be in that of the service.
    ///   - host: The services of the system.
    /// - Throws: `FileSystemError` if a file cannot be read.
    init(
        file: LocalPath,
        options: ContainerOptions,
        target: Target,
        cache: LocalPath,
        host: HostServices
    ) async throws {
        let content = try host.files.read(file)
        let hasPlatform = options.buildArguments.contains { $0.hasPrefix("--platform") }
        let isForeign = target.architecture != Self.ownArchitecture
        arguments =
            (isForeign && !hasPlatform ? ["--platform", target.architecture.containerPlatform] : [])
            + options.buildArguments
        var key = CacheKey("dockerfile", version: 1)
        key.add("content", SHA256.digest(of: content).hexadecimal)
        key.add("arguments", arguments)
        let folder = options.serviceDirectory
        var names = Self.copiedFiles(String(decoding: content, as: UTF8.self))
        if names == nil {
            names = try host.files.entries(of: folder).map(\.name).filter { $0 != ".serverless" && $0 != ".git" }
        }
        for path in Set((names ?? []).map { folder / $0 }).sorted()
        where !cache.isWithin(path) && host.files.exists(path) {
            key.add(path.string, try await SourceTree(path, files: host.files).digest().hexadecimal)
        }
        name = "furoshiki-requirements:" + key.finish().prefix(32)
    }

    /// The files and directories that a Dockerfile copies from the directory of the build; `nil` if it may be any.
    static func copiedFiles(_ text: String) -> [String]? {
        var files: [String] = []
        let joined = text.replacing("\r\n", with: "\n").replacing("\\\n", with: " ")
        for line in joined.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first?.uppercased() else { continue }
            if words.contains(where: { $0.lowercased().hasPrefix("--mount") }) { return nil }
            guard first == "COPY" || first == "ADD" else { continue }
            // The files of another stage or image are part of its content.
            if words.contains(where: { $0.lowercased().hasPrefix("--from=") }) { continue }
            let names = words.dropFirst().filter { !$0.hasPrefix("--") }.dropLast()
            // Wildcards, variables, lists in JSON and texts in the file can mean any file.
            guard names.allSatisfy({ !$0.contains { "*?[$<\"".contains($0) } }) else { return nil }
            files += names.filter { !$0.contains("://") }
        }
        return files.contains(".") || files.contains("./") ? nil : files
    }

    #if arch(arm64)
    private static let ownArchitecture = Architecture.arm64
    #else
    private static let ownArchitecture = Architecture.x86_64
    #endif
}
