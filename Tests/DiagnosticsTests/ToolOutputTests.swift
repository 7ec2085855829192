import Diagnostics
import Testing

@Suite struct ToolOutputTests {
    /// Output of a program, and what a user is shown of it.
    private struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let output: String
        let shown: [String]
        var cause: String?

        var testDescription: String { name }
    }

    private static let cases = [
        Case(
            name: "a short output",
            output: "\nfatal: repository not found\r\nhint: check the name\n\n",
            shown: ["fatal: repository not found", "hint: check the name"]
        ),
        Case(
            name: "colors",
            output: "\u{1B}[1m\u{1B}[31merror\u{1B}[39m\u{1B}[0m: no such file",
            shown: ["error: no such file"],
            cause: "error: no such file"
        ),
        Case(
            name: "a traceback of Python",
            output: """
                running egg_info
                Traceback (most recent call last):
                  File "/cache/builds/lib/python3.12/site-packages/setuptools/build_meta.py", line 331, in get
                    return self._get(config_settings)
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^
                  File "/tmp/x/setup.py", line 3, in <module>
                    import numpy
                  File "<frozen importlib._bootstrap>", line 1360, in _find_and_load
                ModuleNotFoundError: No module named 'numpy'
                """,
            shown: [
                "running egg_info", "  File \"/tmp/x/setup.py\", line 3, in <module>", "    import numpy",
                "ModuleNotFoundError: No module named 'numpy'",
            ],
            cause: "ModuleNotFoundError: No module named 'numpy'"
        ),
        Case(
            name: "an exception that caused another one",
            output: """
                Traceback (most recent call last):
                  File "/usr/lib/python3.12/subprocess.py", line 571, in run
                    raise CalledProcessError(
                subprocess.CalledProcessError: Command 'pg_config' failed

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "setup.py", line 9, in <module>
                    main()
                RuntimeError: pg_config is missing
                """,
            shown: [
                "subprocess.CalledProcessError: Command 'pg_config' failed", "",
                "  File \"setup.py\", line 9, in <module>",
                "    main()", "RuntimeError: pg_config is missing",
            ],
            cause: "RuntimeError: pg_config is missing"
        ),
        Case(
            name: "an indented traceback",
            output: """
                × Failed to build `x`
                    [stderr]
                    Traceback (most recent call last):
                      File "setup.py", line 1, in <module>
                        1 / 0
                    ZeroDivisionError: division by zero

                    hint: this is a problem of the package
                """,
            shown: [
                "× Failed to build `x`", "    [stderr]", "      File \"setup.py\", line 1, in <module>",
                "        1 / 0",
                "    ZeroDivisionError: division by zero", "", "    hint: this is a problem of the package",
            ],
            cause: "ZeroDivisionError: division by zero"
        ),
        Case(
            name: "an error that node does not catch",
            output: """
                node:internal/modules/cjs/loader:1228
                  throw err;
                  ^

                Error: Cannot find module 'left-pad'
                Require stack:
                - /w/config.js
                - /w/index.js
                    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)
                    at Object.<anonymous> (/w/config.js:1:1)
                    at load (/w/lib/load.js:4:9) {
                  code: 'MODULE_NOT_FOUND',
                  requireStack: [ '/w/config.js', '/w/index.js' ]
                }

                Node.js v20.19.2
                """,
            shown: [
                "Error: Cannot find module 'left-pad'", "required by /w/config.js", "    at load (/w/lib/load.js:4:9)",
            ],
            cause: "Error: Cannot find module 'left-pad'"
        ),
        Case(
            name: "a stack in packages only",
            output: "TypeError [ERR_X]: bad\n    at f (/w/node_modules/a/b.js:1:2)\n    at node:internal/main:1:1",
            shown: ["TypeError [ERR_X]: bad"],
            cause: "TypeError [ERR_X]: bad"
        ),
        Case(
            name: "the long output of a compiler",
            output: (1...20).map { "step \($0)" }.joined(separator: "\n")
                + "\na.c:1:2: fatal error: x.h: no such file\n"
                + (21...40).map { "step \($0)" }.joined(separator: "\n"),
            shown: ["step 1", "step 2", "a.c:1:2: fatal error: x.h: no such file"] + (35...40).map { "step \($0)" },
            cause: "a.c:1:2: fatal error: x.h: no such file"
        ),
        Case(name: "nothing", output: " \n\n", shown: []),
    ]

    @Test(arguments: cases)
    private func `an excerpt has the lines that a user can act on`(_ test: Case) {
        let output = ToolOutput(test.output)
        let excerpt = output.excerpt(below: "cannot build 'x'")
        #expect(excerpt.lines == test.shown)
        #expect(excerpt.omittedCount == output.lines.count { !$0.isEmpty } - test.shown.count { !$0.isEmpty })
        #expect(output.cause == test.cause)
    }

    @Test(arguments: [
        "ValueError: bad value", "bad value", "  Error: bad value",
    ])
    func `a line that the message repeats is not shown again`(line: String) {
        let excerpt = ToolOutput(line + "\nat x").excerpt(below: "cannot run 'x': bad value\nmore")
        #expect(excerpt.lines == ["at x"])
        #expect(excerpt.omittedCount == 0)
    }
}
