import Diagnostics
import HostSystem

/// A file that lists dependencies, but in a format of another tool that is not read.
struct UnsupportedSource {
    /// The name of the file.
    private let name: String

    /// The suffixes of files that are not in pip's format.
    private static let suffixes = [".lock", ".toml", ".yml", ".yaml", ".json", ".cfg", ".py"]

    /// Recognizes a file by its name; `nil` if it may be in pip's format.
    init?(_ name: String) {
        guard Self.suffixes.contains(where: name.hasSuffix) else { return nil }
        self.name = name
    }

    /// How to get a file that is read.
    private var help: String {
        switch name {
        case "pdm.lock": "run 'pdm export -o requirements.txt', and set 'fileName' to the result"
        case "setup.py", "setup.cfg":
            "write '.' in requirements.txt, so that the project with its dependencies is installed"
        default: "write the dependencies in requirements.txt, or lock them with Poetry, Pipenv or uv"
        }
    }

    /// The error, at the option that names the file.
    func error(_ origin: RequirementSource, _ context: ReadingContext) -> DiagnosticError {
        DiagnosticError(
            .unsupportedSourceFormat,
            "'\(origin.displayName)' is not in a supported format",
            at: context.options.fileName == nil ? nil : context.options.fileNamePlace,
            notes: [
                "supported are files in pip's format, Pipfile, Pipfile.lock, poetry.lock, uv.lock, pylock.toml and "
                    + "pyproject.toml"
            ],
            help: [help]
        )
    }
}
