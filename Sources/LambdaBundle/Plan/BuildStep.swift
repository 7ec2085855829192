import HostSystem
import OrderedJSON

/// The command that probably builds the code of a service, for messages about files that do not exist yet.
enum BuildStep {
    /// The command for a file of a build tool in a directory, as for `tsconfig.json`.
    private static let commands: [(file: String, command: String)] = [
        ("build.sh", "./build.sh"), ("pom.xml", "mvn package"), ("build.gradle", "gradle build"),
        ("build.gradle.kts", "gradle build"), ("build.sbt", "sbt assembly"), ("Cargo.toml", "cargo build --release"),
        ("Gopkg.lock", "go build"),
        ("go.mod", "go build"), ("tsconfig.json", "npx tsc"),
    ]
    /// The command for source code in a compiled language, by the extension of its files.
    private static let languages: [(fileExtension: String, command: String)] = [
        ("csproj", "dotnet publish"), ("fsproj", "dotnet publish"), ("sln", "dotnet publish"), ("go", "go build"),
    ]

    /// The command that the files in a directory suggest; `nil` if none of a build tool is there.
    static func command(in directory: LocalPath, _ files: any FileSystem) -> String? {
        if let target = makeTarget(in: directory, files) { return target }
        if let script = nodeScript(in: directory, files) { return script }
        if let known = commands.first(where: { files.isFile(directory / $0.file) }) { return known.command }
        // A directory that cannot be read has nothing to suggest.
        let names = ((try? files.entriesIfPresent(of: directory)) ?? []).map { LocalPath($0.name) }
        return languages.first { language in names.contains { $0.fileExtension == language.fileExtension } }?.command
    }

    /// The help for a file that has to be built; `nil` if no build tool is used.
    static func help(in directory: LocalPath, _ files: any FileSystem) -> String? {
        command(in: directory, files).map { "build the code before packaging, probably with '\($0)'" }
    }

    private static func makeTarget(in directory: LocalPath, _ files: any FileSystem) -> String? {
        guard let text = text(directory / "Makefile", files) else { return nil }
        return text.split(separator: "\n").contains { $0.hasPrefix("build:") } ? "make build" : "make"
    }

    private static func nodeScript(in directory: LocalPath, _ files: any FileSystem) -> String? {
        guard let text = text(directory / "package.json", files),
            let scripts = (try? JSONValue(parsing: text))?["scripts"]?.objectValue,
            let name = ["build", "compile", "bundle"].first(where: { scripts[$0] != nil })
        else { return nil }
        return files.isFile(directory / "yarn.lock") ? "yarn \(name)" : "npm run \(name)"
    }

    private static func text(_ path: LocalPath, _ files: any FileSystem) -> String? {
        guard let status = files.statusIfPresent(of: path), status.kind == .file, status.size < 1 << 20 else {
            return nil
        }
        return try? files.readText(path)
    }
}
