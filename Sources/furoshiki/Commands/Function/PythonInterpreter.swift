import HostSystem

/// Chooses the Python interpreter that runs a function.
enum PythonInterpreter {
    /// The program to run: the interpreter of the active virtual environment if it has the version of the runtime, so
    /// that its packages count, or else the name of the runtime, such as `python3.12`, which is looked up in `PATH`.
    static func program(for runtime: String, in environment: Environment, files: any FileSystem) -> String {
        guard let root = environment.nonEmpty("VIRTUAL_ENV").map({ LocalPath($0) }) else { return runtime }
        let named = root / "bin" / runtime
        if files.isFile(named) { return named.string }
        let interpreter = root / "bin/python"
        guard runtime.hasPrefix("python"), files.isFile(interpreter),
            let settings = try? files.readText(root / "pyvenv.cfg"),
            let version = version(in: settings),
            version == runtime.dropFirst("python".count)
        else { return runtime }
        return interpreter.string
    }

    /// The minor version in a `pyvenv.cfg`, such as `3.12`, whose key depends on what made the environment.
    private static func version(in settings: String) -> Substring? {
        for line in settings.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix(while: \.isWhitespace) }
            guard parts.count == 2, let key = parts[0].split(separator: " ").first,
                key == "version" || key == "version_info"
            else { continue }
            let numbers = parts[1].split(separator: ".")
            guard numbers.count > 1 else { continue }
            return parts[1][numbers[0].startIndex..<numbers[1].endIndex]
        }
        return nil
    }
}
