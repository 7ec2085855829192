import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// Queries PyPA's `packaging`, the reference implementation of PEP 425, 440, 503 and 508, through a Python program.
enum PackagingOracle {
    /// The version to compare with; newer ones order strings in markers differently.
    private static let version = "25.0"

    /// The path of a Python that has `packaging`: a virtual environment in `.build`, created at first use.
    private static func interpreter() async throws -> String {
        let environment = Environment.current()
        if let python = environment.nonEmpty("FUROSHIKI_TEST_PACKAGING_PYTHON") { return python }
        let files = LiveFileSystem()
        let folder = LocalPath("\(#filePath)") / "../../../../.build/interop-packaging-\(version)"
        let python = (folder / "bin/python").string
        if files.exists(folder / "complete") { return python }
        let runner = LiveProcessRunner()
        for (program, arguments) in [
            ("python3", ["-m", "venv", folder.string]),
            (python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "packaging==\(version)"]),
        ] {
            let result = try await runner.run(ProcessRequest(program, arguments, environment: environment))
            try #require(result.isSuccess, "\(result.errorText)")
        }
        try files.write([], to: folder / "complete", options: FileWriteOptions())
        return python
    }

    /// Calls functions of `packaging`.
    ///
    /// - Parameter questions: The calls, each a JSON array with a function's key and its arguments.
    /// - Returns: The results, `null` if `packaging` rejects the input.
    /// - Throws: An error if Python cannot be run.
    static func answers(to questions: [JSONValue]) async throws -> [JSONValue] {
        let input = JSONWriter().text(of: .array(questions))
        var request = ProcessRequest(
            try await interpreter(),
            ["-c", program],
            environment: Environment.current(),
            input: .bytes(Array(input.utf8))
        )
        request.gracePeriod = .seconds(10)
        let result = try await LiveProcessRunner().run(request)
        try #require(result.isSuccess, "\(result.errorText)")
        let answers = try #require(try JSONValue(parsing: result.outputText).arrayValue)
        try #require(answers.count == questions.count)
        return answers
    }

    private static let program = #"""
        import json, sys
        from packaging.markers import Marker
        from packaging.requirements import Requirement
        from packaging.specifiers import SpecifierSet
        from packaging.tags import compatible_tags, cpython_tags
        from packaging.utils import canonicalize_name, parse_wheel_filename
        from packaging.version import Version

        def order(a, b):
            a, b = Version(a), Version(b)
            return (a > b) - (a < b)

        def tags(major, minor, platforms):
            interpreter = f"cp{major}{minor}"
            found = list(cpython_tags((major, minor), [interpreter], platforms))
            return [str(tag) for tag in found + list(compatible_tags((major, minor), interpreter, platforms))]

        kinds = {
            "version": lambda text: str(Version(text)),
            "order": order,
            "contains": lambda s, v: SpecifierSet(s).contains(Version(v), prereleases=True),
            "specifier": lambda s: len(SpecifierSet(s)) >= 0,
            "marker": lambda text, environment: Marker(text).evaluate(environment),
            "requirement": lambda a, b: Requirement(a) == Requirement(b),
            "name": canonicalize_name,
            "tags": tags,
            "wheel": lambda name: sorted(str(tag) for tag in parse_wheel_filename(name)[3]),
        }

        def answer(kind, *arguments):
            try:
                return kinds[kind](*arguments)
            except Exception:
                return None

        print(json.dumps([answer(*question) for question in json.load(sys.stdin)]))
        """#
}

extension Tag {
    /// Needs the package index at first use.
    @Tag static var network: Self
}

extension SeededGenerator {
    /// A random element of a list of strings.
    mutating func pick(_ strings: [String]) -> String { strings.randomElement(using: &self) ?? "" }
}
