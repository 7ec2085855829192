import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

@testable import LambdaBundle

/// Patterns with the files that they leave of ``tree``.
struct SelectionCase: Sendable, CustomTestStringConvertible {
    var exclude: [String] = []
    var include: [String] = []
    var expected: [String]
    var testDescription: String { "exclude \(exclude), include \(include)" }

    static let tree = [
        ".env", "app.py", "lib/a.py", "lib/b.js", "lib/sub/c.py", "lib/sub/.hidden", "node_modules/x/index.js",
        "tests/test_a.py", "tests/data/d.csv",
    ]

    static let all: [SelectionCase] = [
        SelectionCase(expected: tree),
        SelectionCase(
            include: ["!**", "lib/**"],
            expected: ["lib/a.py", "lib/b.js", "lib/sub/.hidden", "lib/sub/c.py"]
        ),
        SelectionCase(include: ["!**", "lib/*.py"], expected: ["lib/a.py"]),
        // A pattern with the name of a directory hides its files, although it does not match any of them.
        SelectionCase(include: ["!lib", "!tests", "!node_modules"], expected: [".env", "app.py"]),
        SelectionCase(include: ["!**/sub"], expected: tree.filter { !$0.hasPrefix("lib/sub") }),
        // What comes after it shows the files again.
        SelectionCase(
            include: ["!lib", "lib/sub/**", "!tests/**", "!node_modules/**"],
            expected: [".env", "app.py", "lib/sub/.hidden", "lib/sub/c.py"]
        ),
        // Among the older excludes such a pattern hides nothing.
        SelectionCase(
            exclude: ["lib", "tests/**", "node_modules/**"],
            expected: tree.filter { !$0.hasPrefix("tests") && !$0.hasPrefix("node") }
        ),
        SelectionCase(exclude: ["**", "!lib/a.py"], expected: ["lib/a.py"]),
        SelectionCase(
            exclude: ["lib/**"],
            include: ["lib/sub/c.py"],
            expected: tree.filter { !$0.hasPrefix("lib") || $0 == "lib/sub/c.py" }
        ),
        // The last matching pattern decides; a repeated pattern counts at its first position.
        SelectionCase(
            include: ["!lib/**", "lib/a.py", "!lib/**"],
            expected: tree.filter { !$0.hasPrefix("lib") || $0 == "lib/a.py" }
        ),
        SelectionCase(include: ["!*"], expected: tree.filter { $0.contains("/") }),
        SelectionCase(include: ["!./lib/**"], expected: tree.filter { !$0.hasPrefix("lib") }),
        SelectionCase(include: ["!**/*", "app.py"], expected: ["app.py"]),
        SelectionCase(
            include: ["!**/*.{js,csv}", "!.env"],
            expected: ["app.py", "lib/a.py", "lib/sub/.hidden", "lib/sub/c.py", "tests/test_a.py"]
        ),
        SelectionCase(include: ["!**", "none/**"], expected: []),
        // All files are looked at before the first pattern, so that a later `**` shows nothing again.
        SelectionCase(include: ["!**", "**", "app.py"], expected: ["app.py"]),
        // What hides looks at a file as if it were a folder, too.
        SelectionCase(
            include: ["!**/.*/**", "!node_modules/**", "!tests/**"],
            expected: [
                "app.py", "lib/a.py", "lib/b.js", "lib/sub/c.py",
            ]
        ),
        SelectionCase(include: ["!app.py/", "!**/*/**"], expected: []),
        SelectionCase(
            include: ["!lib/sub/*/*", "!lib/*/*/**", "!t*/**", "!node*/**"],
            expected: [
                ".env", "app.py", "lib/a.py", "lib/b.js",
            ]
        ),
        // Two bangs before parentheses are one that hides and one that belongs to the extended glob.
        SelectionCase(include: ["!!(app.py)"], expected: tree.filter { $0.contains("/") || $0 == "app.py" }),
        // Among the older excludes too, of which the first bang takes in.
        SelectionCase(exclude: ["!!(app.py|.env)"], expected: tree.filter { $0 != "app.py" && $0 != ".env" }),
        // Earlier patterns do not exclude files that are found below `./`.
        SelectionCase(
            exclude: ["**"],
            include: ["!**/*.py", "./lib/**", "!lib/sub/**"],
            expected: [
                "lib/a.py", "lib/b.js",
            ]
        ),
        // A folder whose name has a question mark is looked for by this name.
        SelectionCase(
            include: ["!**/*.py", "li?/*.py", "**/*_?.py"],
            expected: tree.filter {
                !$0.hasSuffix(".py") || $0 == "tests/test_a.py"
            }
        ),
    ]
}

