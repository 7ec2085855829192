import ConfigurationValues
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import StackDiff
import Testing
import ZipArchive

@testable import BundleAnalysis

/// The numbers of the report against the zip files that were written.
struct ServiceAnalysisTests {
    private static let alpha = WheelBuilder.sized(
        "alpha",
        "1.0",
        ["alpha/data/table.csv": 3000, "alpha/core.py": 500],
        metadata: ["License-Expression: MIT"]
    )
    private static let boto = WheelBuilder.sized(
        "boto3",
        "1.34.0",
        ["boto3/session.py": 2000],
        metadata: ["Classifier: License :: OSI Approved :: Apache Software License"]
    )

    @Test(
        arguments: [
            [:], ["slim": ConfigurationValue(.bool(true))], ["zip": ConfigurationValue(.bool(true))],
            ["layer": ConfigurationValue(.bool(true))],
        ] as [OrderedMap<ConfigurationValue>]
    )
    func `the sums are those of the central directories`(options: OrderedMap<ConfigurationValue>) async throws {
        try await AnalyzedService.with([Self.alpha, Self.boto], functions: ["a", "b"], options: options) { service in
            let (analysis, report) = try await service.analyze()
            #expect(analysis.artifacts.count == report.artifacts.count)
            for (artifact, written) in zip(analysis.artifacts, report.artifacts) {
                let archive = try ZipReader(opening: written.path.string)
                #expect(artifact.unzippedBytes == archive.entries.reduce(0) { $0 + $1.size })
                #expect(artifact.unzippedBytes == Int(written.unzippedBytes))
                let zipped = artifact.parts.reduce(0) { $0 + $1.zippedBytes }
                #expect(zipped == archive.entries.reduce(0) { $0 + $1.compressedSize })
                #expect(artifact.zippedBytes == Int(written.zippedBytes))
                #expect(zipped + artifact.overheadBytes == Int(written.zippedBytes))
            }
            let parts = analysis.artifacts.flatMap(\.parts)
            let sizes = parts.filter { $0.name == "alpha" }.map(\.unzippedBytes)
            #expect(sizes.count == 1)
            if options.isEmpty { #expect(sizes[0] > 3500) }
            #expect(analysis.distributions.map(\.name) == ["alpha", "boto3"])
            #expect(analysis.distributions.map(\.license) == ["MIT", "Apache Software License"])
        }
    }

    @Test
    func `a file belongs to the distribution that installs it, or to the service that replaces it`() async throws {
        let files = [
            "requirements.txt": "alpha\n", "alpha/core.py": "own = True\n" + String(repeating: "#", count: 900),
        ]
        try await AnalyzedService.with([Self.alpha], files: files) { service in
            let analysis = try await service.analyze().analysis
            let parts = analysis.artifacts[0].parts
            let own = try #require(parts.first { $0.owner == .service })
            #expect(own.files.map(\.path) == ["alpha/core.py", "app.py", "requirements.txt"])
            let alpha = try #require(parts.first { $0.name == "alpha" })
            #expect(alpha.files.map(\.path).contains("alpha/data/table.csv"))
            #expect(!alpha.files.map(\.path).contains("alpha/core.py"))
        }
    }

    @Test
    func `savings are the bytes of the files that would be omitted`() async throws {
        try await AnalyzedService.with([Self.alpha, Self.boto], functions: ["a", "b", "c"]) { service in
            let analysis = try await service.individually().analyze().analysis
            #expect(analysis.artifacts.count == 3)
            func bytes(_ name: String) -> Int {
                analysis.artifacts[0].parts.first { $0.name == name }?.unzippedBytes ?? 0
            }
            let omission = analysis.savings.filter { $0.kind == .omission }
            #expect(omission.map(\.subject) == ["boto3 1.34.0"])
            #expect(omission.map(\.unzippedBytes) == [3 * bytes("boto3")])
            let layer = analysis.savings.filter { $0.kind == .layer }
            #expect(Set(layer.map(\.subject)) == ["alpha 1.0", "boto3 1.34.0"])
            #expect(layer.first { $0.subject == "alpha 1.0" }?.unzippedBytes == 2 * bytes("alpha"))
            // Slimming for real omits exactly what the report counts, as the wheels have no libraries.
            let slim = analysis.savings.filter { $0.kind == .slim }
            #expect(slim.count == 3)
            var slimmed = service.individually()
            slimmed.request.pythonRequirements = ConfigurationValue(.map(["slim": ConfigurationValue(.bool(true))]))
            let after = try await slimmed.analyze().analysis
            for (before, after) in zip(analysis.artifacts, after.artifacts) {
                let saved = slim.first { $0.subject == before.fileName }?.unzippedBytes
                #expect(before.unzippedBytes - after.unzippedBytes == saved)
            }
        }
    }

    @Test
    func `a distribution in a function and in its layer is a duplicate`() async throws {
        func part(_ version: String) -> AnalyzedArtifact.Part {
            AnalyzedArtifact.Part(
                owner: .distribution(name: "alpha", version: version),
                files: [AnalyzedArtifact.File(path: "alpha.py", unzippedBytes: 7, zippedBytes: 5)]
            )
        }
        func artifact(_ name: String, functions: [String], layer: String?, _ version: String) -> AnalyzedArtifact {
            AnalyzedArtifact(
                fileName: name,
                functions: functions,
                layer: layer,
                target: nil,
                zippedBytes: 100,
                parts: [part(version)]
            )
        }
        let artifacts = [
            artifact("shop.zip", functions: ["a", "b"], layer: nil, "1"),
            artifact("deps.zip", functions: [], layer: "deps", "2"),
        ]
        func use(_ key: String, _ layers: [String]) -> FunctionUse {
            FunctionUse(key: key, runtime: "python3.12", architecture: "arm64", layers: layers, otherLayers: 0)
        }
        let found = Duplicate.all(in: artifacts, functions: [use("a", ["deps"]), use("b", [])])
        #expect(found.map(\.functions) == [["a"]])
        #expect(found.map(\.version) == ["1"])
        #expect(found.map(\.layerVersion) == ["2"])
        #expect(found.map(\.unzippedBytes) == [7])
        #expect(Duplicate.all(in: artifacts, functions: [use("a", []), use("b", [])]).isEmpty)
        let saving = Saving.all(in: artifacts, functions: [use("a", ["deps"])]).filter { $0.kind == .copyOfLayer }
        #expect(saving.map(\.unzippedBytes) == [7])
    }

    @Test
    func `changes are those since the artifacts that were there before`() async throws {
        try await AnalyzedService.with([Self.alpha], files: ["requirements.txt": "alpha\n", "x.py": "1"]) { service in
            #expect(try await service.analyze().analysis.changes == nil)
            #expect(try await service.analyze().analysis.changes == [])
            try service.host.files.write("12345", to: service.directory / "x.py")
            let first = try #require(try await service.analyze().analysis.changes)
            #expect(first.map(\.unzippedBytes) == [4])
            #expect(first.first?.difference?.changed == ["x.py"])
            let newer = WheelBuilder.sized("alpha", "1.1", ["alpha/data/table.csv": 3001])
            let path = try newer.write(to: service.directory.parent / "wheels")
            #expect(path.lastComponent == "alpha-1.1-py3-none-any.whl")
        }
    }

    @Test
    func `a newer distribution is a change of its version, without its files`() async throws {
        try await AnalyzedService.with([Self.alpha]) { old in
            _ = try await old.analyze()
            let newer = WheelBuilder.sized("alpha", "1.1", ["alpha/data/other.csv": 10])
            try await AnalyzedService.with([newer]) { new in
                let place = new.request.outputDirectory
                try new.host.files.createDirectory(place)
                try new.host.files.copyTree(old.request.outputDirectory, to: place)
                let changes = try #require(try await new.analyze().analysis.changes)
                let change = try #require(changes.first?.difference)
                #expect(change.distributions.map(\.old) == ["1.0"])
                #expect(change.distributions.map(\.new) == ["1.1"])
                #expect(change.added == [])
                #expect(change.removed == [])
            }
        }
    }
}

struct WheelMetadataTests {
    struct Case: CustomTestStringConvertible {
        let lines: [String]
        let license: String?
        var testDescription: String { lines.first ?? "nothing" }
    }

    @Test(arguments: [
        Case(lines: [], license: nil),
        Case(lines: ["License-Expression: MIT OR Apache-2.0", "License: other"], license: "MIT OR Apache-2.0"),
        Case(
            lines: [
                "License: long", "Classifier: License :: OSI Approved",
                "Classifier: License :: OSI Approved :: BSD License",
            ],
            license: "BSD License"
        ),
        Case(lines: ["License: UNKNOWN"], license: nil),
        Case(lines: ["License: BSD", "        Redistribution and use"], license: "BSD"),
        Case(lines: ["", "License: in the description"], license: nil),
    ])
    func `the license is the expression, the classifiers or the field`(given: Case) {
        let text = (["Metadata-Version: 2.1", "Name: a"] + given.lines).joined(separator: "\r\n")
        #expect(WheelMetadata(parsing: text).license == given.license)
    }
}
