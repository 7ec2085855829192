import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing

@testable import WheelProvisioning

/// Which builder makes a wheel, in the order of the rule in ``BuilderChoice``.
struct BuilderChoiceTests {
    /// What a builder does.
    enum Behavior: Sendable {
        case builds(tag: String)
        case fails
        /// The engine of the containers cannot be used.
        case isMissing
    }

    private final class Backend: WheelBuildBackend {
        let usesContainer: Bool
        let behavior: Behavior
        private let count = Mutex(0)

        init(_ behavior: Behavior, usesContainer: Bool) {
            self.behavior = behavior
            self.usesContainer = usesContainer
        }

        var builds: Int { count.withLock { $0 } }

        func properties(for target: Target) -> [String: String]? {
            if case .isMissing = behavior { return nil }
            return ["image": usesContainer ? "sha256:1" : ""]
        }

        func prepare(for target: Target) async throws {
            guard case .isMissing = behavior else { return }
            throw DiagnosticError(.containerProgramMissing, "cannot find a program that starts containers")
        }

        func build(_ project: LocalPath, for target: Target, in folder: LocalPath) async throws -> WheelBuildOutcome {
            count.withLock { $0 += 1 }
            guard case .builds(let tag) = behavior else { return .failed(output: "no compiler") }
            try LiveFileSystem().createDirectory(folder / "wheels")
            return .built(try WheelBuilder("alpha", "1.0", tag: tag).write(to: folder / "wheels"))
        }
    }

    /// Builds a wheel twice, and returns both outcomes with the numbers of builds on this system and in containers.
    private func outcomes(
        _ host: Behavior,
        _ container: Behavior,
        _ use: ContainerOptions.Use
    ) async throws -> (results: [Result<StoredWheel.Origin, DiagnosticError>], onThisSystem: Int, inContainer: Int) {
        let onThisSystem = Backend(host, usesContainer: false)
        let inContainer = Backend(container, usesContainer: true)
        let results = try await TemporaryDirectory.with(in: "/tmp", files: LiveFileSystem()) { folder in
            let environment = Environment(["PIP_CONFIG_FILE": "/dev/null", "TMPDIR": folder.string])
            let services = HostServices(
                files: LiveFileSystem(),
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: StubTransport.unreachable,
                environment: environment
            )
            func runner(_ backend: any WheelBuildBackend) throws -> BuildRunner {
                let settings = try IndexSettings(IndexOptions(), environment: environment, files: services.files)
                let wheelhouse = Wheelhouse(folder / "cache", files: services.files)
                let fetcher = WheelFetcher(
                    wheelhouse: wheelhouse,
                    downloader: Downloader(
                        transport: services.transport,
                        settings: settings,
                        wheelhouse: wheelhouse,
                        clock: services.clock,
                        report: { _ in }
                    ),
                    index: IndexClient(
                        transport: services.transport,
                        files: services.files,
                        clock: services.clock,
                        settings: settings,
                        report: { _ in }
                    ),
                    options: ProvisioningOptions(),
                    report: { _ in }
                )
                return BuildRunner(
                    host: services,
                    wheelhouse: wheelhouse,
                    preparation: BuildPreparation(host: services, fetcher: fetcher, settings: settings),
                    backend: backend,
                    acceptance: BuildAcceptance(fetcher: fetcher),
                    limit: ConcurrencyLimit(2),
                    options: ProvisioningOptions(),
                    report: { _ in }
                )
            }
            let choice = BuilderChoice(
                onThisSystem: try runner(onThisSystem),
                inContainer: try runner(inContainer),
                use: use
            )
            let path = folder / "alpha"
            try LiveFileSystem().createDirectory(path)
            try LiveFileSystem().write("[project]\nname = \"alpha\"\n", to: path / "pyproject.toml")
            let distribution = ExactDistribution(
                name: try PackageName(parsing: "alpha"),
                version: nil,
                source: .local(path),
                place: nil
            )
            var results: [Result<StoredWheel.Origin, DiagnosticError>] = []
            for _ in 0..<2 {
                do {
                    let wheel = try await choice.wheel(
                        of: distribution,
                        from: .local(path),
                        for: ProviderFixture.target
                    )
                    results.append(.success(wheel.origin))
                } catch let error as DiagnosticError {
                    results.append(.failure(error))
                }
            }
            return results
        }
        return (results, onThisSystem.builds, inContainer.builds)
    }

    private let pure = Behavior.builds(tag: "py3-none-any")
    private let foreign = Behavior.builds(tag: "cp311-cp311-win_amd64")

    @Test func `a build on this system that works on the target needs no container, unless the option is true`()
        async throws
    {
        let unset = try await outcomes(pure, pure, .ifNeeded)
        #expect(unset.results == [.success(.thisSystem), .success(.thisSystem)])
        #expect(unset.onThisSystem == 1 && unset.inContainer == 0)
        let always = try await outcomes(pure, pure, .always)
        #expect(always.results == [.success(.container), .success(.container)])
        #expect(always.onThisSystem == 0 && always.inContainer == 1)
    }

