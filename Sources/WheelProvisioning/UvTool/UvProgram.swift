import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import ZipArchive

#if canImport(Glibc)
import Glibc
#endif

/// Finds or downloads the resolver uv, in a fixed version whose digests are known.
struct UvProgram: Sendable {
    let host: HostServices
    let wheelhouse: Wheelhouse
    /// The fetchers to download uv with: for the indexes of the service, then for those of the environment.
    let fetchers: [WheelFetcher]

    /// The version to download, which is also the oldest version that is used from `PATH`.
    static let version = "0.13.9"

    /// A wheel of uv for one platform.
    private struct Release: Sendable {
        let fileName: String
        let sha256: String
    }

    private static let linuxX86 = Release(
        fileName: "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256: "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19"
    )
    private static let muslX86 = Release(
        fileName: "uv-0.13.9-py3-none-musllinux_1_1_x86_64.whl",
        sha256: "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25"
    )
    private static let linuxArm = Release(
        fileName: "uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        sha256: "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe"
    )
    private static let macX86 = Release(
        fileName: "uv-0.13.9-py3-none-macosx_10_12_x86_64.whl",
        sha256: "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5"
    )
    private static let macArm = Release(
        fileName: "uv-0.13.9-py3-none-macosx_11_0_arm64.whl",
        sha256: "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63"
    )

    /// The wheel for the current platform.
    private var release: Release {
        #if os(macOS) && arch(arm64)
        Self.macArm
        #elseif os(macOS)
        Self.macX86
        #elseif arch(arm64)
        Self.linuxArm
        #else
        host.files.exists("/lib/ld-musl-x86_64.so.1") && !host.files.exists("/lib64/ld-linux-x86-64.so.2")
            ? Self.muslX86 : Self.linuxX86
        #endif
    }

    /// The path of uv: that of `FUROSHIKI_UV`, a new enough uv on `PATH`, or one that is downloaded into the cache.
    func locate() async throws -> LocalPath {
        if let named = host.environment.nonEmpty("FUROSHIKI_UV") {
            guard
                let path = named.contains("/")
                    ? LocalPath(named) : host.environment.findProgram(named, files: host.files),
                host.files.isFile(path)
            else {
                throw DiagnosticError(
                    .uvNotAvailable,
                    "cannot find '\(named)', which FUROSHIKI_UV is set to",
                    help: [
                        "set FUROSHIKI_UV to the path of uv \(Self.version) or later",
                        "unset FUROSHIKI_UV, so that uv is found on PATH or downloaded",
                    ]
                )
            }
            return path
        }
        let own = wheelhouse.root / "tools" / "uv-\(Self.version)-\(release.sha256.prefix(12))" / "uv"
        if host.files.isFile(own) { return own }
        if let found = host.environment.findProgram("uv", files: host.files), try await isNewEnough(found) {
            return found
        }
        try await install(at: own)
        return own
    }

    /// Whether a program is uv in our version or a later one; `false` if it cannot be started.
    private func isNewEnough(_ program: LocalPath) async throws -> Bool {
        let result: ProcessResult
        do {
            result = try await host.processes.run(
                ProcessRequest(program.string, ["--version"], environment: host.environment)
            )
        } catch is ProcessStartError {
            return false
        }
        guard result.isSuccess else { return false }
        // `uv 0.13.9 (x86_64-unknown-linux-gnu)`
        let words = result.outputText.split(separator: " ")
        guard words.count > 1, let found = try? Version(parsing: words[1].trimmingBlanks),
            let wanted = try? Version(parsing: Self.version)
        else { return false }
        return found >= wanted
    }

    private func install(at path: LocalPath) async throws {
        let release = release
        let request = WheelFetcher.FileRequest(
            name: try PackageName(parsing: "uv"),
            file: LockedFile(name: release.fileName, hashes: [FileHash(algorithm: "sha256", digest: release.sha256)]),
            index: nil,
            place: nil
        )
        let wheel = try await fetch(request)
        try await wheelhouse.locked("uv-\(Self.version)") {
            try await offPool {
                if wheelhouse.files.isFile(path) { return }
                let archive = try ZipReader(opening: wheel.path.string)
                guard let entry = archive.entry(named: "uv-\(Self.version).data/scripts/uv") else {
                    throw DiagnosticError(.uvNotAvailable, "'\(release.fileName)' does not contain uv")
                }
                try wheelhouse.files.createDirectory(path.parent)
                let options = FileWriteOptions(mode: 0o755, isDurable: true, setsExactMode: true)
                try wheelhouse.files.write(try archive.contents(of: entry), to: path, options: options)
            }
        }
    }

    /// Downloads the wheel of uv, from any index, since its digest is known.
    private func fetch(_ request: WheelFetcher.FileRequest) async throws -> StoredWheel {
        var lastError = DiagnosticError(.uvNotAvailable, "no index is configured")
        for fetcher in fetchers {
            do {
                return try await fetcher.wheel(request)
            } catch let error as CancellationError {
                throw error
            } catch let error as FileSystemError {
                throw error
            } catch let error as StaleFileError {
                // Its help is about the requirements of a service.
                var diagnostics = error.diagnostics
                for index in diagnostics.indices { diagnostics[index].help = [] }
                lastError = DiagnosticError(diagnostics)
            } catch {
                lastError = DiagnosticError(describing: error)
            }
        }
        throw Self.unavailable(because: lastError)
    }

    private static func unavailable(because error: DiagnosticError) -> DiagnosticError {
        var diagnostics = error.diagnostics
        diagnostics[0].message = "cannot download the resolver uv \(version): \(diagnostics[0].message)"
        diagnostics[0].code = .uvNotAvailable
        diagnostics[0].help += [
            "set PIP_EXTRA_INDEX_URL or UV_INDEX to an index that has uv",
            "install uv \(version) or later on PATH, or set FUROSHIKI_UV to its path",
        ]
        return DiagnosticError(diagnostics)
    }
}
