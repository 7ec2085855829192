import AWSClient
import FuroshikiTestSupport
import HostSystem
import Testing

@Suite struct ServiceCallTests {
    @Test func `a bucket in another region is called there`() async throws {
        let moved = ScriptedAnswer.xml("", status: 301, headers: [HTTPHeader("x-amz-bucket-region", "ap-south-1")])
        let aws = ScriptedAWS([moved, .xml("content")])
        let found = try await aws.client.s3.object("a key", in: "pages")
        #expect(found.map { String(decoding: $0.content, as: UTF8.self) } == "content")
        #expect(
            aws.requests.map(\.address.string) == [
                "https://pages.s3.eu-west-1.amazonaws.com/a%20key", "https://pages.s3.ap-south-1.amazonaws.com/a%20key",
            ]
        )
        let authorization = aws.requests.last?.headers.first { $0.name == "Authorization" }?.value
        #expect(authorization?.contains("/ap-south-1/s3/") == true)
    }

    @Test func `the end of a function's log is decoded, and its error is not an error of the call`() async throws {
        let headers = [HTTPHeader("X-Amz-Function-Error", "Unhandled"), HTTPHeader("X-Amz-Log-Result", "bG9nIMOkCg==")]
        let aws = ScriptedAWS([.xml(#"{"errorMessage":"no"}"#, headers: headers)])
        var invocation = LambdaAPI.Invocation(function: "arn:aws:lambda:eu-west-1:1:function:f")
        invocation.returnsLog = true
        invocation.qualifier = "3"
        let result = try await aws.client.lambda.invoke(invocation)
        #expect(result.log == "log ä\n")
        #expect(result.error == "Unhandled")
        let request = try #require(aws.requests.first)
        #expect(
            request.address.string == "https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/"
                + "arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/invocations?Qualifier=3"
        )
        #expect(request.headers.contains { $0.name == "X-Amz-Log-Type" && $0.value == "Tail" })
    }

    @Test func `a stack request has the parameters of the API, and two that differ are not equal`() async throws {
        let aws = ScriptedAWS([
            .xml(
                "<CreateStackResponse><CreateStackResult><StackId>arn:s</StackId></CreateStackResult></CreateStackResponse>"
            )
        ])
        var request = StackRequest(stackName: "shop-dev", template: .address("https://s3/t.json"))
        request.parameters = [("A", .value("1")), ("B", .previous)]
        request.tags = [("k", "v")]
        request.notificationARNs = []
        request.disablesRollback = true
        #expect(try await aws.client.cloudFormation.createStack(request) == "arn:s")
        guard case .bytes(let bytes)? = aws.requests.first?.body else { return #expect(Bool(false)) }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "Action=CreateStack&Version=2010-05-15&StackName=shop-dev&TemplateURL=https%3A%2F%2Fs3%2Ft.json"
                + "&Parameters.member.1.ParameterKey=A&Parameters.member.1.ParameterValue=1"
                + "&Parameters.member.2.ParameterKey=B&Parameters.member.2.UsePreviousValue=true"
                + "&NotificationARNs=&Tags.member.1.Key=k&Tags.member.1.Value=v&DisableRollback=true"
        )
        var other = request
        other.tags = [("k", "w")]
        #expect(request != other)
    }
}
