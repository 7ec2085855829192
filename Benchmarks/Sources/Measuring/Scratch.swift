import Foundation

/// Temporary directories, files and command line arguments of benchmarks.
package enum Scratch {
    /// Runs a body with the path of a temporary directory, and removes it afterwards.
    package static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("furoshiki-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    /// Writes files into a directory, which is created if it is missing.
    package static func write(_ files: [String: String], to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
    }

    /// The sorted paths of the files below a directory that end in a given string.
    package static func files(below folder: String, endingIn end: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(end) }
            .map { "\(folder)/\($0)" }
            .sorted()
    }

    /// The absolute path of the program to measure, from the first argument.
    package static func program() throws -> String {
        guard CommandLine.arguments.count > 1 else {
            throw MeasuringError("usage: \(CommandLine.arguments[0]) PROGRAM [ROUNDS]")
        }
        return URL(fileURLWithPath: CommandLine.arguments[1]).standardizedFileURL.path
    }

    /// The number of runs of each subject, from the second argument.
    package static func rounds(default rounds: Int) -> Int {
        CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? rounds : rounds
    }

    /// The operating system, number of cores and memory, in one line.
    package static var machine: String {
        let information = ProcessInfo.processInfo
        let memory = information.physicalMemory / 1_000_000_000
        return "\(information.operatingSystemVersionString), \(information.activeProcessorCount) cores, \(memory) GB"
    }
}
