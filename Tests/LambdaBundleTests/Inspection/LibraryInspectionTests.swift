import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning

/// Libraries that native files need.
struct LibraryInspectionTests {
    typealias Entry = ZipBuilder.Entry

    /// An ELF file that needs libraries.
    private static func elf(needs libraries: [String], runPath: String? = nil, soname: String? = nil) -> [UInt8] {
        var builder = ELFBuilder()
        builder.needed = libraries
        builder.runPath = runPath
        builder.soname = soname
        return builder.build()
    }

    /// A distribution with a module that needs libraries, and other files.
    private static func wheel(
        needs libraries: [String],
        runPath: String? = nil,
        _ more: [Entry] = []
    ) -> WheelFixture {
        let module = Entry("fast/_a.abi3.so", bytes: elf(needs: libraries, runPath: runPath))
        return WheelFixture("fast", tag: "cp38-abi3-linux_x86_64", [module] + more)
    }

    private enum Form { case root, layer, nested }

    private func findings(
        _ wheel: WheelFixture,
        runtime: String = "python3.12",
        isBuilt: Bool = false,
        hasLayers: Bool = false,
        form: Form = .root,
        own: [String: [UInt8]] = [:],
        vendored: [String: [UInt8]] = [:],
        place: SourcePlace? = nil
    ) async throws -> [Diagnostic] {
        try await Bench.with(runtime: runtime) { bench in
            let vendorFiles = try vendored.sorted { $0.key < $1.key }.map { try bench.file($0.key, $0.value) }
            let requirements = try await bench.requirements([wheel]) { recipe in
                recipe.wheels[0].origin = isBuilt ? .thisSystem : .index
                recipe.vendors = [(folder: "vendor", files: vendorFiles)]
            }
            let files = try own.sorted { $0.key < $1.key }.map { try bench.file($0.key, $0.value) }
            let content: ArtifactContent.Requirements
            switch form {
            case .root: content = .root(requirements)
            case .layer: content = .layer(requirements)
            case .nested:
                content = .nested(
                    try await ArtifactWriter(concurrency: 1).write(requirements, to: bench.folder / "nested.zip")
                )
            }
            let python = try #require(PythonRuntime(name: runtime))
            let function = InspectedArtifact.Function(
                key: "take",
                handler: nil,
                runtime: .python(python),
                hasLayers: hasLayers
            )
            let artifact = InspectedArtifact(
                name: "orders.zip",
                content: try ArtifactContent(serviceFiles: files, requirements: content),
                functions: form == .layer ? [] : [function],
                target: bench.target
            )
            return try await NativeInspection(openWheels: bench.openWheels, requirementPlace: { _ in place })
                .findings(in: artifact)
        }
    }

