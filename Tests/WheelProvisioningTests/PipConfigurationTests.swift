import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

@testable import WheelProvisioning

/// Which files of pip are read, which of them has precedence, and how they are parsed.
struct PipConfigurationTests {
    /// The files that pip reads, from the lowest precedence to the highest, with the default environment.
    private static let paths = [
        "/etc/xdg/pip/pip.conf", "/etc/pip.conf", "/home/ann/.pip/pip.conf", "/home/ann/.config/pip/pip.conf",
        "/venv/pip.conf", "/own/pip.conf",
    ]
    private static let variables = ["HOME": "/home/ann", "VIRTUAL_ENV": "/venv", "PIP_CONFIG_FILE": "/own/pip.conf"]

    private func configuration(
        _ texts: [String: String],
        _ variables: [String: String] = Self.variables
    ) throws -> PipConfiguration {
        let files = try InMemoryFileSystem()
        for (path, text) in texts {
            try files.createDirectory(LocalPath(path).parent)
            try files.write(text, to: LocalPath(path))
        }
        return PipConfiguration(environment: Environment(variables), files: files)
    }

    @Test(arguments: paths.indices)
    func `a file overrides those with a lower precedence`(index: Int) throws {
        let texts = Self.paths[...index].map { ($0, "[global]\nindex-url = \($0)\n") }
        let configuration = try configuration(Dictionary(uniqueKeysWithValues: texts))
        #expect(configuration.values == ["index-url": Self.paths[index]])
        #expect(configuration.findings.isEmpty)
    }

    @Test func `only files of the system are read without a home, a virtual environment and a file of one's own`()
        throws
    {
        let texts = Self.paths.map { ($0, "[global]\n\($0.replacing("/", with: "x")) = 1\n") }
        let configuration = try configuration(Dictionary(uniqueKeysWithValues: texts), [:])
        #expect(configuration.values.count == 2)
        let own = try self.configuration(Dictionary(uniqueKeysWithValues: texts), ["PIP_CONFIG_FILE": "/own/pip.conf"])
        #expect(own.values.count == 3)
    }

    @Test func `the directories of XDG replace the default ones`() throws {
        let texts = [
            "/etc/xdg/pip/pip.conf": "[global]\na = 1\n", "/home/ann/.config/pip/pip.conf": "[global]\nb = 1\n",
            "/one/pip/pip.conf": "[global]\nc = 1\n", "/two/pip/pip.conf": "[global]\nc = 2\n",
            "/settings/pip/pip.conf": "[global]\nd = 1\n",
        ]
        let configuration = try configuration(
            texts,
            ["HOME": "/home/ann", "XDG_CONFIG_DIRS": "/one:/two", "XDG_CONFIG_HOME": "/settings"]
        )
        #expect(configuration.values == ["c": "2", "d": "1"])
    }

    @Test func `no file is read if the file of one's own is the null device`() throws {
        let texts = Self.paths.map { ($0, "[global]\na = 1\n") }
        let variables = Self.variables.merging(["PIP_CONFIG_FILE": "/dev/null"]) { $1 }
        #expect(try configuration(Dictionary(uniqueKeysWithValues: texts), variables).values.isEmpty)
    }

    @Test(arguments: [
        ("[global]\na = 1\n[install]\na = 2\n", ["a": "2"]), ("[install]\na = 2\n[global]\na = 1\n", ["a": "2"]),
        ("[download]\na = 1\n", [:]), ("a = 1\n", [:]), ("[global]\n# a = 1\n; b = 2\nc = 3\n", ["c": "3"]),
        ("[global]\nA_b : 1 = 2\n", ["a-b": "1 = 2"]),
        ("[global]\na = 1\n  2\n\t3\nb = 4\n", ["a": "1 2 3", "b": "4"]),
        ("[global]\na =\n  1\n[install]\n  b = 2\n", ["a": " 1", "b": "2"]), ("[global]\nnothing\na = 1\n", ["a": "1"]),
        ("[global]\r\na = 1\r\n", ["a": "1"]),
    ])
    func `a file has the format of Python's configparser`(text: String, values: [String: String]) throws {
        #expect(try configuration(["/own/pip.conf": text]).values == values)
    }

    @Test func `an environment variable overrides the files`() throws {
        let configuration = try configuration(["/own/pip.conf": "[global]\nextra-index-url = file\n"])
        func value(_ variables: [String: String]) -> String? {
            configuration.value("extra-index-url", environment: Environment(variables))
        }
        #expect(value([:]) == "file")
        #expect(value(["PIP_EXTRA_INDEX_URL": "variable"]) == "variable")
        #expect(value(["PIP_EXTRA_INDEX_URL": ""]) == "file")
        #expect(configuration.value("cert", environment: Environment([:])) == nil)
    }
}
