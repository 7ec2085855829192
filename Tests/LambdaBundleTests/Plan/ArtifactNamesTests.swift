import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import RequirementFormats
import Testing

@testable import LambdaBundle

/// Names of artifacts that lead out of the output directory.
@Suite struct ArtifactNamesTests {
    private static let place = SourcePlace(file: "serverless.yml", line: 7, column: 3)

    private func errors(_ request: BundleRequest, in files: any FileSystem) throws -> [Diagnostic] {
        var planner = BundlePlanner(
            request: request,
            options: RequirementOptions(),
            runtimes: request.installsRequirements ? try RuntimeTable(request) : RuntimeTable(),
            files: files,
            requirements: { _ in nil }
        )
        do throws(DiagnosticError) {
            _ = try planner.makePlan()
            return []
        } catch {
            return error.diagnostics
        }
    }

    private func system() throws -> InMemoryFileSystem {
        let files = try InMemoryFileSystem()
        try files.createDirectory("/shop/layer")
        try files.createDirectory("/shared")
        return files
    }

    @Test(arguments: ["../../x", "/tmp/x", "..", "a/../../b", "a\0b"])
    func `a service whose name leads outside is an error at its name`(name: String) throws {
        var request = BundleRequest(service: name, directory: "/shop")
        request.servicePlace = Self.place
        request.functions = [BundleFunction(key: "main")]
        let found = try errors(request, in: system())
        // The name '..' makes the file name '...zip', which is in the directory.
        #expect(found.map(\.code) == (name == ".." ? [] : [.pathOutsidePackage]))
        #expect(found.allSatisfy { $0.place == Self.place })
    }

    @Test func `functions, layers and modules whose names lead outside are all reported at their places`() throws {
        var request = BundleRequest(service: "shop", directory: "/shop")
        request.package = ConfigurationValue(["individually": true])
        request.runtime = ConfigurationValue("python3.12")
        request.installsRequirements = true
        var module = BundleFunction(key: "module", place: Self.place)
        module.module = ConfigurationValue("../shared", at: SourcePlace(file: "serverless.yml", line: 9, column: 1))
        request.functions = [BundleFunction(key: "../../../y", place: Self.place), module, BundleFunction(key: "a/b")]
        var layer = BundleLayer(key: "/etc/z", place: SourcePlace(file: "serverless.yml", line: 12, column: 1))
        layer.path = ConfigurationValue("layer")
        request.layers = [layer]
        let found = try errors(request, in: system())
        #expect(found.map(\.code) == [.pathOutsidePackage, .pathOutsidePackage, .pathOutsidePackage])
        #expect(found.map { $0.place?.line } == [7, 9, 12])
    }

    @Test func `an output directory that is a link is an error, unless the user names another one`() throws {
        let files = try system()
        try files.createSymbolicLink(at: "/shop/.serverless", to: "../build")
        var request = BundleRequest(service: "shop", directory: "/shop")
        request.functions = [BundleFunction(key: "main")]
        #expect(try errors(request, in: files).map(\.code) == [.outputDirectoryIsLink])
        request.outputDirectory = "/shop/out"
        #expect(try errors(request, in: files).isEmpty)
    }
}
