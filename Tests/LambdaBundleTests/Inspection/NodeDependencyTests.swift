import Diagnostics
import FuroshikiTestSupport
import HostSystem
import RequirementFormats
import Testing
import ZipArchive

@testable import LambdaBundle

/// Packages of Node.js that code imports and that are not installed.
struct NodeDependencyTests {
    private static let package = """
        {"dependencies": {"express": "^4", "@scope/tool": "1", "aws-sdk": "2", "@aws-sdk/client-s3": "3", "unused": "1"}}
        """

    private func findings(
        _ files: [String: String],
        runtime: String = "nodejs22.x",
        hasLayers: Bool = false
    ) async throws -> [Diagnostic] {
        try await Bench.with { bench in
            let directory = bench.folder / "service"
            for (name, text) in files {
                try bench.files.createDirectory((directory / name).parent)
                try bench.files.write(text, to: directory / name)
            }
            let own = files.keys.filter { !$0.hasPrefix("node_modules") }.sorted()
            let content = try ArtifactContent(
                serviceFiles: own.map { SourceFile(name: $0, path: directory / $0, isExecutable: false, size: 1) }
            )
            let function = InspectedArtifact.Function(
                key: "f",
                handler: "app.main",
                handlerPlace: SourcePlace(file: "serverless.yml", line: 3, column: 5),
                runtime: .other(runtime),
                hasLayers: hasLayers
            )
            let artifact = InspectedArtifact(name: "a.zip", content: content, functions: [function])
            return NodeDependencyInspection(files: LiveFileSystem(), directory: directory).findings(in: artifact)
        }
    }

    @Test func `one warning names the packages, with the command that installs them`() async throws {
        let found = try await findings([
            "app.js": "const e = require('express');\nimport t from \"@scope/tool/lib\";\nrequire('aws-sdk')",
            "package.json": Self.package, "yarn.lock": "",
        ])
        let summary = NodeDependencyInspection.summary(of: found + found)
        #expect(summary.map(\.code) == [.dependenciesNotInstalled])
        #expect(
            summary.first?.message == "the code imports 'express', '@scope/tool', but 'node_modules' does not exist"
        )
        #expect(summary.first?.place?.line == 3)
        #expect(summary.first?.help == ["run 'yarn install' before packaging"])
    }

    @Test(arguments: [
        "const http = require('http');", "// express is not imported", "require('express-session')",
        "const name = 'express';", "require('aws-sdk'); import {S3} from '@aws-sdk/client-s3';",
    ])
    func `code that imports no missing package is not reported`(source: String) async throws {
        #expect(try await findings(["app.js": source, "package.json": Self.package]).isEmpty)
    }

    @Test func `other runtimes, layers, and installed packages are not reported`() async throws {
        let files = ["app.js": "require('express')", "package.json": Self.package]
        #expect(try await findings(files).count == 1)
        #expect(try await findings(files, runtime: "ruby3.3").isEmpty)
        #expect(try await findings(files, hasLayers: true).isEmpty)
        #expect(try await findings(files.merging(["node_modules/x/a.js": ""]) { old, _ in old }).isEmpty)
        #expect(try await findings(["app.js": "require('express')"]).isEmpty)
        #expect(try await findings(["app.js": "require('express')", "package.json": "{"]).isEmpty)
    }
}
