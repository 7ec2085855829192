import HostSystem
import OrderedJSON

/// The failure of code of the service, in words of ours: modules that node does not find are the most common one.
struct ScriptFailure {
    /// The cause, in one line.
    let message: String
    let notes: [String]
    let help: [String]
    /// The message and the stack of node; `nil` if they add nothing.
    let output: String?

    /// Reads the error that node reported.
    ///
    /// - Parameters:
    ///   - name: the file that was loaded, as the user would name it.
    ///   - message: the message of the error, which can have several lines.
    ///   - stack: the stack of the error.
    ///   - directory: the directory of the service.
    ///   - files: the file system with the service.
    init(of name: String, _ message: String, stack: String?, in directory: LocalPath, _ files: any FileSystem) {
        let firstLine = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message
        output = stack ?? (firstLine == message ? nil : message)
        guard let module = Self.missingModule(firstLine) else {
            self.message = "'\(name)' failed: \(firstLine)"
            (notes, help) = ([], ["fix the code of '\(name)', or of what it loads"])
            return
        }
        let importer = Self.importer(message)
            .map { LocalPath($0) }
            .map { $0.isWithin(directory) ? $0.relative(to: directory).string : $0.string }
        if module.hasPrefix(".") || module.hasPrefix("/") {
            let owner = importer ?? name
            let path = LocalPath(module)
            let shown = path.isAbsolute && path.isWithin(directory) ? path.relative(to: directory).string : module
            self.message = "'\(owner)' loads '\(shown)', which does not exist"
            notes = owner == name ? [] : ["'\(name)' loads '\(owner)'"]
            help = ["create the file, or correct the path in '\(owner)'"]
        } else {
            let package = Self.package(of: module)
            self.message = "'\(name)' needs the npm package '\(package)', which is not installed"
            notes = importer.flatMap { $0 == name ? nil : ["it is loaded by '\($0)'"] } ?? []
            help = [Self.installation(of: package, in: directory, files)]
        }
    }

    /// The name in `Cannot find module 'x'` and `Cannot find package 'x' imported from y`.
    private static func missingModule(_ line: String) -> String? {
        guard line.hasPrefix("Cannot find module ") || line.hasPrefix("Cannot find package ") else { return nil }
        let parts = line.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count > 2 && !parts[1].isEmpty ? String(parts[1]) : nil
    }

    /// The file that loads the missing module.
    private static func importer(_ message: String) -> String? {
        if let range = message.firstRange(of: " imported from ") {
            return message[range.upperBound...].split(whereSeparator: \.isNewline).first.map(String.init)
        }
        let first = message.split(whereSeparator: \.isNewline).first { $0.hasPrefix("- ") }
        return first.map { String($0.dropFirst(2)) }
    }

    /// The package of a module such as `lodash/get` or `@aws-sdk/client-s3/dist`.
    private static func package(of module: String) -> String {
        module.split(separator: "/").prefix(module.hasPrefix("@") ? 2 : 1).joined(separator: "/")
    }

    /// The command that installs a package: that of the lock file's program, for one or for all packages.
    private static func installation(of package: String, in directory: LocalPath, _ files: any FileSystem) -> String {
        let (all, one) =
            if files.isFile(directory / "yarn.lock") {
                ("yarn install", "yarn add --dev")
            } else if files.isFile(directory / "pnpm-lock.yaml") {
                ("pnpm install", "pnpm add --save-dev")
            } else {
                ("npm install", "npm install --save-dev")
            }
        let manifest: JSONValue?
        do { manifest = try JSONValue(parsing: files.read(directory / "package.json")) } catch { manifest = nil }
        let isDeclared = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]
            .contains { manifest?[$0]?[package] != nil }
        return isDeclared ? "run '\(all)', as 'package.json' declares it" : "run '\(one) \(package)'"
    }
}
