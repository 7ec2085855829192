// Packages services with many functions and events, but no requirements, and prints a small one.
import Foundation
import Measuring

/// The configuration of a service in which each function has an HTTP route and a queue.
func configuration(functions: Int) -> String {
    var text = """
        service: many
        provider: {name: aws, runtime: python3.13}
        functions:

        """
    for number in 0..<functions {
        text += """
              f\(number):
                handler: app.handler
                events:
                  - httpApi: GET /f\(number)
                  - sqs: arn:aws:sqs:us-east-1:123456789012:queue-\(number)

            """
    }
    return text
}

let program = try Scratch.program()
try Scratch.with { scratch in
    setenv("XDG_CACHE_HOME", "\(scratch)/cache", 1)
    var subjects: [Subject] = []
    for count in [200, 100, 400] {
        let folder = "\(scratch)/\(count)"
        let code = "def handler(e, c): return 1\n"
        try Scratch.write(["serverless.yml": configuration(functions: count), "app.py": code], to: folder)
        let name = "package, \(count) functions with \(count * 2) events"
        subjects.append(Subject(name, [program, "package"], in: folder, after: ["rm", "-rf", ".serverless"]))
    }
    let small = "\(scratch)/small"
    try Scratch.write(["serverless.yml": configuration(functions: 2)], to: small)
    subjects.append(Subject("print, 2 functions", [program, "print"], in: small))
    subjects.append(Subject("--version", [program, "--version"], in: small))
    print(Scratch.machine + "\n")
    print(try Comparison.table(of: subjects, rounds: Scratch.rounds(default: 11)))
}
