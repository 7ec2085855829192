import ConfigurationFormats
import ConfigurationValues
import HostSystem
import OrderedJSON

/// What a user can do about environment variables that are not set, depending on the `.env` files of a service.
struct DotenvRemedy: Hashable {
    /// The name of the file that is read, or that would be read.
    let file: String
    /// Whether `useDotenv` is set, so that the file is read.
    let isUsed: Bool
    /// Whether the file sets the variables; it does not help if it is not read.
    let isInFile: Bool
    /// A file such as `.env.example` with the variables, if the file to read does not exist.
    let template: String?

    /// The remedy as a line of help.
    ///
    /// - Parameter name: the name of the variable; `nil` for several.
    /// - Returns: an instruction without its end.
    func text(for name: String?) -> String {
        let pronoun = name == nil ? "them" : "it"
        let setting = "'useDotenv: true'"
        if isInFile { return "set \(setting), so that '\(file)' is read, which sets \(pronoun)" }
        if let template {
            return isUsed
                ? "copy '\(template)' to '\(file)', and fill it in"
                : "copy '\(template)' to '\(file)', fill it in, and set \(setting)"
        }
        let set = "set \(name ?? "them"), or"
        return isUsed ? "\(set) add \(pronoun) to '\(file)'" : "\(set) put \(pronoun) in .env with \(setting)"
    }
}

extension VariableResolver {
    /// The remedy for an environment variable that is not set.
    func dotenvRemedy(for name: String) -> DotenvRemedy {
        let isUsed: Bool =
            if case .map(let members, _) = root.state, case .resolved(let node) = members["useDotenv"]?.state {
                node.isTruthy
            } else {
                false
            }
        let file = dotenvFile ?? ".env"
        if isUsed, dotenvFile != nil {
            return DotenvRemedy(file: file, isUsed: true, isInFile: false, template: nil)
        }
        if context.fileSystem.isFile(context.directory / file) {
            return DotenvRemedy(file: file, isUsed: isUsed, isInFile: !isUsed && sets(name, in: file), template: nil)
        }
        let template = entries(of: context.directory, .file)
            .first { Self.isTemplate($0, of: file) && sets(name, in: $0) }
        return DotenvRemedy(file: file, isUsed: isUsed, isInFile: false, template: template)
    }

    /// Whether a file in the directory of the service has a line for a variable; `false` if it cannot be read.
    private func sets(_ name: String, in file: String) -> Bool {
        guard let bytes = try? context.fileSystem.readConfiguration(context.directory / file, as: file) else {
            return false
        }
        return Dotenv.parse(bytes).contains { $0.name == name }
    }
}
