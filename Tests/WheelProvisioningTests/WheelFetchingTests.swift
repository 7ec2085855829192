import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing

@testable import WheelProvisioning

/// A cache, and a fetcher whose downloads and indexes are answered by a closure.
struct FetchingFixture {
    let folder: LocalPath
    let transport: StubTransport
    let events = Events()
    let files = LiveFileSystem()

    var cache: LocalPath { folder / "cache" }
    var wheelhouse: Wheelhouse { Wheelhouse(cache, files: files) }

    static func with(
        _ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse,
        _ body: (FetchingFixture) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with(in: "/tmp", prefix: "fetching") { folder in
            try await body(FetchingFixture(folder: folder, transport: StubTransport(answer)))
        }
    }

    func fetcher(usesWheelCache: Bool = true) throws -> WheelFetcher {
        let environment = Environment([
            "PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "https://user:secret@index.example/simple",
        ])
        let settings = try IndexSettings(IndexOptions(), environment: environment, files: files)
        var options = ProvisioningOptions()
        options.usesWheelCache = usesWheelCache
        return WheelFetcher(
            wheelhouse: wheelhouse,
            downloader: Downloader(
                transport: transport,
                settings: settings,
                wheelhouse: wheelhouse,
                clock: .live,
                report: events.add
            ),
            index: IndexClient(
                transport: transport,
                files: files,
                clock: .live,
                settings: settings,
                report: events.add
            ),
            options: options,
            report: events.add
        )
    }

    func asked(
        _ wheel: WheelBuilder,
        address: String? = nil,
        path: LocalPath? = nil,
        hashes: [FileHash] = []
    ) throws -> WheelFetcher.FileRequest {
        WheelFetcher.FileRequest(
            name: try PackageName(parsing: wheel.name),
            file: LockedFile(name: wheel.fileName, address: address, path: path, hashes: hashes),
            index: nil,
            place: SourcePlace(file: "requirements.txt", line: 3, column: 1)
        )
    }

    /// The files in the cache, except locks.
    func cached(_ kind: String) throws -> [String] {
        guard files.exists(cache / kind) else { return [] }
        var found: [String] = []
        try files.walk(cache / kind) { path, kind in
            if kind == .file { found.append(path) }
            return true
        }
        return found.sorted()
    }
}

/// Fetching wheels without a resolver: what is stored, verified, reused and rejected.
struct WheelFetchingTests {
    private static let alpha = WheelBuilder("alpha", "1.0")
    private static let address = "https://files.example/alpha-1.0-py3-none-any.whl"
    private static let sha256 = FileHash(
        algorithm: "sha256",
        digest: SHA256.digest(of: alpha.bytes()).hexadecimal
    )
    private static let wrong = FileHash(algorithm: "sha256", digest: String(repeating: "0", count: 64))

    private func ok(_ body: [UInt8] = alpha.bytes()) -> HTTPResponse { HTTPResponse(status: 200, body: body) }

