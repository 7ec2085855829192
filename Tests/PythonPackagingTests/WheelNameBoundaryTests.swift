import Testing

@testable import PythonPackaging

/// The order of tags, and file names at the boundaries between valid and invalid.
@Suite struct WheelNameBoundaryTests {
    @Test func `the tags of current Python are ordered by preference`() {
        let tags = SupportedTags(pythonMajor: 3, minor: 4, glibcMinor: 18, machine: "aarch64").tags.map(\.description)
        let platforms = ["manylinux_2_18_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64", "linux_aarch64"]
        let interpreters = ["cp34-cp34m", "cp34-abi3", "cp34-none", "cp33-abi3", "cp32-abi3"]
        let generic = ["py34", "py3", "py33", "py32", "py31", "py30"]
        let expected =
            (interpreters + generic.map { "\($0)-none" }).flatMap { tag in platforms.map { "\(tag)-\($0)" } }
            + ["cp34-none-any"] + generic.map { "\($0)-none-any" }
        #expect(tags == expected)
    }

    @Test(arguments: [
        (3, 7, "cp37-cp37m"), (3, 8, "cp38-cp38"), (2, 7, "cp27-cp27mu"), (3, 12, "cp312-cp312"),
    ])
    func `the ABI has a suffix in older versions of Python`(major: Int, minor: Int, prefix: String) {
        let tags = SupportedTags(pythonMajor: major, minor: minor, glibcMinor: 17, machine: "x86_64")
        #expect(tags.tags[0].description == "\(prefix)-manylinux_2_17_x86_64")
        #expect(tags.tags.contains { $0.abi == "abi3" } == (major == 3))
    }

    @Test(arguments: [
        ("x86_64", 5, true), ("x86_64", 4, false), ("i686", 5, true), ("aarch64", 17, true), ("aarch64", 16, false),
    ])
    func `the oldest glibc depends on the machine`(machine: String, minor: Int, isSupported: Bool) {
        let tags = SupportedTags(pythonMajor: 3, minor: 11, glibcMinor: 26, machine: machine)
        let tag = WheelTag(python: "py3", abi: "none", platform: "manylinux_2_\(minor)_\(machine)")
        #expect((tags.rank(of: tag) != nil) == isSupported)
        let aliases = ["manylinux2014", "manylinux2010", "manylinux1"]
            .map { name in
                tags.rank(of: WheelTag(python: "py3", abi: "none", platform: "\(name)_\(machine)")) != nil
            }
        #expect(aliases == (machine == "aarch64" ? [true, false, false] : [true, true, true]))
    }

    @Test func `ranks follow the order of tags`() {
        let tags = ["a-b-c", "d-e-f", "a-b-c", "g-h-i"].compactMap { WheelTag.expand($0)?.first }
        let supported = SupportedTags(tags)
        #expect(supported.tags == [tags[0], tags[1], tags[3]])
        #expect(supported.rank(of: tags[0]) == 0)
        #expect(supported.rank(of: tags[3]) == 2)
        #expect(supported.rank(of: [tags[3], tags[1]]) == 1)
        #expect(supported.rank(of: [WheelTag(python: "x", abi: "y", platform: "z")]) == nil)
    }

