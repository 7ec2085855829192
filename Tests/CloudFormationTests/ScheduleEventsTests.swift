import Diagnostics
import OrderedJSON
import Testing

@testable import CloudFormation

@Suite struct ScheduleEventsTests {
    private func resources(of schedule: JSONValue) throws -> JSONValue? {
        let functions: JSONValue = ["a": ["handler": "h.run", "events": [["schedule": schedule]]]]
        return try TemplateCompiler.templates(of: .shop(functions: functions)).update["Resources"]
    }

    @Test(arguments: ["groupName", "timezone"])
    func `a setting of EventBridge Scheduler is an error for a schedule that is a rule`(_ setting: String) throws {
        for method in [nil, "eventBus"] as [JSONValue?] {
            let schedule = JSONValue.object(of: ["rate": "rate(1 day)", "method": method])
                .merged(with: .object([setting: "nightly"]))
            let error = try #require(throws: DiagnosticError.self) { try resources(of: schedule) }
            #expect(error.diagnostics.map(\.code) == [.unsupportedCombination])
        }
    }

    @Test(arguments: ["inputPath", "inputTransformer"])
    func `a setting of rules is an error for EventBridge Scheduler`(_ setting: String) throws {
        let schedule: JSONValue = ["rate": "rate(1 day)", "method": "scheduler", setting: ["inputTemplate": "x"]]
        let error = try #require(throws: DiagnosticError.self) { try resources(of: schedule) }
        #expect(error.diagnostics.map(\.code) == [.unsupportedCombination])
    }

    @Test func `the group of a schedule of EventBridge Scheduler is in its resource`() throws {
        let schedule: JSONValue = ["rate": "rate(1 day)", "method": "scheduler", "groupName": "nightly"]
        let properties = try resources(of: schedule)?["ASchedulerSchedule1"]?["Properties"]
        #expect(properties?["GroupName"] == "nightly")
    }
}
