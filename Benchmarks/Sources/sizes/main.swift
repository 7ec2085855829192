// Packages and prints services of unusual sizes: many functions, many files, many patterns, a large file of values. Where
// another tool does a part of the same work, it is measured too.
import Foundation
import Measuring

/// The head of each configuration.
let head = "service: sizes\nprovider: {name: aws, runtime: python3.13}\n"

/// A service of functions, each of which has an HTTP route and a queue.
func functions(_ count: Int) -> String {
    let functions = (0..<count)
        .map { number in
            "  f\(number):\n    handler: app.handler\n    events:\n      - httpApi: GET /f\(number)\n"
                + "      - sqs: arn:aws:sqs:us-east-1:123456789012:queue-\(number)\n"
        }
    return head + "functions:\n" + functions.joined()
}

/// A service of one function with patterns, of which a file matches a few.
func patterns(_ count: Int) -> String {
    let patterns = (0..<count / 4)
        .map { number in
            "    - '!d\(number)/sub/**'\n    - 'd\(number)/sub/t\(number % 50).txt'\n"
                + "    - '!**/m\(number)_test*.py'\n    - '!d\(number)/*.md'\n"
        }
    return head + "package:\n  patterns:\n" + patterns.joined() + "functions: {f: {handler: app.handler}}\n"
}

/// Writes files of a few bytes, in directories of one hundred.
func writeFiles(_ count: Int, to folder: String) throws {
    for directory in 0..<count / 100 {
        let own = (0..<50).map { ("m\($0).py", "x = \($0)\n") }
        let below = (0..<50).map { ("t\($0).txt", "\($0)\n") }
        try Scratch.write(Dictionary(uniqueKeysWithValues: own), to: "\(folder)/d\(directory)")
        try Scratch.write(Dictionary(uniqueKeysWithValues: below), to: "\(folder)/d\(directory)/sub")
    }
}

/// A file of values, about 124 bytes for each of four.
func values(bytes: Int) -> String {
    let text = String(repeating: "some words ", count: 36)
    var lines: [String] = []
    var size = 0
    while size < bytes {
        let item = "key\(lines.count):\n  name: item\n  value: \(lines.count)\n  text: \(text)\n"
        lines.append(item)
        size += item.utf8.count
    }
    return lines.joined()
}

let program = try Scratch.program()
let rounds = Scratch.rounds(default: 11)
try Scratch.with { scratch in
    setenv("XDG_CACHE_HOME", "\(scratch)/cache", 1)
    let code = ["app.py": "def handler(e, c): return 1\n"]
    let one = head + "functions: {f: {handler: app.handler}}\n"

    let many = "\(scratch)/functions"
    try Scratch.write(code.merging(["serverless.yml": functions(1000)]) { $1 }, to: many)
    let matched = "\(scratch)/patterns"
    try Scratch.write(code.merging(["serverless.yml": patterns(400)]) { $1 }, to: matched)
    try writeFiles(10_000, to: matched)
    let large = "\(scratch)/files"
    try Scratch.write(code.merging(["serverless.yml": one]) { $1 }, to: large)
    try writeFiles(30_000, to: large)
    let wordy = "\(scratch)/values"
    let reference = head + "custom: {value: '${file(values.yml):key7.name}'}\nfunctions: {f: {handler: app.handler}}\n"
    try Scratch.write(["serverless.yml": reference, "values.yml": values(bytes: 50_000_000)], to: wordy)
    for folder in [many, matched, large] { _ = try Run([program, "package"], in: folder) }

    let find = ["find", ".", "-printf", "%p %s %T@ %m\\n"]
    let zip = ["/bin/sh", "-c", "rm -f ../files.zip && zip -6qr ../files.zip ."]
    let unchanged = "package, nothing changed"
    let tables = [
        [
            Subject("package, 1,000 functions with 2,000 events", [program, "package"], in: many),
            Subject("print, the same", [program, "print"], in: many),
        ],
        [
            Subject("find -printf, 10,000 files", find, in: matched),
            Subject("\(unchanged), 400 patterns", [program, "package"], in: matched),
        ],
        [
            Subject("find -printf, 30,000 files", find, in: large),
            Subject("\(unchanged)", [program, "package"], in: large),
            Subject("package", [program, "package"], in: large, after: ["rm", "-rf", ".serverless"]),
            Subject("zip -6", zip, in: large),
        ],
        [Subject("print with a file of 50 MB", [program, "print"], in: wordy)],
        [Subject("--version", [program, "--version"], in: many)],
    ]
    print(Scratch.machine + "\n")
    for table in tables { print(try Comparison.table(of: table, rounds: rounds) + "\n") }
}
