// Packages one function with many requirements and an empty cache, so that uv resolves and all wheels are downloaded, and
// compares this with `uv pip install`. A second program measures another version of Furoshiki.
import Foundation
import Measuring

/// Requirements with exact versions, as a requirements file that was frozen has them, and without.
let exact = [
    "boto3==1.34.162", "numpy==2.1.3", "pandas==2.2.3", "scipy==1.14.1", "flask==3.0.3", "pydantic==2.9.2",
]
let open = exact.map { String($0.prefix { $0 != "=" }) }
let configuration = """
    service: measured
    provider: {name: aws, runtime: python3.13, architecture: x86_64}
    plugins: [serverless-python-requirements]
    functions: {f: {handler: app.handler}}
    """

let program = try Scratch.program()
let other =
    CommandLine.arguments.count > 3 ? URL(fileURLWithPath: CommandLine.arguments[3]).standardizedFileURL.path : nil
try Scratch.with { scratch in
    setenv("XDG_CACHE_HOME", "\(scratch)/cache", 1)
    setenv("UV_CACHE_DIR", "\(scratch)/uv-cache", 1)
    func service(_ name: String, _ requirements: [String]) throws -> String {
        let folder = "\(scratch)/\(name)"
        let lines = requirements.joined(separator: "\n") + "\n"
        try Scratch.write(
            ["serverless.yml": configuration, "requirements.txt": lines, "app.py": "def handler(e, c): return 1\n"],
            to: folder
        )
        return folder
    }
    let (exactService, openService) = (try service("exact", exact), try service("open", open))
    _ = try Run([program, "package"], in: exactService)
    guard let uv = Scratch.files(below: "\(scratch)/cache", endingIn: "/uv").first else {
        throw MeasuringError("there is no uv in the cache")
    }
    try FileManager.default.copyItem(atPath: uv, toPath: "\(scratch)/uv")
    let empty = ["/bin/sh", "-c", "rm -rf '\(scratch)/cache' '\(scratch)/uv-cache' .serverless by-hand"]
    // With this, uv is not downloaded, as it is not for `uv pip install`.
    let uvAtHand = ["/usr/bin/env", "FUROSHIKI_UV=\(scratch)/uv"]
    let install =
        "'\(scratch)/uv' pip install --quiet --target by-hand --python-version 3.13 --python-platform "
        + "x86_64-manylinux_2_34 --only-binary :all: --requirement requirements.txt"
    var subjects: [Subject] = []
    for (name, folder) in [("exact versions", exactService), ("open versions", openService)] {
        for (title, program) in [("furoshiki", program)] + (other.map { [("other furoshiki", $0)] } ?? []) {
            let package = [program, "package"]
            subjects.append(Subject("\(title) package, \(name)", uvAtHand + package, in: folder, after: empty))
            subjects.append(Subject("\(title) package, \(name), without uv", package, in: folder, after: empty))
        }
    }
    subjects.append(
        Subject("uv pip install --target, exact versions", ["/bin/sh", "-c", install], in: exactService, after: empty)
    )
    print(Scratch.machine + "\n")
    print(try Comparison.table(of: subjects, rounds: Scratch.rounds(default: 5)))
}
