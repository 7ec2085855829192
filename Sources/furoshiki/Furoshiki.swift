#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The entry point of the program.
@main
struct Furoshiki {
    static func main() async {
        let session = Session(
            Array(CommandLine.arguments.dropFirst()),
            calledAs: ProgramName(path: CommandLine.arguments.first ?? ""),
            on: .current()
        )
        let work = Task { await session.run() }
        InterruptionSignals.watch { work.cancel() }
        exit(await work.value.rawValue)
    }
}