    @Test func `what this system cannot build is built in a container once, and found in the next run`() async throws {
        for host in [Behavior.fails, foreign] {
            let (results, onThisSystem, inContainer) = try await outcomes(host, pure, .ifNeeded)
            #expect(results == [.success(.container), .success(.container)])
            #expect(onThisSystem == 1 && inContainer == 1)
        }
    }

    @Test func `false never uses a container, and the error has the three remedies`() async throws {
        let (results, _, inContainer) = try await outcomes(.fails, pure, .never)
        #expect(inContainer == 0)
        guard case .failure(let error) = results[0], let diagnostic = error.diagnostics.first else {
            Issue.record("a build that failed was accepted")
            return
        }
        #expect(diagnostic.code == .buildFailed)
        let help = diagnostic.help.joined(separator: "\n")
        #expect(help.contains("change the project 'alpha'"))
        #expect(
            help.contains("'dockerizePip: true'") && help.contains("public.ecr.aws/sam/build-python3.11:latest-x86_64")
        )
        #expect(help.contains("run the command on x86_64 Linux with Python 3.11"))
    }

    @Test func `without an engine, the failure on this system is the error, with the reason for no container`()
        async throws
    {
        let (results, _, _) = try await outcomes(.fails, .isMissing, .ifNeeded)
        guard case .failure(let error) = results[0], let diagnostic = error.diagnostics.first else {
            Issue.record("a build that failed was accepted")
            return
        }
        #expect(diagnostic.code == .buildFailed)
        #expect(diagnostic.notes.last == "a container was not used: cannot find a program that starts containers")
    }

    @Test(arguments: [Behavior.fails, .builds(tag: "cp311-cp311-manylinux2014_x86_64")])
    func `true without an engine is an error that names the distribution, unless it is pure Python`(
        host: Behavior
    ) async throws {
        let (results, _, _) = try await outcomes(host, .isMissing, .always)
        guard case .failure(let error) = results[0], let diagnostic = error.diagnostics.first else {
            Issue.record("a container was not needed")
            return
        }
        #expect(diagnostic.code == .containerProgramMissing)
        #expect(diagnostic.notes.contains { $0.contains("'alpha'") })
        #expect(diagnostic.notes.contains { $0.contains("a build on this system") })
    }

    @Test func `true without an engine builds a local project of pure Python on this system`() async throws {
        let (results, onThisSystem, _) = try await outcomes(pure, .isMissing, .always)
        #expect(results == [.success(.thisSystem), .success(.thisSystem)])
        #expect(onThisSystem == 1)
    }

    @Test func `if both fail, the error is that of the container, with the other one as a note`() async throws {
        let (results, _, _) = try await outcomes(.fails, .fails, .ifNeeded)
        guard case .failure(let error) = results[0], let diagnostic = error.diagnostics.first else {
            Issue.record("a build that failed was accepted")
            return
        }
        #expect(diagnostic.message.contains("in a container"))
        #expect(diagnostic.notes.contains { $0.hasPrefix("a build on this system failed too") })
    }

    // MARK: Images

    private func options(_ change: (inout ContainerOptions) -> Void) -> ContainerOptions {
        var options = ContainerOptions()
        options.use = .always
        change(&options)
        return options
    }

    @Test func `the image is that of the target, unless the user has another one for the runtime`() throws {
        let target = try ProviderFixture.target
        let published = "public.ecr.aws/sam/build-python3.11:latest-x86_64"
        #expect(options { _ in }.imageName(for: target) == published)
        // Published images say nothing else, even if their tag has another architecture.
        #expect(options { $0.image = "public.ecr.aws/sam/build-python3.11" }.imageName(for: target) == published)
        #expect(
            options { $0.image = "public.ecr.aws/sam/build-python3.11:latest-arm64" }.imageName(for: target)
                == published
        )
        let pinned = "public.ecr.aws/sam/build-python3.11:1.112.0-x86_64"
        #expect(options { $0.image = pinned }.imageName(for: target) == pinned)
        #expect(options { $0.image = "mine:1" }.imageName(for: target) == "mine:1")
        let mapped = options { $0.images = ["python3.12": "mine:12"] }
        #expect(mapped.imageName(for: target) == published)
        #expect(mapped.optionThatNeedsContainer(for: target) == nil)
        let own = options { $0.images = ["python3.11": "mine:11"] }
        #expect(own.imageName(for: target) == "mine:11" && own.optionThatNeedsContainer(for: target) == "dockerImage")
    }

    @Test(
        arguments: [
            ("FROM x\nRUN true", []), ("FROM x\nCOPY a b/c /opt/\nADD --chown=1 d e", ["a", "b/c", "d"]),
            ("COPY --from=builder /x /y", []), ("copy \\\n  a \\\n  /b", ["a"]), ("ADD https://example.org/x /x", []),
        ] as [(String, [String])]
    )
    func `the files that a Dockerfile copies are known`(_ text: String, _ files: [String]) {
        #expect(DockerfileImage.copiedFiles(text) == files)
    }

    @Test(arguments: [
        "COPY . /x", "COPY *.txt /x", "ADD [\"a b\", \"/x\"]", "COPY $DIR /x", "RUN --mount=type=bind cat x",
    ])
    func `a Dockerfile may copy any file`(_ text: String) {
        #expect(DockerfileImage.copiedFiles(text) == nil)
    }
}