    @Test func `a wheel is downloaded once, and stored under its digest`() async throws {
        let response = ok()
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: Self.address, hashes: [Self.sha256])
            let wheel = try await fixture.fetcher().wheel(asked)
            #expect(wheel.sha256.hexadecimal == Self.sha256.digest)
            #expect(wheel.path == fixture.cache / "wheels" / Self.sha256.digest / Self.alpha.fileName)
            #expect(try fixture.files.read(wheel.path) == Self.alpha.bytes())
            #expect(fixture.files.statusIfPresent(of: wheel.path)?.mode == 0o644)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(fixture.transport.requests.count == 1)
            let size = Int64(Self.alpha.bytes().count)
            #expect(fixture.events.all == [.downloaded(Self.alpha.fileName, bytes: size)])
            // The digest names the wheel, so no note is needed, and no part is left.
            #expect(try fixture.cached("files").isEmpty)
            #expect(try fixture.cached("partial").isEmpty)
            _ = try await fixture.fetcher(usesWheelCache: false).wheel(asked)
            #expect(fixture.transport.requests.count == 2)
        }
    }

    @Test(arguments: [false, true])
    func `a wheel without a known digest is found again by its address`(_ hasOtherHash: Bool) async throws {
        let response = ok()
        try await FetchingFixture.with({ _ in response }) { fixture in
            let copy = fixture.folder / "copy"
            try fixture.files.write(Self.alpha.bytes(), to: copy)
            let sha512 = try #require(try fixture.files.digest(of: copy, algorithm: "sha512"))
            let hashes = hasOtherHash ? [FileHash(algorithm: "sha512", digest: sha512)] : []
            let asked = try fixture.asked(Self.alpha, address: Self.address, hashes: hashes)
            let wheel = try await fixture.fetcher().wheel(asked)
            #expect(wheel.sha256.hexadecimal == Self.sha256.digest)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(fixture.transport.requests.count == 1)
            #expect(try fixture.cached("files").count == 1)
            let other = try fixture.asked(Self.alpha, address: Self.address + "?other", hashes: hashes)
            _ = try await fixture.fetcher().wheel(other)
            #expect(fixture.transport.requests.count == 2)
        }
    }

    @Test(arguments: [
        [wrong], [FileHash(algorithm: "sha512", digest: String(repeating: "0", count: 128))],
    ])
    func `a wheel with another hash is rejected and not stored`(_ hashes: [FileHash]) async throws {
        let response = ok()
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: Self.address, hashes: hashes)
            let error = await #expect(throws: StaleFileError.self) { try await fixture.fetcher().wheel(asked) }
            #expect(error?.diagnostics.first?.place == asked.place)
            #expect(error?.diagnostics.first?.notes.count == 2)
            #expect(fixture.transport.requests.count == 1)
            #expect(try fixture.cached("wheels").isEmpty)
            #expect(try fixture.cached("partial").isEmpty)
            #expect(fixture.events.all.isEmpty)
        }
    }

    @Test func `one of several hashes is enough`() async throws {
        let response = ok()
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: Self.address, hashes: [Self.wrong, Self.sha256])
            _ = try await fixture.fetcher().wheel(asked)
            #expect(try await fixture.fetcher().wheel(asked).sha256.hexadecimal == Self.sha256.digest)
            #expect(fixture.transport.requests.count == 1)
        }
    }

    @Test(arguments: [1, 2, 3])
    func `a part of an earlier run is completed, or else downloaded from the start`(good: Int) async throws {
        let count = Mutex(0)
        let (right, wrong) = (ok(), ok([1, 2, 3]))
        try await FetchingFixture.with({ _ in
            count.withLock { count in
                count += 1
                return count == good ? right : wrong
            }
        }) { fixture in
            // The key of a file with one digest is the digest.
            let part = try fixture.wheelhouse.partialFile(Self.sha256.digest)
            try fixture.files.write("part", to: part)
            let asked = try fixture.asked(Self.alpha, address: Self.address, hashes: [Self.sha256])
            if good <= 2 {
                _ = try await fixture.fetcher().wheel(asked)
                #expect(fixture.transport.requests.count == good)
            } else {
                await #expect(throws: StaleFileError.self) { try await fixture.fetcher().wheel(asked) }
                #expect(fixture.transport.requests.count == 2)
            }
            #expect(!fixture.files.exists(part))
        }
    }

    @Test func `a file that is larger than the index states is not stored`() async throws {
        let response = ok(Self.alpha.bytes() + [0])
        try await FetchingFixture.with({ _ in response }) { fixture in
            var asked = try fixture.asked(Self.alpha, address: Self.address)
            asked.file.sizeBytes = Self.alpha.bytes().count
            // A part that another file left is not the reason.
            let part = try fixture.wheelhouse.partialFile(
                Downloader.Request(
                    name: asked.name,
                    fileName: asked.file.name,
                    address: try #require(WebAddress(Self.address)),
                    hashes: [],
                    place: nil
                )
                .key
            )
            for (hasPart, count) in [(false, 1), (true, 3)] {
                if hasPart { try fixture.files.write("part", to: part) }
                let error = await #expect(throws: StaleFileError.self) { try await fixture.fetcher().wheel(asked) }
                #expect(error?.diagnostics.map(\.code) == [.responseTooLarge])
                #expect(error?.diagnostics.first?.place == asked.place)
                #expect(fixture.transport.requests.count == count)
                #expect(try fixture.cached("wheels").isEmpty)
                #expect(try fixture.cached("partial").isEmpty)
            }
            asked.file.sizeBytes = Self.alpha.bytes().count + 1
            _ = try await fixture.fetcher().wheel(asked)
        }
    }

    @Test(arguments: [(401, false), (403, false), (404, true), (410, true), (418, false), (500, false), (503, false)])
    func `an answer without the file is stale only if the index does not have it`(
        status: Int,
        isStale: Bool
    ) async throws {
        try await FetchingFixture.with({ _ in HTTPResponse(status: status) }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: Self.address, hashes: [Self.sha256])
            let error = await #expect(throws: (any Error).self) { try await fixture.fetcher().wheel(asked) }
            #expect((error is StaleFileError) == isStale)
            let diagnostic = try #require(error.map { DiagnosticError(describing: $0) }?.diagnostics.first)
            #expect(diagnostic.place == asked.place)
            #expect(diagnostic.help.isEmpty == (status == 418))
            #expect((diagnostic.help == [IndexError.login, IndexError.namedLogin]) == (status == 401 || status == 403))
            #expect(try fixture.cached("wheels").isEmpty)
        }
    }

    @Test(arguments: [(HTTPError.Cause.timedOut, 2), (.interrupted, 1), (.untrusted, 0)])
    func `a download without an answer is reported at the requirement`(
        cause: HTTPError.Cause,
        helpCount: Int
    ) async throws {
        try await FetchingFixture.with({ throw HTTPError(cause, address: $0.address, detail: "detail") }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://u:hush@files.example/a.whl", hashes: [])
            let error = await #expect(throws: DiagnosticError.self) { try await fixture.fetcher().wheel(asked) }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.place == asked.place)
            #expect(diagnostic.message.hasSuffix("detail"))
            #expect(!"\(diagnostic)".contains("hush"))
            #expect(diagnostic.help.count >= helpCount)
        }
    }

    @Test func `a file without an address is found in the index by its name`() async throws {
        let page = """
            {"files": [{"filename": "alpha-0.9-py3-none-any.whl", "url": "/f/old.whl", "hashes": {}},
             {"filename": "\(Self.alpha.fileName)", "url": "/f/alpha.whl", "hashes": {"sha256": "\(Self.sha256.digest)"}}]}
            """
        let wheel = ok()
        try await FetchingFixture.with({ request in
            guard request.address.string.contains("/simple/") else { return wheel }
            return HTTPResponse(
                status: 200,
                headers: [HTTPHeader("Content-Type", "application/json")],
                body: Array(page.utf8)
            )
        }) { fixture in
            _ = try await fixture.fetcher().wheel(try fixture.asked(Self.alpha))
            let addresses = fixture.transport.requests.map(\.address.withoutCredentials.string)
            #expect(addresses == ["https://index.example/simple/alpha/", "https://index.example/f/alpha.whl"])
            #expect(fixture.transport.requests.map { $0.credentials != nil } == [true, true])
            // The wheel is found again by what was asked for, without contacting the index.
            _ = try await fixture.fetcher().wheel(try fixture.asked(Self.alpha))
            #expect(fixture.transport.requests.count == 2)
            let missing = try fixture.asked(WheelBuilder("alpha", "3.0"))
            let error = await #expect(throws: StaleFileError.self) { try await fixture.fetcher().wheel(missing) }
            #expect(error?.diagnostics.first?.notes.count == 1)
        }
    }

    @Test func `the hash of the index is checked if the lock has none`() async throws {
        let page = """
            {"files": [{"filename": "\(Self.alpha.fileName)", "url": "/f/a.whl", "hashes": {"sha256": "\(Self.wrong.digest)"}}]}
            """
        let wheel = ok()
        try await FetchingFixture.with({ request in
            guard request.address.string.contains("/simple/") else { return wheel }
            return HTTPResponse(
                status: 200,
                headers: [HTTPHeader("Content-Type", "application/json")],
                body: Array(page.utf8)
            )
        }) { fixture in
            await #expect(throws: StaleFileError.self) {
                try await fixture.fetcher().wheel(try fixture.asked(Self.alpha))
            }
            // A hash of the lock has precedence.
            _ = try await fixture.fetcher().wheel(try fixture.asked(Self.alpha, hashes: [Self.sha256]))
        }
    }

    @Test(arguments: [true, false])
    func `a local wheel is read once until it changes`(_ isAddress: Bool) async throws {
        try await FetchingFixture.with({ throw HTTPError(.notConnected, address: $0.address, detail: "") }) { fixture in
            let folder = fixture.folder / "a b"
            try fixture.files.createDirectory(folder)
            let path = folder / Self.alpha.fileName
            try fixture.files.write(Self.alpha.bytes(), to: path)
            let address = "file://" + path.string.replacing(" ", with: "%20")
            let asked = try fixture.asked(
                Self.alpha,
                address: isAddress ? address : nil,
                path: isAddress ? nil : path
            )
            let first = try await fixture.fetcher().wheel(asked)
            #expect(first.sha256.hexadecimal == Self.sha256.digest)
            #expect(try await fixture.fetcher().wheel(asked) == first)
            let changed = WheelBuilder("alpha", "1.0", dependencies: ["beta"])
            try fixture.files.write(changed.bytes(), to: path)
            let second = try await fixture.fetcher().wheel(asked)
            #expect(second.sha256 == SHA256.digest(of: changed.bytes()))
            #expect(try fixture.cached("wheels").count { $0.hasSuffix(".whl") } == 2)
            let hashed = try fixture.asked(Self.alpha, path: path, hashes: [Self.sha256])
            await #expect(throws: StaleFileError.self) { try await fixture.fetcher().wheel(hashed) }
            let missing = try fixture.asked(Self.alpha, path: fixture.folder / "none.whl")
            await #expect(throws: DiagnosticError.self) { try await fixture.fetcher().wheel(missing) }
        }
    }

    @Test func `a source distribution is copied into a directory, and not kept`() async throws {
        let response = ok([1, 2, 3])
        try await FetchingFixture.with({ _ in response }) { fixture in
            let name = try PackageName(parsing: "alpha")
            func asked(_ file: LockedFile) -> WheelFetcher.FileRequest {
                WheelFetcher.FileRequest(name: name, file: file, index: nil, place: nil)
            }
            let target = fixture.folder / "target"
            try fixture.files.createDirectory(target)
            let remote = LockedFile(name: "x/../alpha-1.0.zip", address: "https://files.example/a.zip")
            let fetched = try await fixture.fetcher().file(asked(remote), into: target)
            #expect(fetched.file == target / "alpha-1.0.zip")
            #expect(fetched.sha256 == SHA256.digest(of: [1, 2, 3]))
            #expect(try fixture.files.read(fetched.file) == [1, 2, 3])
            #expect(try fixture.cached("partial").isEmpty)
            let local = try await fixture.fetcher()
                .file(asked(LockedFile(name: "a.zip", path: fetched.file)), into: fixture.folder)
            #expect(local.file == fetched.file)
            #expect(fixture.transport.requests.count == 1)
        }
    }

    @Test func `a name that is not a wheel's is an error at the requirement`() async throws {
        try await FetchingFixture.with({ _ in HTTPResponse(status: 200) }) { fixture in
            let file = LockedFile(name: "alpha.zip", address: Self.address)
            let place = SourcePlace(file: "a.lock", line: 2, column: 1)
            let asked = WheelFetcher.FileRequest(
                name: try PackageName(parsing: "a"),
                file: file,
                index: nil,
                place: place
            )
            let error = await #expect(throws: DiagnosticError.self) { try await fixture.fetcher().wheel(asked) }
            #expect(error?.diagnostics.first?.place == place)
            #expect(fixture.transport.requests.isEmpty)
        }
    }

    @Test func `notes are kept by time of use, and name only wheels that exist`() async throws {
        try await FetchingFixture.with({ _ in HTTPResponse(status: 200) }) { fixture in
            let store = fixture.wheelhouse
            for key in ["a", "b", "c"] {
                try store.setNote("resolutions", key, Array(key.utf8))
                try await Task.sleep(for: .milliseconds(20))
            }
            try store.prune("resolutions", keeping: 2)
            #expect(try fixture.cached("resolutions") == ["b.toml", "c.toml"])
            try store.prune("resolutions", keeping: 2)
            #expect(try store.note("resolutions", "b") == Array("b".utf8))
            try store.removeNote("resolutions", "b")
            #expect(try store.note("resolutions", "b") == nil)
            #expect(try store.notedWheel("resolutions", "c") == nil)
            let digest = SHA256.digest(of: [1])
            try store.setNote("files", "x", Array(digest.hexadecimal.utf8))
            #expect(try store.notedWheel("files", "x") == nil)
            let folder = fixture.cache / "wheels" / digest.hexadecimal
            try fixture.files.createDirectory(folder)
            try fixture.files.write("", to: folder / "README")
            #expect(try store.wheel(digest) == nil)
            try fixture.files.write([1], to: folder / Self.alpha.fileName)
            #expect(try store.notedWheel("files", "x")?.path == folder / Self.alpha.fileName)
        }
    }
}
