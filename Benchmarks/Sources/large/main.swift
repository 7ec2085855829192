// Packages one function with a file of 100 MB of its own: one that compresses well, and one that does not. This is compared
// with `zip -6`.
import Foundation
import Measuring

/// A generator of numbers that are the same in each run (SplitMix64).
struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Lines of a log with times and numbers, which get smaller to about a quarter.
func text(bytes: Int) -> Data {
    var numbers = Numbers(state: 1)
    var data = Data(capacity: bytes + 200)
    var time = 1_700_000_000
    while data.count < bytes {
        let number = numbers.next()
        time += Int(number % 7)
        let words = ["accepted", "rejected", "delivered", "returned"]
        data.append(
            contentsOf: "\(time) order \(number % 1_000_000) \(words[Int(number >> 60) % 4]) by \(number >> 40)\n".utf8
        )
    }
    return data.prefix(bytes)
}

/// Random bytes, which do not get smaller.
func random(bytes: Int) -> Data {
    var numbers = Numbers(state: 2)
    return (0..<(bytes / 8)).map { _ in numbers.next() }.withUnsafeBytes { Data($0) }
}

let configuration = """
    service: large
    provider: {name: aws, runtime: python3.13}
    functions: {f: {handler: app.handler}}
    """
let size = 100_000_000

let program = try Scratch.program()
try Scratch.with { scratch in
    setenv("XDG_CACHE_HOME", "\(scratch)/cache", 1)
    var subjects: [Subject] = []
    for (name, content) in [("text", text(bytes: size)), ("random bytes", random(bytes: size))] {
        let folder = "\(scratch)/\(name.prefix(4))"
        try Scratch.write(["serverless.yml": configuration, "app.py": "def handler(e, c): return 1\n"], to: folder)
        try content.write(to: URL(fileURLWithPath: "\(folder)/data.bin"))
        let empty = ["rm", "-rf", ".serverless", "by-hand.zip"]
        subjects.append(Subject("package, 100 MB of \(name)", [program, "package"], in: folder, after: empty))
        let zip = ["zip", "-6q", "by-hand.zip", "data.bin", "app.py"]
        subjects.append(Subject("zip -6, 100 MB of \(name)", zip, in: folder, after: empty))
    }
    print(Scratch.machine + "\n")
    print(try Comparison.table(of: subjects, rounds: Scratch.rounds(default: 5)))
}
