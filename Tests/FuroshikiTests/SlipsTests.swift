import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import furoshiki

/// Packages the services in `Slips`: each is a service as a person writes it, with one slip.
///
/// `expected.txt` is what the person reads. `FUROSHIKI_RECORD=1` records it again; read the difference.
struct SlipsTests {
    private static let corpus = LocalPath(#filePath).parent / "Slips"
    private static let names = ((try? LiveFileSystem().entries(of: corpus)) ?? []).map(\.name)
    private static let node = Environment.current().findProgram("node", files: LiveFileSystem())

    /// Whether the service of a slip runs JavaScript.
    private static func needsNode(_ name: String) -> Bool { name.contains("-script-") }

    @Test func `there are many slips`() { #expect(Self.names.count >= 40) }

    @Test(arguments: names.filter { node != nil || !needsNode($0) })
    func `a slip gets one error, with its place and a remedy`(_ name: String) async throws {
        let files = LiveFileSystem()
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { scratch in
            let service = try files.realPath(of: scratch) / "service"
            try files.copyTree(Self.corpus / name, to: service)
            try files.remove(service / "expected.txt")
            let text = await Self.package(service).replacing(service.string, with: "<SERVICE>")
            let expected = Self.corpus / name / "expected.txt"
            if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil { try files.write(text, to: expected) }
            #expect(text == (try files.readText(expected)))
            let output = await Self.package(service, "--json")
            let diagnostics = try #require(try JSONValue(parsing: Array(output.utf8))["diagnostics"]?.arrayValue)
            let errors = diagnostics.filter { $0["severity"] == "error" }
            #expect(errors.count == 1, "\(text)")
            #expect(errors.first?["line"]?.numberValue ?? 0 > 0, "\(text)")
            #expect(errors.first?["help"]?.arrayValue?.isEmpty == false, "\(text)")
        }
    }

    /// What `package` writes to standard error for a service; the network is unreachable.
    private static func package(_ service: LocalPath, _ options: String...) async -> String {
        let streams = MemoryStreams()
        let current = Environment.current()
        let machine = Machine(
            environment: Environment([
                "PATH": current["PATH"] ?? "", "HOME": service.parent.string,
                "XDG_CACHE_HOME": (service.parent / "cache").string, "TMPDIR": service.parent.string,
            ]),
            workingDirectory: service,
            files: LiveFileSystem(),
            processes: LiveProcessRunner(),
            transport: { _ in StubTransport.unreachable },
            wallClock: .fixed(milliseconds: 1_700_000_000_000),
            clock: MonotonicClock(ManualClock()),
            processorCount: 2,
            streams: streams,
            buildFacts: "{}"
        )
        _ = await Session(["package"] + options, on: machine).run()
        return streams.text(of: .error)
    }
}
