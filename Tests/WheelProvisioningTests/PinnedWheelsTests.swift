import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import Testing

@testable import WheelProvisioning

/// Wheels of exact requirements are fetched while uv resolves.
struct PinnedWheelsTests {
    /// Runs programs, but uv only when an index has received requests.
    private struct PatientRunner: ProcessRunner {
        let index: LocalIndex
        let files: [String]

        func run(_ request: ProcessRequest) async throws -> ProcessResult {
            if request.arguments.starts(with: ["pip", "compile"]) {
                // The wait is bounded, so that the test fails instead of waiting for ever.
                for _ in 0..<1000 where !files.allSatisfy({ requested($0) }) {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(files.allSatisfy { requested($0) })
            }
            return try await LiveProcessRunner().run(request)
        }

        private func requested(_ file: String) -> Bool { index.requests.contains { $0.contains("GET /files/\(file)") } }
    }

    @Test func `the wheels of exact requirements are downloaded before uv has resolved, and once`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            for wheel in [WheelBuilder("alpha", "1.0"), WheelBuilder("alpha", "2.0"), WheelBuilder("gamma", "1.0")] {
                try wheel.write(to: fixture.packages)
            }
            try WheelBuilder("beta", "1.0", dependencies: ["gamma"]).write(to: fixture.packages)
            try LiveFileSystem().write("alpha==1.0\ngamma>0\n", to: fixture.service / "constraints.txt")
            let wheels = try await fixture.wheels(
                "-c constraints.txt\nalpha\nbeta===1.0\n",
                environment: fixture.environment(index),
                processes: PatientRunner(
                    index: index,
                    files: ["alpha-1.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl"]
                )
            )
            #expect(wheels.map(\.name.fileName.first) == ["a", "b", "g"])
            let downloads = index.requests.filter { $0.hasPrefix("GET /files/") && $0.contains(".whl -") }
            #expect(Set(downloads).count == downloads.count)
            // With the cached resolution, nothing is requested.
            let count = index.requests.count
            _ = try await fixture.wheels("", environment: fixture.environment(index), reads: true)
            #expect(index.requests.count == count)
        }
    }

    @Test(arguments: [
        "alpha\n", "alpha>=1\n", "alpha==1.*\n", "alpha==1.0 ; sys_platform == 'win32'\ngamma\n",
    ])
    func `nothing is downloaded before the resolution if the version or target is not known`(
        requirements: String
    ) async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try WheelBuilder("gamma", "1.0").write(to: fixture.packages)
            let processes = ScriptedProcessRunner { request in
                #expect(!index.requests.contains { $0.contains("GET /files/") && $0.hasSuffix(".whl -") })
                return try await LiveProcessRunner().run(request)
            }
            let environment = fixture.environment(index)
            #expect(try await fixture.wheels(requirements, environment: environment, processes: processes).count == 1)
        }
    }

    @Test(arguments: ["404", "500", "login", "corrupt", "truncate-always"])
    func `an early download that fails is not an error of its own`(failure: String) async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["alpha-1.0-py3-none-any.whl": failure])
            // The wheel is not in the lock, so only the early download contacts the index.
            let processes = ScriptedProcessRunner { request in
                guard request.arguments.starts(with: ["pip", "compile"]),
                    let option = request.arguments.firstIndex(of: "--output-file")
                else { return try await LiveProcessRunner().run(request) }
                let lock = LocalPath(request.arguments[option + 1])
                try LiveFileSystem().write("lock-version = \"1.0\"\ncreated-by = \"test\"\n", to: lock)
                return ProcessResult(status: .exited(0))
            }
            let environment = fixture.environment(index)
            let wheels = try await fixture.wheels("alpha==1.0\n", environment: environment, processes: processes)
            #expect(wheels.isEmpty)
        }
    }
}
