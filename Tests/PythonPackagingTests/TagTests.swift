import PythonPackaging
import Testing

@Suite struct TagTests {
    static let oldGlibc = SupportedTags(pythonMajor: 3, minor: 11, glibcMinor: 26, machine: "x86_64")
    static let arm = SupportedTags(pythonMajor: 3, minor: 13, glibcMinor: 34, machine: "aarch64")

    @Test(arguments: [
        ("numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", true),
        ("numpy-2.3.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", false),
        ("numpy-2.3.0-cp311-cp311-musllinux_1_2_x86_64.whl", false), ("six-1.16.0-py2.py3-none-any.whl", true),
        ("a-1-cp37-abi3-manylinux1_x86_64.whl", true), ("a-1-cp312-abi3-manylinux1_x86_64.whl", false),
        ("a-1-cp311-cp311-manylinux_2_17_aarch64.whl", false), ("a-1-cp310-cp310-linux_x86_64.whl", false),
        ("a-1-py3-none-linux_x86_64.whl", true), ("a-1-cp311-none-any.whl", true),
    ])
    func `a wheel is compatible with a target if their tags match`(file: String, fits: Bool) throws {
        #expect((try WheelName(parsing: file).rank(in: Self.oldGlibc) != nil) == fits)
    }

    @Test func `the best wheel has the newest version, then the best tag, then the highest build`() throws {
        let wheels = try [
            "a-1.0-py3-none-any.whl", "a-1.0-1-cp313-cp313-manylinux_2_28_aarch64.whl",
            "a-1.0-2-cp313-cp313-manylinux_2_28_aarch64.whl", "a-2.0-cp313-cp313-manylinux_2_35_aarch64.whl",
        ]
        .map { try WheelName(parsing: $0) }
        #expect(WheelName.best(of: wheels, for: Self.arm) == 2)
    }

    @Test func `the parts of a wheel name are parsed`() throws {
        let wheel = try WheelName(parsing: "Foo_Bar-1.0+local.1-2x-py2.py3-none-any.whl")
        #expect(wheel.name.normalized == "foo-bar")
        #expect("\(wheel.version)" == "1.0+local.1")
        #expect(wheel.build == "2x")
        #expect(wheel.tags.map(\.description) == ["py2-none-any", "py3-none-any"])
    }

    @Test(arguments: [
        ("six.zip", WheelName.ParseError.missingSuffix("six.zip")), ("six-1.whl", .wrongParts("six-1.whl")),
        ("six-1-x-py3-none-any.whl", .build("six-1-x-py3-none-any.whl")),
        ("six-1-py3-none-any./../../six.whl", .separator("six-1-py3-none-any./../../six.whl")),
        ("six-1-1/../six-py3-none-any.whl", .separator("six-1-1/../six-py3-none-any.whl")),
        ("six-1-py3-none-any.\\six.whl", .separator("six-1-py3-none-any.\\six.whl")),
    ])
    func `an invalid wheel name is an error`(file: String, error: WheelName.ParseError) {
        #expect(throws: error) { try WheelName(parsing: file) }
    }

    @Test func `a wheel name that is longer than a file name can be is an error, even with many tags`() {
        let set = Array(repeating: "a", count: 100).joined(separator: ".")
        let wheel = "six-1-\(set)-\(set)-\(set).whl"
        #expect(throws: WheelName.ParseError.tooLong(wheel)) { try WheelName(parsing: wheel) }
        #expect(SourceDistributionName(parsing: String(repeating: "a-", count: 200) + "1.tar.gz") == nil)
    }

    @Test(arguments: [
        ("python-dateutil-2.8.2.tar.gz", "python-dateutil", "2.8.2"), ("a-1.0-2.zip", "a-1.0", "2"),
        ("ruamel.yaml-0.17.tar.gz", "ruamel-yaml", "0.17"),
    ])
    func `names of source distributions are parsed`(file: String, name: String, version: String) throws {
        let read = try #require(SourceDistributionName(parsing: file))
        #expect(read.name.normalized == PackageName.normalize(name))
        #expect("\(read.version)" == version)
    }
}