    @Test func `a library that is not in the artifact or in the image is reported where the distribution is required`()
        async throws
    {
        let place = SourcePlace(file: "requirements.txt", line: 3, column: 1)
        let found = try await findings(Self.wheel(needs: ["libpq.so.5", "libc.so.6"]), place: place)
        #expect(
            found.map(\.message) == [
                "'fast/_a.abi3.so' of distribution 'fast' needs 'libpq.so.5', which is neither in the artifact nor in"
                    + " the image of python3.12"
            ]
        )
        #expect(found.map(\.severity) == [.warning])
        #expect(found.map(\.code) == [.missingLibrary])
        #expect(found.first?.place == place)
    }

    @Test func `it is an error if the wheel was built, unless a layer may have the library`() async throws {
        let wheel = Self.wheel(needs: ["libpq.so.5"])
        let error = try await findings(wheel, isBuilt: true)
        #expect(error.map(\.severity) == [.error])
        #expect(error.first?.help.count == 2)
        #expect(try await findings(wheel, isBuilt: true, hasLayers: true).map(\.severity) == [.warning])
        #expect(try await findings(wheel, hasLayers: true).isEmpty)
    }

    @Test func `a distribution that can replace the one with missing libraries is the first remedy`() async throws {
        var wheel = Self.wheel(needs: ["libpq.so.5"])
        wheel.name = "psycopg2"
        let found = try await findings(wheel, isBuilt: true)
        #expect(found.first?.help.first == "require 'psycopg2-binary' instead, which does not need them")
    }

    @Test func `libraries that a distribution works without are not reported`() async throws {
        var wheel = Self.wheel(needs: ["libgomp.so.1.0.0", "libtbb.so.12"])
        #expect(try await findings(wheel).count == 1)
        wheel.name = "numba"
        #expect(try await findings(wheel).isEmpty)
    }

    @Test func `all missing libraries of a distribution are reported once`() async throws {
        let second = Entry("fast/_b.abi3.so", bytes: Self.elf(needs: ["libxslt.so.1", "libpq.so.5"]))
        let found = try await findings(Self.wheel(needs: ["libpq.so.5"], [second]))
        #expect(found.count == 1)
        #expect(found.first?.message.contains("'libpq.so.5', 'libxslt.so.1'") == true)
    }

    @Test(arguments: [
        ("python3.11", "libcrypto.so.10", true), ("python3.11", "libcrypto.so.3", false),
        ("python3.12", "libcrypto.so.3", true), ("python3.12", "libcrypto.so.10", false),
        ("python3.12", "libstdc++.so.6", true), ("python3.11", "ld-linux-x86-64.so.2", true),
        ("python3.12", "libpython3.12.so.1.0", true), ("python3.12", "libpython3.11.so.1.0", false),
        ("python3.12", "libGL.so.1", false), ("python3.12", "libcuda.so.1", true),
        // The libraries of older images are not known.
        ("python3.7", "libanything.so.1", true),
    ])
    func `libraries in the image of the runtime are found`(
        runtime: String,
        library: String,
        isFound: Bool
    )
        async throws
    {
        #expect(try await findings(Self.wheel(needs: [library]), runtime: runtime).isEmpty == isFound)
    }

    @Test(arguments: ["fast.libs/libown.so.1", "fast/deep/libown.so.1"])
    func `a library anywhere in a wheel is found, as the wheel may load it first`(path: String) async throws {
        let library = Entry(path, bytes: Self.elf(needs: []))
        let wheel = Self.wheel(needs: ["libown.so.1"], runPath: "$ORIGIN/../fast.libs", [library])
        for form in [Form.root, .layer, .nested] { #expect(try await findings(wheel, form: form).isEmpty) }
    }

    @Test func `a library is found under its own name, if its file has another one`() async throws {
        let library = Entry("fast.libs/libown-1234.so", bytes: Self.elf(needs: [], soname: "libown.so.1"))
        #expect(try await findings(Self.wheel(needs: ["libown.so.1"], [library])).isEmpty)
    }

    @Test(
        arguments: [
            ("lib/libpq.so.5", nil, true), ("libpq.so.5", nil, true), ("libs/libpq.so.5", nil, false),
            ("libs/libpq.so.5", "$ORIGIN/../libs", true), ("libs/libpq.so.5", "/absent:${ORIGIN}/../libs/", true),
            ("libs/libpq.so.5", "/var/task/libs", true), ("libs/libpq.so.5", "$ORIGIN/../../libs", false),
        ] as [(String, String?, Bool)]
    )
    func `a library of the service is found only where the loader looks`(
        path: String,
        runPath: String?,
        isFound: Bool
    ) async throws {
        let wheel = Self.wheel(needs: ["libpq.so.5"], runPath: runPath)
        let found = try await findings(wheel, own: [path: Self.elf(needs: [])])
        #expect(found.isEmpty == isFound)
        if !isFound { #expect(found.first?.message.contains("in 'libs', where the loader does not look") == true) }
    }

    @Test func `a vendored library is in the search path of functions, but not in that of layers`() async throws {
        let wheel = Self.wheel(needs: ["libpq.so.5"])
        let vendored = ["lib/libpq.so.5": Self.elf(needs: [])]
        #expect(try await findings(wheel, vendored: vendored).isEmpty)
        let inLayer = try await findings(wheel, form: .layer, vendored: vendored)
        #expect(inLayer.map(\.code) == [.missingLibrary])
        #expect(inLayer.first?.message.contains("in 'python/lib'") == true)
    }

    @Test func `libraries of the service are inspected as well`() async throws {
        let found = try await findings(Self.wheel(needs: []), own: ["own.so": Self.elf(needs: ["libpq.so.5"])])
        #expect(found.map(\.message).first?.hasPrefix("'own.so' of the service needs 'libpq.so.5'") == true)
    }

    @Test func `a library path of the build machine is reported for wheels that were built`() async throws {
        let wheel = Self.wheel(needs: [], runPath: "$ORIGIN:/home/me/lib:/opt/lib")
        let found = try await findings(wheel, isBuilt: true)
        #expect(found.map(\.code) == [.foreignLibraryPath])
        #expect(found.first?.message.contains("'/home/me/lib', which Lambda does not have") == true)
        #expect(try await findings(wheel).isEmpty)
    }

    @Test func `library paths of the build machine are reported once for all files of a wheel`() async throws {
        let more = Entry("fast/_b.abi3.so", bytes: Self.elf(needs: [], runPath: "/home/me/lib:/usr/lib:/tmp/x"))
        let found = try await findings(Self.wheel(needs: [], runPath: "/home/me/lib", [more]), isBuilt: true)
        #expect(found.map(\.code) == [.foreignLibraryPath])
        #expect(
            found.first?.message
                == "'fast/_a.abi3.so' and 1 more file of distribution 'fast' look for libraries in '/home/me/lib', "
                + "'/tmp/x', which Lambda does not have"
        )
    }

    @Test(arguments: [
        ([String: [UInt8]](), true), (["RECORD"].reduce(into: [:]) { $0["own-1.0.dist-info/\($1)"] = [] }, false),
        (["deps/a-1.0.dist-info/METADATA": []], true),
    ])
    func `a library path of the build machine is reported for code of the service that was not installed`(
        more: [String: [UInt8]],
        isReported: Bool
    ) async throws {
        let own = ["own/code.so": Self.elf(needs: [], runPath: "/home/me/lib")].merging(more) { old, _ in old }
        let found = try await findings(Self.wheel(needs: []), own: own)
        #expect(found.map(\.code) == (isReported ? [.foreignLibraryPath] : []))
        if isReported { #expect(found.first?.help.first?.contains("patchelf --remove-rpath") == true) }
    }

    @Test(arguments: ["python3.11", "python3.12", "python3.14"])
    func `libraries that the interpreter brings are found, and those of the image alone are not`(
        runtime: String
    ) async throws {
        let version = runtime.dropFirst("python".count)
        let brought = ["libsqlite3.so.0", "liblzma.so.5", "libpython\(version).so.1.0", "libpython3.so"]
        #expect(try await findings(Self.wheel(needs: brought), runtime: runtime).isEmpty)
        let other = Self.wheel(needs: ["libexpat.so.1", "libpython3.1.so.1.0"])
        let found = try await findings(other, runtime: runtime)
        #expect(found.map(\.code) == [.missingLibrary])
        #expect(found.first?.message.contains("needs 'libexpat.so.1', 'libpython3.1.so.1.0'") == true)
    }
}
