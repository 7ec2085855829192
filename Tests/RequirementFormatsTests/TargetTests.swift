import Diagnostics
import HostSystem
import LambdaRuntimes
import PythonPackaging
import Testing

@testable import RequirementFormats

@Suite struct TargetTests {
    @Test(arguments: [
        ("python3.8", 26), ("python3.11", 26), ("python3.12", 34), ("python3.14", 34), ("python3.16", 34),
        ("python2.7", 17),
    ])
    func `a runtime has the glibc version of its system`(name: String, glibcMinor: Int) throws {
        #expect(try #require(PythonRuntime(name: name)).glibcMinor == glibcMinor)
    }

    @Test(arguments: [
        "python3", "python3.1", "python3.011", "python4.0", "python2.6", "python", "Python3.11", "python3.x",
        "python3.100", "python3.999999999999", "python3.17", "python3.21", "python3.5",
    ])
    func `names that are not Python runtimes are rejected`(name: String) {
        #expect(PythonRuntime(name: name) == nil)
    }

    @Test func `a later runtime has the system of the newest known one`() throws {
        #expect(try #require(PythonRuntime(name: "python3.15")).glibcMinor == 34)
    }

    @Test func `every Python runtime of the list has a row with its system`() throws {
        for runtime in RuntimeCatalog.all where runtime.name.hasPrefix("python") {
            let python = try #require(PythonRuntime(name: runtime.name))
            #expect(PythonRuntime.hasRow(python))
        }
    }

    @Test func `a target has the tags and marker values of its runtime and architecture`() throws {
        let target = Target(try #require(PythonRuntime(name: "python3.12")), .arm64)
        #expect("\(target)" == "python3.12/arm64")
        #expect(target.supportedTags.tags.first?.description == "cp312-cp312-manylinux_2_34_aarch64")
        #expect(target.markerEnvironment.values[.platformMachine] == "aarch64")
        #expect(target.markerEnvironment.values[.pythonVersion] == "3.12")
        #expect(target.logicalIDPart == "Python312Arm64")
    }

    @Test(arguments: [
        "nodejs20.x", "java8.al2", "java11.al2023", "provided.al2023", "go1.x", "ruby3.4", "dotnet8", "dotnetcore3.1",
        "nodejs26.x",
    ])
    func `runtimes of other languages are recognized`(name: String) throws {
        #expect(try LambdaRuntime(named: name, at: nil) == .other(name))
    }

    @Test func `the error for a misspelled runtime lists the known ones, nearest first`() throws {
        let place = SourcePlace(file: "serverless.yml", line: 9, column: 12)
        let error = #expect(throws: DiagnosticError.self) { try LambdaRuntime(named: "phyton3.11", at: place) }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.code == .unknownRuntime)
        #expect(diagnostic.message == "unknown runtime 'phyton3.11'")
        #expect(diagnostic.place == place)
        #expect(diagnostic.notes.first?.hasPrefix("known runtimes, nearest first: python3.11, ") == true)
        #expect(diagnostic.help.first == "did you mean 'python3.11'?")
    }

    @Test(arguments: ["konnnichiha", "python 3.11", "nodejs20", "node.x", "provided.al"])
    func `names that are not runtimes are errors`(name: String) {
        #expect(throws: DiagnosticError.self) { try LambdaRuntime(named: name, at: nil) }
    }
}
