import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// Which of the files of an index is chosen for a target, and what indexes are queried.
struct FileChoiceTests {
    private static let a = FileHash(algorithm: "sha256", digest: String(repeating: "a", count: 64))
    private static let b = FileHash(algorithm: "sha256", digest: String(repeating: "b", count: 64))
    private static let other = FileHash(algorithm: "sha512", digest: String(repeating: "c", count: 128))

    private func found(_ name: String, _ hashes: [FileHash] = []) throws -> IndexFile {
        let address = try #require(WebAddress("https://index.example/f/\(name)"))
        return IndexFile(name: name, place: .address(address), hashes: hashes)
    }

    private func settings(_ change: (inout IndexOptions) -> Void = { _ in }) throws -> IndexSettings {
        var options = IndexOptions()
        change(&options)
        let environment = Environment(["PIP_CONFIG_FILE": "/dev/null"])
        return try IndexSettings(options, environment: environment, files: LiveFileSystem())
    }

    private func choice(
        _ files: [IndexFile],
        hashes: [FileHash] = [],
        version: String? = "1.0",
        _ settings: IndexSettings? = nil
    ) throws -> String? {
        let distribution = ExactDistribution(
            name: try PackageName(parsing: "alpha"),
            version: try version.map { try Version(parsing: $0) },
            source: .anyFile(hashes: hashes, index: nil),
            place: nil
        )
        let target = Target(try #require(PythonRuntime(name: "python3.11")), .x86_64)
        let source = FileChoice(distribution, hashes, files)
            .best(for: target, settings: try settings ?? self.settings())
        switch source {
        case .wheel(let file, nil): return "wheel \(file.name) \(file.hashes.count)"
        case .sourceDistribution(let file, nil): return "source \(file.name) \(file.hashes.count)"
        case nil: return nil
        default: return "unexpected"
        }
    }

    @Test func `the best wheel of the version is chosen before a source distribution`() throws {
        let files = try [
            "alpha-1.0.tar.gz", "alpha-2.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl", "alpha-1.0-py3-none-any.whl",
            "alpha-1.0-cp311-cp311-manylinux_2_17_x86_64.whl", "alpha-1.0-cp312-cp312-manylinux_2_17_x86_64.whl",
        ]
        .map { try found($0) }
        #expect(try choice(files) == "wheel alpha-1.0-cp311-cp311-manylinux_2_17_x86_64.whl 0")
        #expect(try choice(files, version: "2.0") == "wheel alpha-2.0-py3-none-any.whl 0")
        #expect(try choice(files, version: nil) == "wheel alpha-2.0-py3-none-any.whl 0")
        #expect(try choice(files, version: "3.0") == nil)
    }

    @Test func `a source distribution is chosen if no wheel fits`() throws {
        let files = try [
            "alpha-0.9.tar.gz", "beta-1.0.tar.gz", "alpha-1.0.tar.gz",
            "alpha-1.0-cp312-cp312-manylinux_2_17_x86_64.whl",
        ]
        .map { try found($0) }
        #expect(try choice(files) == "source alpha-1.0.tar.gz 0")
        #expect(try choice(files, version: nil) == "source alpha-0.9.tar.gz 0")
    }

    @Test func `options about formats limit the choice`() throws {
        let files = try ["alpha-1.0-py3-none-any.whl", "alpha-1.0.tar.gz"].map { try found($0) }
        let noBinary = try settings { try? $0.noBinary.apply("alpha") }
        #expect(try choice(files, noBinary) == "source alpha-1.0.tar.gz 0")
        let onlyBinary = try settings { try? $0.onlyBinary.apply(":all:") }
        #expect(try choice(files, onlyBinary) == "wheel alpha-1.0-py3-none-any.whl 0")
        #expect(try choice([files[1]], onlyBinary) == nil)
        let others = try settings { try? $0.noBinary.apply("beta") }
        #expect(try choice(files, others) == "wheel alpha-1.0-py3-none-any.whl 0")
    }

    @Test func `files with other hashes are not chosen`() throws {
        let wheel = "alpha-1.0-py3-none-any.whl"
        #expect(try choice([found(wheel, [Self.b])], hashes: [Self.a]) == nil)
        #expect(try choice([found(wheel, [Self.a])], hashes: [Self.a]) == "wheel \(wheel) 1")
        #expect(try choice([found(wheel, [Self.a, Self.b, Self.other])], hashes: [Self.a]) == "wheel \(wheel) 1")
        // A hash of another algorithm cannot be compared yet; the locked hashes are checked after the download.
        #expect(try choice([found(wheel, [Self.other])], hashes: [Self.a, Self.b]) == "wheel \(wheel) 2")
        #expect(try choice([found(wheel)], hashes: [Self.a, Self.b]) == "wheel \(wheel) 2")
        #expect(try choice([found(wheel, [Self.a, Self.other])]) == "wheel \(wheel) 2")
    }

    private func client(_ settings: IndexSettings, _ transport: StubTransport) -> IndexClient {
        IndexClient(
            transport: transport,
            files: LiveFileSystem(),
            clock: .live,
            settings: settings,
            report: { _ in }
        )
    }

    @Test func `files are looked up in all indexes and lists`() async throws {
        try await TemporaryDirectory.with(in: "/tmp", prefix: "links") { folder in
            let files = LiveFileSystem()
            for name in ["alpha-1.0-py3-none-any.whl", "alpha-1.0.tar.gz", "beta-1.0.tar.gz", "notes.txt"] {
                try files.write("", to: folder / name)
            }
            let settings = try settings { options in
                options.index = IndexAddress("https://one.example/simple/")
                options.extraIndexes = [IndexAddress("https://two.example/simple")]
                options.findLinks = [.local(folder), .address(IndexAddress("https://list.example/page"))]
            }
            let transport = StubTransport { request in
                switch request.address.string {
                case "https://one.example/simple/alpha/": HTTPResponse(status: 404)
                case "https://two.example/simple/alpha/":
                    HTTPResponse(status: 200, body: Array("<a href='any-name-1.zip'>".utf8))
                case "https://list.example/page":
                    HTTPResponse(status: 200, body: Array("<a href='alpha-3.zip'><a href='beta-3.zip'>".utf8))
                default: HTTPResponse(status: 500)
                }
            }
            let name = try PackageName(parsing: "Alpha")
            let found = try await client(settings, transport).files(of: name, in: nil)
            let local = found.dropFirst().dropLast().map(\.name).sorted()
            #expect(found.first?.name == "any-name-1.zip")
            #expect(local == ["alpha-1.0-py3-none-any.whl", "alpha-1.0.tar.gz"])
            #expect(found.last?.name == "alpha-3.zip")
            let accepted = transport.requests.first?.headers.first { $0.name == "Accept" }?.value
            #expect(accepted?.hasPrefix("application/vnd.pypi.simple.v1+json") == true)
            let folderIndex = IndexAddress("file://" + folder.parent.string)
            let named = try PackageName(parsing: folder.lastComponent)
            let missing = try await client(try self.settings(), transport).files(of: named, in: folderIndex)
            #expect(missing.count <= 4)
            await #expect(throws: (any Error).self) {
                _ = try await client(settings, transport)
                    .files(of: name, in: IndexAddress("https://broken.example/simple"))
            }
            await #expect(throws: (any Error).self) {
                _ = try await client(settings, transport).files(of: name, in: IndexAddress("nonsense"))
            }
        }
    }

    @Test func `indexes that refuse access are named with their status`() async throws {
        let settings = try settings { options in
            options.index = IndexAddress("https://one.example/simple")
            options.extraIndexes = ["two", "three", "four", "five"].map { IndexAddress("https://\($0).example/simple") }
        }
        let transport = StubTransport { request in
            switch request.address.host {
            case "one.example": return HTTPResponse(status: 401)
            case "two.example": return HTTPResponse(status: 403)
            case "three.example": return HTTPResponse(status: 404)
            case "four.example": throw HTTPError(.timedOut, address: request.address, detail: "")
            default: return HTTPResponse(status: 200)
            }
        }
        let survey = try await client(settings, transport).survey(of: try PackageName(parsing: "alpha"))
        #expect(survey.refusals.count == 2)
        #expect(survey.refusals[IndexAddress("https://one.example/simple")] == 401)
        #expect(survey.refusals[IndexAddress("https://two.example/simple")] == 403)
        #expect(!survey.isComplete)
    }

    @Test(arguments: [(200, true), (404, true), (410, true), (500, false), (302, false)])
    func `a survey is complete if every index responds`(status: Int, isComplete: Bool) async throws {
        let page = Array("<a href='alpha-3.zip'>".utf8)
        let transport = StubTransport {
            HTTPResponse(status: $0.address.host == "one.example" ? 200 : status, body: page)
        }
        let settings = try settings { options in
            options.index = IndexAddress("https://one.example/simple")
            options.extraIndexes = [IndexAddress("https://two.example/simple")]
        }
        let survey = try await client(settings, transport).survey(of: try PackageName(parsing: "alpha"))
        #expect(survey.isComplete == isComplete)
        #expect(survey.files.count == (status == 200 ? 2 : 1))
        #expect(survey.refusals.isEmpty)
    }

    @Test func `a survey has the files of lists, and is incomplete if a list fails`() async throws {
        let transport = StubTransport { request in
            request.address.host == "list.example"
                ? HTTPResponse(status: 200, body: Array("<a href='alpha-3.zip'>".utf8)) : HTTPResponse(status: 500)
        }
        for (host, isComplete) in [("list.example", true), ("broken.example", false)] {
            let settings = try settings { options in
                options.usesNoIndex = true
                options.findLinks = [.address(IndexAddress("https://\(host)/page"))]
            }
            let survey = try await client(settings, transport).survey(of: try PackageName(parsing: "alpha"))
            #expect(survey.isComplete == isComplete)
            #expect(survey.files.map(\.name) == (isComplete ? ["alpha-3.zip"] : []))
        }
    }

    @Test(arguments: ["index.example", "list.example"])
    func `a survey ends when it is canceled`(host: String) async throws {
        let transport = StubTransport { request in
            if request.address.host == host { throw CancellationError() }
            return HTTPResponse(status: 404)
        }
        let settings = try settings { options in
            options.index = IndexAddress("https://index.example/simple")
            options.findLinks = [.address(IndexAddress("https://list.example/page"))]
        }
        let client = client(settings, transport)
        await #expect(throws: CancellationError.self) { try await client.survey(of: try PackageName(parsing: "alpha")) }
    }

    @Test(arguments: [
        ("python3.8", "manylinux_2_17"), ("python3.11", "manylinux_2_17"), ("python3.12", "manylinux_2_34"),
    ])
    func `the platform of a target is one that uv has a name for`(runtime: String, platform: String) throws {
        let python = try #require(PythonRuntime(name: runtime))
        for (architecture, machine) in [(Architecture.x86_64, "x86_64"), (.arm64, "aarch64")] {
            #expect(Resolver.platform(Target(python, architecture)) == "\(machine)-\(platform)")
        }
    }
}
