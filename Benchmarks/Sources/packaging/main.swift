// Packages one function with many requirements whose wheels are cached. This is compared with reading, copying and
// hashing the same wheels, and with `uv pip install` and `zip`.
import Foundation
import Measuring

let requirements = ["boto3", "numpy", "pandas", "scipy", "flask", "pydantic"]
let configuration = """
    service: measured
    provider: {name: aws, runtime: python3.13, architecture: x86_64}
    plugins: [serverless-python-requirements]
    functions: {f: {handler: app.handler}}
    """

let program = try Scratch.program()
try Scratch.with { scratch in
    let service = "\(scratch)/service"
    let lines = requirements.joined(separator: "\n") + "\n"
    let files = ["serverless.yml": configuration, "requirements.txt": lines, "app.py": "def handler(e, c): return 1\n"]
    try Scratch.write(files, to: service)
    setenv("XDG_CACHE_HOME", "\(scratch)/cache", 1)
    setenv("UV_CACHE_DIR", "\(scratch)/uv-cache", 1)
    _ = try Run([program, "package"], in: service)  // fills the cache

    try FileManager.default.createDirectory(atPath: "\(scratch)/wheels", withIntermediateDirectories: true)
    var bytes = 0
    for wheel in Scratch.files(below: "\(scratch)/cache", endingIn: ".whl") where !wheel.contains("/uv-") {
        let name = URL(fileURLWithPath: wheel).lastPathComponent
        try FileManager.default.createSymbolicLink(
            atPath: "\(scratch)/wheels/\(name)",
            withDestinationPath: wheel
        )
        bytes += (try FileManager.default.attributesOfItem(atPath: wheel)[.size] as? Int) ?? 0
    }
    guard let uv = Scratch.files(below: "\(scratch)/cache", endingIn: "/uv").first else {
        throw MeasuringError("there is no uv in the cache")
    }
    let install =
        "rm -rf by-hand by-hand.zip && \(uv) pip install --quiet --target by-hand --python-version 3.13 "
        + "--python-platform x86_64-manylinux_2_34 --only-binary :all: --requirement service/requirements.txt "
        + "&& cd by-hand && zip -qr ../by-hand.zip ."
    _ = try Run(["/bin/sh", "-c", install], in: scratch)  // fills uv's cache

    let subjects = [
        // openssl uses the instructions of the processor for SHA-256; sha256sum of coreutils often does not.
        Subject(
            "cat wheels, tee, openssl dgst",
            ["/bin/sh", "-c", "cat wheels/*.whl | tee copy | openssl dgst -sha256"],
            in: scratch,
            after: ["rm", "-f", "copy"]
        ),
        Subject("furoshiki package", [program, "package"], in: service, after: ["rm", "-rf", ".serverless"]),
        Subject("furoshiki package, nothing changed", [program, "package"], in: service),
        Subject("uv pip install --target, zip -r", ["/bin/sh", "-c", install], in: scratch),
        Subject("furoshiki --version", [program, "--version"], in: service),
    ]
    print("\(Scratch.machine); \(bytes / 1_000_000) MB of wheels\n")
    print(try Comparison.table(of: subjects, rounds: Scratch.rounds(default: 5)))
}