    @Test func `compressed sets are expanded`() throws {
        let tags = try #require(WheelTag.expand("CP3.py3-abi3.none-any.x"))
        #expect(tags.count == 8)
        #expect(tags.first == WheelTag(python: "cp3", abi: "abi3", platform: "any"))
        #expect(tags.last == WheelTag(python: "py3", abi: "none", platform: "x"))
        for text in ["a-b", "a-b-c-d", "-b-c", "a--c", "a-b-", ""] { #expect(WheelTag.expand(text) == nil) }
    }

    @Test(arguments: [
        ("a-1-1a-py3-none-any.whl", 1, "a"), ("a-1-12-py3-none-any.whl", 12, ""), ("a-1-py3-none-any.whl", -1, ""),
        ("a-1-99999999999999999999-py3-none-any.whl", Int.max, ""),
    ])
    func `a build tag is ordered by its number, then its text`(file: String, number: Int, text: String) throws {
        let key = try WheelName(parsing: file).buildKey
        #expect(key.number == number)
        #expect(key.text == text)
    }

    @Test(arguments: [
        (["a-1-py3-none-any.whl", "a-1-1-py3-none-any.whl"], 1),
        (["a-1-2-py3-none-any.whl", "a-1-1-py3-none-any.whl"], 0),
        (["a-1-1a-py3-none-any.whl", "a-1-1b-py3-none-any.whl"], 1),
        (["a-2-py3-none-any.whl", "a-1-py3-none-any.whl"], 0),
        (["a-1-py3-none-any.whl", "a-1-cp311-cp311-linux_x86_64.whl"], 1), (["a-1-cp310-cp310-win_amd64.whl"], nil),
        (["a-1-cp311-cp311-linux_x86_64.whl", "a-1-9-py3-none-any.whl"], 0), ([], nil),
        (["a-9-cp39-cp39-any.whl", "a-1-py3-none-any.whl"], 1), (["a-1-py3-none-any.whl", "a-1-py3-none-any.whl"], 0),
    ])
    func `the best wheel is chosen by version, tag and build`(files: [String], index: Int?) throws {
        let supported = SupportedTags(pythonMajor: 3, minor: 11, glibcMinor: 26, machine: "x86_64")
        #expect(WheelName.best(of: try files.map { try WheelName(parsing: $0) }, for: supported) == index)
    }

    @Test(arguments: [
        ("a-1-py3-none.whl", WheelName.ParseError.wrongParts("a-1-py3-none.whl")),
        ("a-1-1-x-py3-none-any.whl", .wrongParts("a-1-1-x-py3-none-any.whl")),
        ("a-1--none-any.whl", .wrongParts("a-1--none-any.whl")),
        ("-1-py3-none-any.whl", .name("-1-py3-none-any.whl", PackageName.ParseError(text: ""))),
        ("a-x-py3-none-any.whl", .version("a-x-py3-none-any.whl", Version.ParseError(text: "x", reason: .noRelease))),
        ("a-1--py3-none-any.whl", .build("a-1--py3-none-any.whl")),
        ("a\0-1-py3-none-any.whl", .separator("a\0-1-py3-none-any.whl")),
    ])
    func `each part of a wheel's name is checked`(file: String, error: WheelName.ParseError) {
        #expect(throws: error) { try WheelName(parsing: file) }
    }

    @Test func `names are limited to 255 bytes`() throws {
        let wheel = { (count: Int) in String(repeating: "a", count: count) + "-1-py3-none-any.whl" }
        #expect(try WheelName(parsing: wheel(236)).fileName.utf8.count == 255)
        #expect(throws: WheelName.ParseError.tooLong(wheel(237))) { try WheelName(parsing: wheel(237)) }
        let source = { (count: Int) in String(repeating: "a", count: count) + "-1.zip" }
        #expect(SourceDistributionName(parsing: source(249)) != nil)
        #expect(SourceDistributionName(parsing: source(250)) == nil)
    }

    @Test func `a version in a wheel's name has underscores in place of hyphens`() throws {
        #expect("\(try WheelName(parsing: "a-1.0_1-py3-none-any.whl").version)" == "1.0.post1")
    }

    @Test(arguments: [
        ("a-1.tar.gz", "a", "1"), ("a-1.tgz", "a", "1"), ("a-1.tar.bz2", "a", "1"), ("a-1.tar.xz", "a", "1"),
        ("a-b-1.zip", "a-b", "1"), ("a-1-b.zip", "a", "1b0"), ("a-.zip", nil, nil), ("-1.zip", nil, nil),
        ("a.zip", nil, nil),
        ("a-1.rar", nil, nil), ("a-1.0-1.zip", "a-1.0", "1"), ("a-1.0-rc1.zip", "a", "1.0rc1"),
    ])
    func `the version of a source distribution follows the last hyphen before a valid version`(
        file: String,
        name: String?,
        version: String?
    ) {
        let read = SourceDistributionName(parsing: file)
        #expect(read?.name.written == name)
        #expect(read.map { "\($0.version)" } == version)
    }
}
