import ConfigurationValues
import FuroshikiTestSupport
import Testing

@testable import CloudFormation

@Suite struct RecordedTemplatesTests {
    @Test func `there are recorded templates`() {
        #expect(RecordedTemplate.all.count > 100)
    }

    @Test(arguments: RecordedTemplate.all)
    func `a service compiles to the same template as in Serverless`(_ recorded: RecordedTemplate) throws {
        let expected = try #require(try recorded.json("template.json"))
        let templates = try recorded.templates()
        #expect(TemplateComparison.differences(expected, templates.update) == [])
        if let expected = try recorded.json("create.json") {
            let create = try #require(templates.create)
            #expect(TemplateComparison.differences(expected, create) == [])
        }
    }
}
