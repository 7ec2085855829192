import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@Suite struct RequirementsFileTests {
    static let hash = String(repeating: "ab", count: 32)

    @Test func `continuations, comments, markers and blanks are read as pip reads them`() throws {
        let text = """
            # run time
            six==1.16.0   # wanted
            humanize==4.9.0 \\
                ; python_version >= "3.8"
            a==1 \\
            # a comment ends it
            b==2
            c @ https://x/y#z
            """
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let texts = try fixture.read().demandTexts
            #expect(
                texts == [
                    "six==1.16.0", #"humanize==4.9.0; python_version >= "3.8""#, "a==1", "b==2", "c @ https://x/y#z",
                ]
            )
        }
    }

    @Test func `windows line ends and a byte order mark lose no hash`() throws {
        let text =
            "\u{FEFF}six==1.16.0 \\\r\n    --hash=sha256:\(Self.hash)\r\ntoml==0.10.2 --hash sha256:\(Self.hash)\r\n"
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let set = try fixture.read()
            guard case .requirements(let demands) = set.content else { return }
            let hash = try #require(FileHash("sha256:\(Self.hash)"))
            #expect(
                demands.requirements.map(\.hashes)
                    == Array(repeating: [hash], count: 2)
            )
            #expect(set.indexes.requiresHashes)
        }
    }

    @Test func `includes and constraints relate to the file that has them`() throws {
        let files = [
            "requirements.txt": "-r common/base.txt # with a comment\n-rextra.txt\n-c limits.txt\nx",
            "common/base.txt": "--requirement=more.txt\nb", "common/more.txt": "m", "extra.txt": "e",
            "limits.txt": "x<2",
        ]
        try SourceFixture.with(files) { fixture in
            let set = try fixture.read()
            #expect(set.demandTexts == ["m", "b", "e", "x"])
            guard case .requirements(let demands) = set.content else { return }
            #expect(demands.constraints.compactMap(\.name).map(\.written) == ["x"])
            #expect(set.files.count == 5)
        }
    }

    @Test func `options about indexes are kept, and credentials are apart`() throws {
        let text = """
            -i https://user:word@host/simple
            --extra-index-url=${EXTRA}
            --find-links ./wheels
            --pre
            --no-binary a,b
            --only-binary :all:
            --trusted-host host
            --prefer-binary
            """
        var options = RequirementSourceOptions()
        options.environment = ["EXTRA": "https://other/simple"]
        try SourceFixture.with(["requirements.txt": text, "wheels/x.txt": ""], options: options) { fixture in
            let indexes = try fixture.read().indexes
            let name = try PackageName(parsing: "B")
            #expect(indexes.index?.location == "https://host/simple")
            #expect(indexes.index?.revealed == "https://user:word@host/simple")
            #expect(!String(reflecting: indexes).contains("word"))
            #expect(indexes.extraIndexes.map(\.location) == ["https://other/simple"])
            #expect(indexes.findLinks == [.local(fixture.folder / "wheels")])
            #expect(indexes.allowsPreReleases)
            #expect(indexes.onlyBinary.isAll)
            #expect(indexes.noBinary.includes(name))
        }
    }

    @Test func `local packages, archives and repositories are told apart`() throws {
        let text = """
            -e ./libs/a
            --editable=libs/b
            ./libs/a[x] ; python_version > '3'
            libs/c-1.0-py3-none-any.whl
            git+https://host/repo.git@v1#egg=my-egg[x]&subdirectory=py
            https://host/d-2.0.tar.gz
            https://host/download?x=1
            e @ file:libs/b
            """
        let files = [
            "requirements.txt": text, "libs/a/setup.py": "", "libs/b/setup.py": "", "libs/c-1.0-py3-none-any.whl": "",
        ]
        try SourceFixture.with(files) { fixture in
            let texts = try fixture.read().demandTexts
            #expect(
                texts == [
                    "? in a", "? in b", "? in a", "c in c-1.0-py3-none-any.whl",
                    "my-egg[x] @ git+https://host/repo.git@v1#subdirectory=py", "d @ https://host/d-2.0.tar.gz",
                    "https://host/download?x=1", "e in b",
                ]
            )
        }
    }

    @Test(arguments: [
        ("six==1.16.0\n  toml===", "requirements.txt:2:7"), ("a\n--wrong", "requirements.txt:2:1"),
        ("-r nowhere.txt", "requirements.txt:1:1"), ("a --hash=md5:00", "requirements.txt:1:3"),
        ("a\n\n./nowhere", "requirements.txt:3:1"), ("-r requirements.txt", "requirements.txt:1:1"),
        ("a --pre", "requirements.txt:1:3"), ("--index-url", "requirements.txt:1:1"),
        ("a \\\n  --hash=x", "requirements.txt:2:3"), ("a; wat == 'x'", "requirements.txt:1:4"),
        ("foo bar", "requirements.txt:1:5"), ("requests=2.0", "requirements.txt:1:9"),
    ])
    func `a fault is told at its place`(text: String, place: String) throws {
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let error = #expect(throws: DiagnosticError.self) { try fixture.read() }
            #expect(error?.diagnostics.first?.place?.description == place)
        }
    }

    @Test func `all faults are told together, without credentials`() throws {
        let text = "a ==\n-r https://me:word@host/x.txt\nb c"
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics.count == 3)
            #expect(!"\(error)".contains("word"))
        }
    }

    @Test func `a link that was checked out as a text is followed`() throws {
        try SourceFixture.with(["m/requirements.txt": "../shared/r.txt", "shared/r.txt": "six"]) { fixture in
            let texts = try fixture.read(module: "m").demandTexts
            #expect(texts == ["six"])
        }
    }
}
