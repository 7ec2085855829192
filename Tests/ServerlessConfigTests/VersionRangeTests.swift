import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import ServerlessConfig

/// Ranges of versions as npm's semver 7 reads them (its README, section "Ranges").
@Suite struct VersionRangeTests {
    @Test(
        arguments: [
            "3", "^3", "3.x", "3.*.1", "~3.38", "~> 3.38", "^ 3.1", ">= 3.0.0", ">=2.0.0 <4.0.0", ">=v3.1", "=3.38.0",
            "v3.38", "==3.38", "2 || 3", "2||", "", "*", "x", ">=*", "3.38.0", "1.2 - 3.38", "1 - 3.x", "3.38.0 - 4",
            ">3.38.0-beta", ">=3.38.0-alpha.1 <3.38.1", "^3.0.0-rc.1", "3.38.0+build.5", "<=3.38",
            "<9007199254740991.0.0",
            "~x", "^*", "*3.38.0", "3.x.x-beta", " 3 \t|| 1 ",
        ]
    )
    func `a range contains version 3_38_0`(_ text: String) throws {
        #expect(try #require(VersionRange(text)).contains([3, 38, 0]))
    }

    @Test(
        arguments: [
            "2", "^2.1", ">3.38", "<3.38.0", "<3", ">4 || <2", "3.37.x", "=3.38.0-beta", "<=3.38.0-rc", "~3.37.9",
            "^3.38.1", "^0", "0.0", ">*", "<x", "1 - 3.37", "4 - 5", ">=3 <3.5 ", "3 2",
        ]
    )
    func `a range does not contain version 3_38_0`(_ text: String) throws {
        #expect(try #require(VersionRange(text)).contains([3, 38, 0]) == false)
    }

    @Test(
        arguments: [
            "latest", "3.038", "03", "3,4", ">=3,<4", ">", ">=", "3.", "3..1", "3.1.2.3", "3.38-beta", "3.38.0-01",
            "3.38.0-", "3.38.0+", "3 -4", "3 | 4", "!3", "=>3", "^^3", "~^3", "==3.38.0", "v=3.38.0", "vv3.38.0",
            "2 || latest", "9007199254740992.0.0", "**", "> = 3", "~> = 3", "=3.1.0 - 4", "a.b.c", "^latest",
        ]
    )
    func `an invalid range is not parsed`(_ text: String) {
        #expect(VersionRange(text) == nil)
    }

    @Test func `a number is not a range, and is ignored with a warning unless problems are errors`() throws {
        let number: JSONValue = ["frameworkVersion": 2]
        let diagnostics = try FrameworkVersion.check(ConfigurationValue(number), file: "serverless.yml")
        #expect(diagnostics.map(\.severity) == [.warning])
        #expect(diagnostics.first?.help == [#"write 'frameworkVersion: "2"'"#])
        let strict: JSONValue = ["frameworkVersion": 2, "configValidationMode": "error"]
        #expect(throws: DiagnosticError.self) {
            try FrameworkVersion.check(ConfigurationValue(strict), file: "serverless.yml")
        }
        let text: JSONValue = ["frameworkVersion": "2"]
        #expect(throws: DiagnosticError.self) {
            try FrameworkVersion.check(ConfigurationValue(text), file: "serverless.yml")
        }
    }
}
