import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@Suite struct RequirementsFileTests {
    static let hash = String(repeating: "ab", count: 32)

    @Test func `continued lines, comments, markers and whitespace are parsed as in pip`() throws {
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
            let requirements = try fixture.read().requirementLines
            #expect(
                requirements == [
                    "six==1.16.0", #"humanize==4.9.0; python_version >= "3.8""#, "a==1", "b==2", "c @ https://x/y#z",
                ]
            )
        }
    }

    @Test func `variables that are not set are errors at their places, except in comments`() throws {
        let text =
            "six # ${COMMENT}\n--extra-index-url \\\n  https://aws:${TOKEN}@h/${PATH_B}simple\n"
            + "lib @ https://${SET}/${EMPTY}/lib.zip\n# ${MORE}\nx @ https://h/${lower}/$PLAIN/x.zip\n"
        var options = RequirementSourceOptions()
        options.environment = ["SET": "h", "EMPTY": ""]
        try SourceFixture.with(["requirements.txt": text], options: options) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics.map(\.code) == Array(repeating: .missingEnvironmentVariable, count: 3))
            let places = error.diagnostics.compactMap(\.place).map { "\($0.line):\($0.column)" }
            #expect(places == ["3:15", "3:26", "4:22"])
            let names = ["TOKEN", "PATH_B", "EMPTY"]
            #expect(zip(names, error.diagnostics).allSatisfy { $1.message.contains("'\($0)'") })
        }
    }

    @Test func `hashes are read from a file with Windows line breaks and a byte order mark`() throws {
        let text =
            "\u{FEFF}six==1.16.0 \\\r\n    --hash=sha256:\(Self.hash)\r\ntoml==0.10.2 --hash sha256:\(Self.hash)\r\n"
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let set = try fixture.read()
            guard case .requirements(let list) = set.content else { return }
            let hash = try #require(FileHash("sha256:\(Self.hash)"))
            #expect(
                list.requirements.map(\.hashes)
                    == Array(repeating: [hash], count: 2)
            )
            #expect(set.indexes.requiresHashes)
        }
    }

    @Test func `the paths of includes and constraints are relative to the file that contains them`() throws {
        let files = [
            "requirements.txt": "-r common/base.txt # with a comment\n-rextra.txt\n-c limits.txt\nx",
            "common/base.txt": "--requirement=more.txt\nb", "common/more.txt": "m", "extra.txt": "e",
            "limits.txt": "x<2",
        ]
        try SourceFixture.with(files) { fixture in
            let set = try fixture.read()
            #expect(set.requirementLines == ["m", "b", "e", "x"])
            guard case .requirements(let list) = set.content else { return }
            #expect(list.constraints.compactMap(\.name).map(\.written) == ["x"])
            #expect(set.files.count == 5)
        }
    }

    @Test func `index options are read, and credentials are stored separately`() throws {
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

    @Test func `local projects, archives and repositories are distinguished`() throws {
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
            let requirements = try fixture.read().requirementLines
            #expect(
                requirements == [
                    "? in a", "? in b", "? in a", "c in c-1.0-py3-none-any.whl",
                    "my-egg[x] @ git+https://host/repo.git@v1#subdirectory=py", "d @ https://host/d-2.0.tar.gz",
                    "https://host/download?x=1", "e in b",
                ]
            )
        }
    }

    @Test(
        arguments: [
            ("six==1.16.0\n  toml===", "2:7", .invalidRequirement), ("a\n--wrong", "2:1", .unknownPipOption),
            ("-r absent.txt", "1:1", .missingRequirementsFile), ("a --hash=md5:00", "1:3", .invalidHash),
            ("a\n\n./absent", "3:1", .missingLocalDistribution), ("-r requirements.txt", "1:1", .circularInclude),
            ("a --pre", "1:3", .misplacedPipOption), ("--index-url", "1:1", .invalidPipOption),
            ("a \\\n  --hash=x", "2:3", .invalidHash), ("a; wat == 'x'", "1:4", .invalidRequirement),
            ("foo bar", "1:5", .invalidRequirement), ("requests=2.0", "1:9", .invalidRequirement),
            ("a\n--hash=sha256:00", "2:1", .misplacedPipOption), ("a\n--pre 'x", "2:1", .invalidPipOption),
            ("-c https://host/c.txt", "1:1", .remoteRequirementsFile), ("-f ./absent", "1:1", .invalidPipOption),
        ] as [(String, String, DiagnosticCode)]
    )
    func `an error is reported at its place`(text: String, place: String, code: DiagnosticCode) throws {
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let error = #expect(throws: DiagnosticError.self) { try fixture.read() }
            #expect(error?.diagnostics.first?.place?.description == "requirements.txt:\(place)")
            #expect(error?.diagnostics.first?.code == code)
        }
    }

    @Test func `all errors are reported together, without credentials`() throws {
        let text = "a ==\n-r https://me:word@host/x.txt\nb c"
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics.count == 3)
            #expect(!"\(error)".contains("word"))
        }
    }

    @Test func `a symbolic link that git checked out as a text file is followed`() throws {
        try SourceFixture.with(["m/requirements.txt": "../shared/r.txt", "shared/r.txt": "six"]) { fixture in
            let set = try fixture.read(module: "m")
            #expect(set.requirementLines == ["six"])
            #expect(set.diagnostics.map(\.code) == [.symlinkAsText])
        }
    }
}
