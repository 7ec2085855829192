import Diagnostics
import LocalCommands
import OrderedJSON
import Testing

struct SampleEventTests {
    @Test(arguments: SampleEvent.allCases)
    func `every event source has an event with the members that functions read`(source: SampleEvent) throws {
        let event = try source.event(body: nil)
        let members = try #require(event.objectValue)
        let path: [String: String] = [
            "aws:alexaSkill": "request", "aws:alexaSmartHome": "payload", "aws:apiGateway": "requestContext",
            "aws:cloudWatch": "detail", "aws:cloudWatchLog": "awslogs", "aws:cognitoUserPool": "request",
            "aws:dynamo": "Records", "aws:kinesis": "Records", "aws:s3": "Records", "aws:sns": "Records",
            "aws:sqs": "Records", "aws:websocket": "requestContext",
        ]
        if let member = path[source.rawValue] { #expect(members[member] != nil) } else { #expect(source == .iot) }
    }

    @Test
    func `an unknown type is reported with the nearest one`() {
        let error = #expect(throws: DiagnosticError.self) { try SampleEvent(named: "aws:sqss") }
        #expect(error?.diagnostics.first?.code == .unknownEventType)
        #expect(error?.diagnostics.first?.help == ["did you mean 'aws:sqs'?"])
    }

    @Test
    func `a body is where the event source has it`() throws {
        let body = "a \"word\" of 鋼"
        func record(_ source: SampleEvent) throws -> JSONValue? {
            try source.event(body: body)["Records"]?.arrayValue?.first
        }
        #expect(try SampleEvent.apiGateway.event(body: body)["body"] == .string(body))
        #expect(try SampleEvent.webSocket.event(body: body)["body"] == .string(body))
        #expect(try record(.sns)?["Sns"]?["Message"] == .string(body))
        #expect(try record(.sqs)?["body"] == .string(body))
        // printf '%s' 'a "word" of 鋼' | md5sum
        #expect(try record(.sqs)?["md5OfBody"] == "67933d2a65a894d46c7e8209f53a5302")
        #expect(try record(.kinesis)?["kinesis"]?["data"] == "YSAid29yZCIgb2Yg6Yu8")
        #expect(try SampleEvent.s3.event(body: body) == SampleEvent.s3.event(body: nil))
    }

    @Test
    func `log data is gzip in Base64`() throws {
        // Python: gzip.decompress(base64.b64decode(…)) == b"hello"
        let event = try SampleEvent.cloudWatchLog.event(body: "hello")
        #expect(event == ["awslogs": ["data": "H4sIAAAAAAAA/wEFAPr/aGVsbG+GphA2BQAAAA=="]])
    }

    @Test
    func `members of a body are added to the event`() throws {
        let body = #"{"detail": {"state": "running", "tags": [1]}, "resources": [], "id": null}"#
        let event = try SampleEvent.cloudWatch.event(body: body)
        #expect(event["detail"]?["state"] == "running")
        #expect(event["detail"]?["instance-id"] == "i-0123456789abcdef0")
        #expect(event["detail"]?["tags"] == [1])
        #expect(event["resources"]?.arrayValue?.count == 1)
        #expect(event["id"] == .null)
        #expect(try SampleEvent.iot.event(body: #"{"temperature": 21}"#) == ["temperature": 21])
        let change = try SampleEvent.dynamo.event(body: #"{"Keys": {"id": {"N": "1"}}}"#)
        #expect(change["Records"]?.arrayValue?.first?["dynamodb"] == ["Keys": ["id": ["N": "1"]]])
    }

    @Test(arguments: [
        SampleEvent.alexaSkill, .alexaSmartHome, .cloudWatch, .cognitoUserPool, .iot, .dynamo,
    ])
    func `a body that has to be an object is checked`(source: SampleEvent) {
        for body in ["hello", "[1]", "5", ""] {
            let error = #expect(throws: DiagnosticError.self) { try source.event(body: body) }
            #expect(error?.diagnostics.first?.code == .invalidEventBody)
        }
    }
}
