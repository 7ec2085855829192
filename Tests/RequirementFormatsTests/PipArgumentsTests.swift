import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@Suite struct PipArgumentsTests {
    static let place = SourcePlace(file: "serverless.yml", line: 9, column: 7)

    private func read(_ items: [String], files: [String: String] = [:]) throws -> PipArguments {
        try SourceFixture.with(files) { fixture in
            try PipArguments(parsing: items, at: Self.place, files: LiveFileSystem(), serviceFolder: fixture.folder)
        }
    }

    @Test func `arguments are split as in a shell, and options without effect are accepted`() throws {
        let arguments = try read([
            "--no-compile", "--only-binary :all:", "--platform=manylinux2014_x86_64", "--python-version 3.9",
            "-q --progress-bar off", "--index-url 'https://me:word@host/simple'", "--no-deps --pre", "--cache-dir x",
        ])
        #expect(arguments.indexes.onlyBinary.isAll)
        #expect(arguments.indexes.index?.location == "https://host/simple")
        #expect(arguments.indexes.ignoresDependencies)
        #expect(arguments.indexes.allowsPreReleases)
        try arguments.check(for: try Target.named("python3.9"))
    }

    @Test(arguments: [
        ["--platform manylinux2014_aarch64 --only-binary=:all:"], ["--python-version", "3.12"], ["--abi=cp38"],
        ["--implementation pp"],
    ])
    func `an option that contradicts the target is an error with the target's name`(items: [String]) throws {
        let arguments = try read(items)
        let target = try Target.named("python3.11")
        let error = try #require(#expect(throws: DiagnosticError.self) { try arguments.check(for: target) })
        #expect(error.diagnostics[0].code == .conflictingTargetOption)
        #expect(error.diagnostics[0].message.contains("python3.11/x86_64"))
        #expect(error.diagnostics[0].place == Self.place)
    }

    @Test(
        arguments: [
            (["--user"], .unknownPipOption), (["-t", "x"], .unknownPipOption), (["--wrong=1"], .unknownPipOption),
            (["requests"], .invalidPipOption), (["--index-url"], .invalidPipOption), (["'x"], .invalidPipOption),
            (["--pre=1"], .invalidPipOption), (["--index-url", "x"], .invalidPipOption),
            (["-c", "x.txt"], .missingRequirementsFile),
        ] as [([String], DiagnosticCode)]
    )
    func `other options and words are errors`(items: [String], code: DiagnosticCode) {
        let error = #expect(throws: DiagnosticError.self) { try read(items) }
        #expect(error?.diagnostics.first?.code == code)
        #expect(error?.diagnostics.first?.place == (code == .missingRequirementsFile ? nil : Self.place))
    }

    @Test func `the constraints in the files of -c are added`() throws {
        try SourceFixture.with(["c.txt": "six<2", "requirements.txt": "six"]) { fixture in
            let arguments = try PipArguments(
                parsing: ["-c c.txt"],
                at: nil,
                files: LiveFileSystem(),
                serviceFolder: fixture.folder
            )
            let set = try fixture.read().adding(arguments)
            guard case .requirements(let list) = set.content else { return }
            #expect(list.constraints.map { $0.line() } == ["six<2"])
            #expect(set.files.count == 2)
        }
    }

    @Test func `requirement lines mean the same in every directory`() throws {
        let text =
            "-e ./my lib\n./b.zip[x] ; python_version > '3'\nhttps://h/x ; os_name == 'posix'\nsix==1 --hash=sha256:\(RequirementsFileTests.hash)"
        try SourceFixture.with([
            "requirements.txt": text.replacing("my lib", with: "'my lib'"), "my lib/setup.py": "", "b.zip": "",
        ]) {
            fixture in
            guard case .requirements(let list) = try fixture.read().content else { return }
            let root = "file://\(fixture.folder)"
            #expect(
                list.requirements.map { $0.line(withHashes: true) } == [
                    "\(root)/my%20lib", #"\#(root)/b.zip[x] ; python_version > "3""#,
                    #"https://h/x ; os_name == "posix""#, "six==1 --hash=sha256:\(RequirementsFileTests.hash)",
                ]
            )
        }
    }

    @Test func `if hashes are required, each requirement that applies to the target needs one`() throws {
        let hash = RequirementsFileTests.hash
        let text = "six==1 --hash=sha256:\(hash)\nold; python_version < '3.9'\ntoml==1"
        try SourceFixture.with(["requirements.txt": text]) { fixture in
            let set = try fixture.read()
            let target = try Target.named("python3.11")
            let error = try #require(#expect(throws: DiagnosticError.self) { try set.requiredHashes(for: target) })
            #expect(error.diagnostics.map { $0.place?.line } == [3])
            #expect(error.diagnostics.map(\.code) == [.missingRequirementHash])
        }
        try SourceFixture.with(["requirements.txt": "six==1 --hash=sha256:\(hash)"]) { fixture in
            let set = try fixture.read()
            let hashes = try set.requiredHashes(for: try Target.named("python3.11"))
            let six = try PackageName(parsing: "six")
            #expect(hashes[six]?.count == 1)
        }
    }

    @Test func `the constraints files of pip's configuration are added`() throws {
        let files = ["a.txt": "six==1.16.0\n", "b/c.txt": "toml<1\n-c ../a.txt\n"]
        try SourceFixture.with(files) { fixture in
            var arguments = PipArguments()
            try arguments.addConstraints(
                ofFiles: "b/c.txt  \(fixture.folder / "a.txt")",
                files: LiveFileSystem(),
                serviceFolder: fixture.folder
            )
            #expect(arguments.constraints.compactMap(\.name?.normalized) == ["toml", "six", "six"])
            #expect(arguments.files.map(\.lastComponent) == ["c.txt", "a.txt", "a.txt"])
            let error = try #require(
                #expect(throws: DiagnosticError.self) {
                    try arguments.addConstraints(
                        ofFiles: "https://me:word@host/c.txt",
                        files: LiveFileSystem(),
                        serviceFolder: fixture.folder
                    )
                }
            )
            #expect(error.diagnostics[0].code == .missingRequirementsFile)
            #expect(error.diagnostics[0].message.contains("host/c.txt"))
            #expect(!error.diagnostics[0].message.contains("word"))
        }
    }
}
