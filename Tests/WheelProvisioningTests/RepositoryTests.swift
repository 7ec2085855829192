import Diagnostics
import FuroshikiTestSupport
import HostSystem
import RequirementFormats
import Testing

@testable import WheelProvisioning

struct RepositoryTests {
    @Test func `a commit that git would treat as an option is rejected before git is started`() async throws {
        let processes = ScriptedProcessRunner { _ in ProcessResult(status: .exited(0)) }
        let environment = Environment(["PIP_CONFIG_FILE": "/dev/null"])
        let files = try InMemoryFileSystem()
        let repository = Repository(
            address: "git+https://host.example/shop",
            commit: "--upload-pack=touch /tmp/x",
            settings: try IndexSettings(IndexOptions(), environment: environment, files: files),
            host: HostServices(
                files: files,
                processes: processes,
                transport: StubTransport.unreachable,
                environment: environment
            )
        )
        let error = await #expect(throws: DiagnosticError.self) { try await repository.checkOut(in: "/scratch") }
        #expect(error?.diagnostics.map(\.code) == [.invalidRepository])
        #expect(processes.requests.isEmpty)
    }
}
