import Testing

@testable import SchemaValidation

@Suite struct RegularExpressionTests {
    struct Case: Sendable {
        let pattern: String
        let matching: [String]
        let other: [String]
        var ignoresCase = false
    }

    /// The forms that the configuration's schema uses.
    static let cases: [Case] = [
        Case(pattern: "^arn:", matching: ["arn:aws:s3:::b"], other: ["xarn:", "ARN:", ""]),
        Case(pattern: "^[a-zA-Z0-9-_]+$", matching: ["a-b_C9"], other: ["", "a b", "ü", "a\n"]),
        Case(
            pattern: #"^(?:\*|(GET|POST) (\/\S*))$"#,
            matching: ["*", "get /a/{b}", "POST /"],
            other: ["GET a", "FETCH /d"],
            ignoresCase: true
        ),
        Case(
            pattern: #"^rate\((?:1 (?:minute|hour)|(?:1\d+|[2-9]\d*) (?:minute|hour)s)\)$"#,
            matching: ["rate(1 hour)", "rate(12 hours)", "rate(2 minutes)"],
            other: ["rate(1 hours)", "rate(0 hours)"]
        ),
        Case(
            pattern:
                #"(?!^(\d{1,3}\.){3}\d{1,3}$)(^(([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])\.)*([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])$)"#,
            matching: ["my-bucket.logs", "a1"],
            other: ["1.2.3.4", "-a", "A", "a..b"]
        ),
        Case(
            pattern: #"^(?!aws:)[\w./=+:\-_\x20]{1,8}$"#,
            matching: ["a b", "x:y"],
            other: ["aws:x", "", "123456789", "ä"]
        ),
        Case(
            pattern: #"^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$"#,
            matching: ["200", "200-299,404"],
            other: ["20", "200,"]
        ),
        Case(pattern: #"[\.\-_A-Za-z0-9]+"#, matching: ["!a!"], other: ["", "!"]),
        Case(pattern: "a{2,}?b|^$", matching: ["", "aab", "caaab"], other: ["ab"]),
        Case(pattern: "(a*)*b", matching: ["b", "aaab"], other: ["aaaa"]),
        Case(pattern: "^[^x]$", matching: ["y"], other: ["x", ""]),
        Case(pattern: "a{x}", matching: ["a{x}"], other: ["ax"]),
    ]

    @Test(arguments: cases)
    func `an expression matches the same strings as in JavaScript`(_ example: Case) throws {
        let pattern = try RegularExpression(parsing: example.pattern, ignoresCase: example.ignoresCase)
        for text in example.matching { #expect(pattern.matches(text), "\(text)") }
        for text in example.other { #expect(!pattern.matches(text), "\(text)") }
    }

    @Test(arguments: ["(", "a)", "[a", "*a", "(?<n>a)", "a{3,1}", #"\x1"#])
    func `an invalid expression is an error`(source: String) {
        #expect(throws: RegularExpression.ParseError.self) { try RegularExpression(parsing: source) }
    }
}