struct FileSelectionTests {
    private let files = LiveFileSystem()

    /// Makes a folder of files, each with its own name as content.
    private func with(_ names: [String], _ body: (LocalPath) throws -> Void) async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory, prefix: "selection") { folder in
            for name in names {
                try files.createDirectory((folder / name).parent)
                try files.write(name, to: folder / name)
            }
            try body(folder)
        }
    }

    @Test(arguments: SelectionCase.all)
    func `patterns select the same files as in Serverless v3`(_ test: SelectionCase) async throws {
        try await with(SelectionCase.tree) { folder in
            let rules = SelectionRules(exclude: test.exclude, include: test.include)
            let found = try FileTree(folder, files: files).select(by: rules).map(\.name)
            #expect(found == test.expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        }
    }

    @Test func `links are followed, except for broken ones and cycles`() async throws {
        try await with(["real/a.py", "b.py"]) { folder in
            try files.createSymbolicLink(at: folder / "linked", to: "real")
            try files.createSymbolicLink(at: folder / "c.py", to: "b.py")
            try files.createSymbolicLink(at: folder / "broken", to: "missing")
            try files.createSymbolicLink(at: folder / "real/round", to: "..")
            try files.createSymbolicLink(at: folder / "itself", to: "itself")
            let found = try FileTree(folder, files: files).select(by: SelectionRules()).map(\.name)
            #expect(found == ["b.py", "c.py", "linked/a.py", "real/a.py"])
        }
    }

    @Test func `a directory that cannot be read is an error`() async throws {
        try await with(["app.py", "secret/key.py"]) { folder in
            let refusing = RefusingFileSystem(refusing: [folder / "secret"])
            let error = #expect(throws: FileSystemError.self) {
                try FileTree(folder, files: refusing).select(by: SelectionRules())
            }
            #expect(error?.path == folder / "secret")
            // What is not to go in need not be read.
            let rules = SelectionRules(exclude: ["secret/**"])
            let left = try FileTree(folder, files: refusing).select(by: rules).map(\.name)
            #expect(left == ["app.py"])
        }
    }

    @Test func `a package.json that cannot be read is an error`() async throws {
        try await with(["package.json", "node_modules/a/package.json"]) { folder in
            let all = try FileTree(folder, files: files).select(by: SelectionRules())
            let refusing = RefusingFileSystem(refusing: [folder / "package.json"])
            let error = #expect(throws: FileSystemError.self) {
                try DevelopmentDependencies(service: folder, files: refusing).removing(from: all)
            }
            #expect(error?.path == folder / "package.json")
        }
    }

    @Test(arguments: [
        ("app.py/**", true), ("lib/a.py/x", true), ("./app.py/*.js", true), ("!app.py/**", false),
        ("lib/a.py/", false), ("lib/**", false), ("none/**", false), ("**/app.py/**", false),
    ])
    func `a pattern that searches below a file is an error`(_ pattern: String, _ isRefused: Bool) async throws {
        try await with(["app.py", "lib/a.py"]) { folder in
            let rules = SelectionRules(include: [pattern])
            var message: String?
            do throws(DiagnosticError) {
                try rules.refuseSearchBelowFiles(in: folder, files: files, subject: "the service")
            } catch {
                message = error.diagnostics.first?.message
            }
            #expect((message != nil) == isRefused)
            #expect(message?.contains(pattern) ?? true)
        }
    }

    @Test func `patterns can include files outside the service`() async throws {
        try await with(["service/app.py", "shared/one.py", "shared/deep/two.py", "other/three.py"]) { folder in
            let rules = SelectionRules(include: ["../shared/**"])
            let found = try FileTree(folder / "service", files: files).select(by: rules).map(\.name)
            #expect(found == ["app.py", "shared/deep/two.py", "shared/one.py"])
        }
    }

    @Test func `packages that are only required for development are excluded with their executables`() async throws {
        let manifests = [
            "package.json": #"{"dependencies":{"a":"1"},"devDependencies":{"d":"1","shared":"1"}}"#,
            "node_modules/a/package.json": #"{"dependencies":{"shared":"1"}}"#,
            "node_modules/shared/package.json": "{}",
            "node_modules/d/package.json": #"{"dependencies":{"e":"1"},"bin":{"tool":"t.js"}}"#,
            "node_modules/d/node_modules/e/package.json": #"{"bin":"e.js"}"#,
            "node_modules/extra/package.json": "{}",
            "sub/package.json": #"{"devDependencies":{"d":"1"}}"#,
            "sub/node_modules/d/package.json": "{}",
            "node_modules/.bin/tool": "", "node_modules/.bin/other": "", "index.js": "",
        ]
        try await with(Array(manifests.keys)) { folder in
            for (name, text) in manifests { try files.write(text, to: folder / name) }
            let all = try FileTree(folder, files: files).select(by: SelectionRules())
            let left = try DevelopmentDependencies(service: folder, files: files).removing(from: all).map(\.name)
            #expect(
                left == [
                    "index.js", "node_modules/.bin/other", "node_modules/a/package.json",
                    "node_modules/extra/package.json", "node_modules/shared/package.json", "package.json",
                    "sub/package.json",
                ]
            )
        }
    }

    @Test func `packages that links, workspaces and extraneous packages require are kept`() async throws {
        let manifests = [
            "package.json": #"{"dependencies":{"linked":"file:local"},"devDependencies":{"d":"1","e":"1"},"#
                + #""peerDependencies":{"d":"1"},"workspaces":["packages/*"]}"#,
            // Asked for both ways: development counts.
            "node_modules/d/package.json": "{}",
            // Asked for by the development of a link, too.
            "node_modules/e/package.json": "{}",
            "local/package.json": #"{"devDependencies":{"e":"1"}}"#,
            // Of a workspace.
            "packages/w/package.json": #"{"dependencies":{"f":"1"},"devDependencies":{"g":"1"}}"#,
            "node_modules/f/package.json": "{}", "node_modules/g/package.json": "{}",
            // Nobody asks for it, but it asks for another.
            "node_modules/@x/extra/package.json": #"{"dependencies":{"h":"1"}}"#,
            "node_modules/h/package.json": "{}", "node_modules/e/node_modules/i/package.json": "{}",
        ]
        try await with(Array(manifests.keys)) { folder in
            for (name, text) in manifests { try files.write(text, to: folder / name) }
            try files.createSymbolicLink(at: folder / "node_modules/linked", to: "../local")
            try files.createSymbolicLink(at: folder / "node_modules/w", to: "../packages/w")
            let all = try FileTree(folder, files: files).select(by: SelectionRules())
            let left = try DevelopmentDependencies(service: folder, files: files).removing(from: all).map(\.name)
            #expect(
                Set(all.map(\.name)).subtracting(left) == [
                    "node_modules/d/package.json", "node_modules/g/package.json",
                ]
            )
        }
    }

    @Test func `the dependencies of linked packages are found in their store`() async throws {
        let store = "node_modules/.pnpm"
        let manifests = [
            "package.json": #"{"dependencies":{"a":"1"},"devDependencies":{"d":"1"}}"#,
            "\(store)/a@1/node_modules/a/package.json": #"{"dependencies":{"b":"1"}}"#,
            "\(store)/b@1/node_modules/b/package.json": "{}",
            "\(store)/d@1/node_modules/d/package.json": #"{"dependencies":{"b":"1"}}"#,
        ]
        try await with(Array(manifests.keys)) { folder in
            for (name, text) in manifests { try files.write(text, to: folder / name) }
            for (link, target) in [
                ("node_modules/a", ".pnpm/a@1/node_modules/a"), ("node_modules/d", ".pnpm/d@1/node_modules/d"),
                ("\(store)/a@1/node_modules/b", "../../b@1/node_modules/b"),
                ("\(store)/d@1/node_modules/b", "../../b@1/node_modules/b"),
            ] { try files.createSymbolicLink(at: folder / link, to: target) }
            let all = try FileTree(folder, files: files).select(by: SelectionRules())
            let left = try DevelopmentDependencies(service: folder, files: files).removing(from: all).map(\.name)
            #expect(
                Set(all.map(\.name)).subtracting(left) == [
                    "node_modules/d/package.json", "\(store)/d@1/node_modules/b/package.json",
                ]
            )
        }
    }
}
