import Foundation

/// A folder for one benchmark, which goes when it ends.
package enum Scratch {
    /// Runs a body in a new folder.
    package static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("furoshiki-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    /// Writes files into a folder, which is made.
    package static func write(_ files: [String: String], to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
    }

    /// The paths below a folder that end in a text.
    package static func files(below folder: String, endingIn end: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(end) }
            .map { "\(folder)/\($0)" }
            .sorted()
    }

    /// The absolute path of the program that the first argument names.
    package static func program() throws -> String {
        guard CommandLine.arguments.count > 1 else {
            throw MeasuringError("usage: \(CommandLine.arguments[0]) PROGRAM [ROUNDS]")
        }
        return URL(fileURLWithPath: CommandLine.arguments[1]).standardizedFileURL.path
    }

    /// How often each subject is run: the second argument, else a default.
    package static func rounds(default rounds: Int) -> Int {
        CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? rounds : rounds
    }

    /// The machine, in a line.
    package static var machine: String {
        let information = ProcessInfo.processInfo
        let memory = information.physicalMemory / 1_000_000_000
        return "\(information.operatingSystemVersionString), \(information.activeProcessorCount) cores, \(memory) GB"
    }
}
