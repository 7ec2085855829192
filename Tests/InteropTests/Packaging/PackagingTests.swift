import FuroshikiTestSupport
import OrderedJSON
import PythonPackaging
import Testing

/// Compares `PythonPackaging` with PyPA's `packaging` on generated input.
@Suite(.serialized, .tags(.network)) struct PackagingTests {
    @Test func `versions are parsed, printed and ordered as in packaging`() async throws {
        var generator = SeededGenerator(seed: 440)
        let versions = (0..<600).map { _ in Corpus.version(&generator) }
        var questions: [JSONValue] = versions.map { ["version", .string($0)] }
        let pairs = (0..<1500).map { _ in (generator.pick(versions), generator.pick(versions)) }
        questions += pairs.map { ["order", .string($0.0), .string($0.1)] }
        let answers = try await PackagingOracle.answers(to: questions)
        for (text, answer) in zip(versions, answers) {
            #expect((try? Version(parsing: text))?.description == answer.stringValue, "\(text)")
        }
        for (pair, answer) in zip(pairs, answers.dropFirst(versions.count)) {
            guard let left = try? Version(parsing: pair.0), let right = try? Version(parsing: pair.1) else { continue }
            let order: Double = left < right ? -1 : left == right ? 0 : 1
            #expect(order == answer.numberValue, "\(pair)")
        }
    }

    @Test func `specifiers match the same versions as in packaging`() async throws {
        var generator = SeededGenerator(seed: 441)
        let versions = (0..<300).map { _ in Corpus.version(&generator) }.filter { (try? Version(parsing: $0)) != nil }
        let pairs = (0..<4000).map { _ in (Corpus.specifier(&generator), generator.pick(versions)) }
        var questions: [JSONValue] = pairs.map { ["contains", .string($0.0), .string($0.1)] }
        questions += pairs.map { ["specifier", .string($0.0)] }
        let answers = try await PackagingOracle.answers(to: questions)
        for (index, pair) in pairs.enumerated() {
            let set = try? VersionSpecifierSet(parsing: pair.0)
            #expect((set != nil) == (answers[pairs.count + index] == true), "\(pair.0)")
            guard let set, answers[index] != .null else { continue }
            let holds = set.contains(try Version(parsing: pair.1), preReleases: true)
            #expect(.bool(holds) == answers[index], "\(pair)")
        }
    }

    @Test func `markers have the same value as in packaging`() async throws {
        var generator = SeededGenerator(seed: 508)
        let markers = (0..<1500).map { _ in Corpus.marker(&generator, depth: 2) }
        let environment = MarkerEnvironment(linuxPython: Version(release: [3, 11, 7]), machine: "aarch64")
        var values = OrderedMap<JSONValue>(environment.values.map { ($0.key.rawValue, .string($0.value)) })
        for name in ["platform_release", "platform_version", "extra"] { values[name] = "" }
        let answers = try await PackagingOracle.answers(
            to: markers.map { ["marker", .string($0), .object(values)] }
        )
        for (text, answer) in zip(markers, answers) {
            let marker = try? Marker(parsing: text)
            #expect((marker != nil) == (answer != .null), "\(text)")
            #expect(marker.map { .bool($0.holds(in: environment)) } ?? .null == answer, "\(text)")
            if let marker { #expect(try Marker(parsing: "\(marker)") == marker) }
        }
    }

    @Test func `printed requirements are equal to the original ones in packaging`() async throws {
        var generator = SeededGenerator(seed: 509)
        let requirements = (0..<800).map { _ in Corpus.requirement(&generator) }
        let printed = requirements.map { (try? Requirement(parsing: $0))?.description ?? "" }
        let questions = zip(requirements, printed).map { JSONValue.array(["requirement", .string($0), .string($1)]) }
        let answers = try await PackagingOracle.answers(to: questions)
        for ((text, printed), answer) in zip(zip(requirements, printed), answers) {
            #expect((answer == true) == !printed.isEmpty, "\(text) as \(printed)")
        }
    }

    @Test(arguments: [("x86_64", 26), ("aarch64", 26), ("x86_64", 34), ("aarch64", 34)])
    func `supported tags are the same, in the same order, as in packaging`(
        machine: String,
        glibcMinor: Int
    ) async throws {
        let tags = (8...14)
            .map { SupportedTags(pythonMajor: 3, minor: $0, glibcMinor: glibcMinor, machine: machine).tags }
        let questions: [JSONValue] = zip(8...14, tags)
            .map { minor, tags in
                let platforms = tags.map(\.platform).prefix { $0 != tags.first?.platform || true }
                var unique: [String] = []
                for platform in platforms where platform != "any" && !unique.contains(platform) {
                    unique.append(platform)
                }
                return ["tags", 3, .number(Double(minor)), .array(unique.map { .string($0) })]
            }
        for (tags, answer) in zip(tags, try await PackagingOracle.answers(to: questions)) {
            #expect(tags.map(\.description) == answer.arrayValue?.compactMap(\.stringValue))
        }
    }

    @Test func `package names and wheel names are parsed as in packaging`() async throws {
        let names = ["Foo.Bar__baz", "a--b..c", "PyYAML", "zope.interface", "x_1"]
        let wheels = [
            "six-1.16.0-py2.py3-none-any.whl",
            "a_b-1.0+l.1-2x-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            "a-1.whl", "a-b-c-py3-none-any.whl",
        ]
        var questions: [JSONValue] = names.map { ["name", .string($0)] }
        questions += wheels.map { ["wheel", .string($0)] }
        let answers = try await PackagingOracle.answers(to: questions)
        for (name, answer) in zip(names, answers) { #expect(PackageName.normalize(name) == answer.stringValue) }
        for (wheel, answer) in zip(wheels, answers.dropFirst(names.count)) {
            let tags = (try? WheelName(parsing: wheel))?.tags.map(\.description).sorted()
            #expect(tags == answer.arrayValue?.compactMap(\.stringValue), "\(wheel)")
        }
    }
}

/// Generates strings that are mostly, but not always, valid.
private enum Corpus {
    static func version(_ generator: inout SeededGenerator) -> String {
        var text = generator.pick(["", "", "", "", "1!", "v", " "])
        text += (0..<Int.random(in: 1...4, using: &generator))
            .map { _ in generator.pick(["0", "1", "2", "10", "01"]) }.joined(separator: ".")
        text += generator.pick(["", "", "a1", "b", "rc2", ".alpha.1", "-beta_2", "c0", "_pre-3", "preview"])
        text += generator.pick(["", "", "", ".post1", "-2", "-r3", "rev", ".post"])
        text += generator.pick(["", "", "", ".dev1", "dev", "-DEV2", "_dev_3"])
        text += generator.pick(["", "", "", "", "+local", "+1.2", "+a_1-B", "+", "x", "..1"])
        return text
    }

    static func specifier(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...2, using: &generator))
            .map { _ in
                let comparison = generator.pick(["==", "!=", "<", "<=", ">", ">=", "~=", "===", "== ", "=", ""])
                var version = String(version(&generator).drop { $0 == " " })
                // `packaging` splits the operand of `~=` as a string, so that only normalized versions work.
                if comparison == "~=", let normal = try? Version(parsing: version) { version = "\(normal)" }
                return comparison + version + generator.pick(["", "", "", "", ".*"])
            }
            .joined(separator: generator.pick([",", ", ", " ,"]))
    }

    static func marker(_ generator: inout SeededGenerator, depth: Int) -> String {
        guard depth > 0, Bool.random(using: &generator) else { return comparison(&generator) }
        let parts = (0..<Int.random(in: 2...3, using: &generator))
            .map { _ in
                let part = marker(&generator, depth: depth - 1)
                return Bool.random(using: &generator) ? "(\(part))" : part
            }
        return parts.joined(separator: generator.pick([" and ", " or "]))
    }

    private static func comparison(_ generator: inout SeededGenerator) -> String {
        let quote = generator.pick(["'", "\""])
        if Bool.random(using: &generator) {
            let variable = generator.pick(["python_version", "python_full_version", "implementation_version"])
            let comparison = generator.pick(["<", "<=", ">", ">=", "==", "!=", "~="])
            let literal = quote + generator.pick(["3.8", "3.11", "3.11.7", "3.12", "3.11.2", "2.7"]) + quote
            return Bool.random(using: &generator) || comparison == "~="
                ? "\(variable) \(comparison) \(literal)" : "\(literal)\(comparison)\(variable)"
        }
        let variable = generator.pick([
            "os_name", "sys_platform", "platform_machine", "platform_system", "implementation_name",
            "platform_python_implementation", "sys.platform", "wrong_name",
        ])
        let literal =
            quote + generator.pick(["posix", "linux", "aarch64", "x86_64 aarch64", "Linux", "cpython"]) + quote
        let comparison = generator.pick(["==", "!=", " in ", " not in ", " not  in "])
        return variable + comparison + literal
    }

    static func requirement(_ generator: inout SeededGenerator) -> String {
        var text = generator.pick(["six", "Foo.Bar", "a_b-c", "x1", "-bad", "zope.interface"])
        text += generator.pick(["", "", "[a]", "[a, b-c]", " [x]", "[a", "[]"])
        let isAddress = Int.random(in: 0..<5, using: &generator) == 0
        if isAddress {
            text += " @ " + generator.pick(["https://host/a-1.zip", "git+https://host/r.git@v1", "file:///a/b.whl"])
        } else {
            let version = generator.pick(["1.0", "2.0a1", "1.4.*", "3"])
            text += generator.pick([
                "", "==\(version)", " (>=1.0,<2)", ">= 1.0", "~=1.4.2", " \(version)", "!=\(version)",
            ])
        }
        if Bool.random(using: &generator) {
            text += generator.pick([" ; ", " ;"]) + marker(&generator, depth: 1)
        }
        return text
    }
}
