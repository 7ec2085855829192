import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// Queries botocore, the library of the AWS CLI, through a Python program.
enum BotocoreOracle {
    /// The reason why tests with botocore may be skipped.
    static let requirement: Comment = "needs FUROSHIKI_TEST_PYTHON with botocore, which scripts/test sets"

    /// Whether there is a Python with botocore.
    static var isAvailable: Bool { Environment.current().nonEmpty("FUROSHIKI_TEST_PYTHON") != nil }

    /// Runs a program in Python on a list of cases.
    ///
    /// - Parameters:
    ///   - program: defines `answer(case)`, which returns a JSON value.
    ///   - cases: the cases.
    ///   - environment: variables in addition to `PATH`.
    /// - Returns: the answers, in order; `{"error": …}` if `answer` raised an exception.
    /// - Throws: an error if Python cannot be run.
    static func answers(
        _ program: String,
        to cases: [JSONValue],
        environment: [String: String] = [:]
    ) async throws -> [JSONValue] {
        let current = Environment.current()
        var variables = environment
        variables["PATH"] = current["PATH"]
        var request = ProcessRequest(
            try #require(current.nonEmpty("FUROSHIKI_TEST_PYTHON")),
            ["-c", program + frame],
            environment: Environment(variables),
            input: .bytes(JSONWriter().bytes(of: .array(cases)))
        )
        request.gracePeriod = .seconds(10)
        let result = try await LiveProcessRunner().run(request)
        try #require(result.isSuccess, "\(result.errorText)")
        let answers = try #require(try JSONValue(parsing: result.output).arrayValue)
        try #require(answers.count == cases.count)
        return answers
    }

    private static let frame = #"""

        import json, sys

        def answered(case):
            try:
                return answer(case)
            except Exception as error:
                return {"error": type(error).__name__, "message": str(error)}

        json.dump([answered(case) for case in json.load(sys.stdin)], sys.stdout)
        """#
}
