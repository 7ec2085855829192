import PythonPackaging
import Testing

/// `entry_points.txt` and `RECORD`.
@Suite struct WheelMetadataTests {
    @Test func `entry points are read with their groups`() {
        let text = """
            name = before:any_group
            # comment = a:b
            ; comment = a:b

            [ console_scripts ]
              flask = flask.cli : main [dotenv]
            two = a:b:c
            module = pkg.mod
            = a:b
            empty =
            colon = :main
            no equals sign
            [gui_scripts]
            gui=g.u:i
            [flask.commands
            open = o:p
            [pytest11]
            plugin = p.q
            """
        typealias Entry = EntryPoints.EntryPoint
        let points = EntryPoints(parsing: text.replacing("\n", with: "\r\n"))
        #expect(
            points.all.map { [$0.group, $0.name, $0.module, $0.attribute] } == [
                ["", "name", "before", "any_group"], ["console_scripts", "flask", "flask.cli", "main"],
                ["console_scripts", "two", "a", "b:c"], ["console_scripts", "module", "pkg.mod", ""],
                ["gui_scripts", "gui", "g.u", "i"], ["gui_scripts", "open", "o", "p"],
                ["pytest11", "plugin", "p.q", ""],
            ]
        )
        #expect(points.scripts.map(\.name) == ["flask", "two", "gui", "open"])
        #expect(points.pluginGroups == ["", "pytest11"])
    }

    @Test(arguments: [
        ("console_scripts", false), ("gui_scripts", false), ("pytest11", false), ("sphinx.builders", false),
        ("flask.commands", true), ("setuptools", false), ("setuptools.x.y", false), ("setuptoolsx", true),
        ("opentelemetry_context", true),
    ])
    func `groups of commands and build tools are not needed at run time`(group: String, isNeeded: Bool) {
        let points = EntryPoints(parsing: "[\(group)]\na = b:c\n")
        #expect(points.runtimeGroups == (isNeeded ? [group] : []))
    }

    @Test func `a record is read with quoted fields`() {
        let text = """
            six.py,sha256=abc=d,34
            "a, b.py",md5=x,
            "say ""hi"".py",,7
            dist-info/RECORD,,
            ,sha256=abc,1
            too,few
            plain,nohash,1
            more,sha256=e,2,extra
            "un"quo"ted",,x
            """
        let record = InstallRecord(parsing: text.replacing("\n", with: "\r\n"))
        #expect(
            record.rows.map { [$0.path, $0.algorithm, $0.hash, $0.size.map(String.init) ?? "none"] } == [
                ["six.py", "sha256", "abc=d", "34"], ["a, b.py", "md5", "x", "none"], ["say \"hi\".py", "", "", "7"],
                ["dist-info/RECORD", "", "", "none"], ["plain", "", "", "1"], ["more", "sha256", "e", "2"],
                ["unquoted", "", "", "none"],
            ]
        )
    }
}
