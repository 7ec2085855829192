import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import Testing

struct UnzipHelperTests {
    /// Imports the helper, then a module of the archive, in a process of its own.
    private func importing(_ module: String, in folder: LocalPath, temporary: LocalPath) async throws -> ProcessResult {
        var variables = Environment.current().variables
        variables["TMPDIR"] = temporary.string
        let environment = Environment(variables)
        let program = "import unzip_requirements, \(module); print(\(module).__file__, \(module).value)"
        var request = ProcessRequest("python3", ["-c", program], environment: environment)
        request.workingDirectory = folder
        return try await LiveProcessRunner().run(request)
    }

    @Test func `the helper makes packages importable, for concurrent processes and several archives`() async throws {
        try await Bench.with { bench in
            let (code, temporary) = (bench.folder / "code", bench.folder / "tmp")
            try bench.files.createDirectory(code)
            try bench.files.createDirectory(temporary)
            try bench.files.write(UnzipHelper.source, to: code / UnzipHelper.fileName)
            for value in [1, 2] {
                let wheel = WheelFixture("a", version: "\(value)", [.init("a_module.py", "value = \(value)\n")])
                let content = try await bench.requirements([wheel])
                _ = try await ArtifactWriter(concurrency: 2).write(content, to: code / NestedRequirements.archiveName)
                let results = try await (0..<6)
                    .concurrentMap(limit: 6) { _ in
                        try await importing("a_module", in: code, temporary: temporary)
                    }
                for result in results {
                    #expect(result.isSuccess, "\(result.errorText)")
                    #expect(result.outputText.hasPrefix(temporary.string))
                    #expect(result.outputText.hasSuffix("a_module.py \(value)\n"))
                }
                // Whole folders alone are left: no half-unpacked one.
                #expect(try bench.files.entries(of: temporary).count == value)
            }
        }
    }

    @Test func `without an archive the helper does nothing`() async throws {
        try await Bench.with { bench in
            try bench.files.write(UnzipHelper.source, to: bench.folder / UnzipHelper.fileName)
            try bench.files.write("value = 1\n", to: bench.folder / "a_module.py")
            let result = try await importing("a_module", in: bench.folder, temporary: bench.folder)
            #expect(result.isSuccess, "\(result.errorText)")
        }
    }
}
