/// The images that AWS publishes for the runtimes of Lambda, which have an emulator of Lambda's runtime interface
/// (<https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>).
package enum RuntimeImage {
    /// The languages in the names of runtimes, and the repositories of their images.
    private static let repositories = [
        ("python", "python"), ("nodejs", "nodejs"), ("java", "java"), ("ruby", "ruby"), ("dotnetcore", "dotnet"),
        ("dotnet", "dotnet"), ("provided", "provided"),
    ]

    /// The name of a runtime's image, such as `public.ecr.aws/lambda/python:3.12`; `nil` if there is none.
    package static func name(of runtime: String) -> String? {
        guard let (language, repository) = repositories.first(where: { runtime.hasPrefix($0.0) }) else { return nil }
        var version = String(runtime.dropFirst(language.count))
        switch language {
        // Node.js has one version for each major one, written as `nodejs20.x`.
        case "nodejs":
            guard version.hasSuffix(".x") else { return nil }
            version.removeLast(2)
        case "dotnetcore": version = "core" + version
        // The first provided runtime is based on the first Amazon Linux.
        case "provided": version = version.isEmpty ? "alami" : String(version.dropFirst())
        default: break
        }
        return version.isEmpty ? nil : "public.ecr.aws/lambda/\(repository):\(version)"
    }
}
