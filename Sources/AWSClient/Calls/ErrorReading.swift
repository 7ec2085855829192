import HostSystem
import OrderedJSON

extension AWSError.Refusal {
    /// Reads the error in a response, in the form of the service.
    init(_ response: HTTPResponse, of service: AWSService) {
        let fields: (code: String?, message: String?, request: String?) =
            switch service.wire {
            case .query, .restXML: Self.xml(response)
            case .json, .restJSON: Self.json(response)
            }
        let request =
            response.header("x-amzn-RequestId") ?? response.header("x-amz-request-id") ?? fields.request
        self.init(
            code: fields.code.flatMap { $0.isEmpty ? nil : $0 } ?? Self.name(ofStatus: response.status),
            message: fields.message ?? "",
            status: response.status,
            requestID: request
        )
    }

    private static func xml(_ response: HTTPResponse) -> (String?, String?, String?) {
        guard let root = try? XMLReader.parse(response.body), let error = root.first("Error") else {
            return (nil, nil, nil)
        }
        return (
            error.text("Code"), error.text("Message"), root.first("RequestId")?.text ?? root.first("RequestID")?.text
        )
    }

    private static func json(_ response: HTTPResponse) -> (String?, String?, String?) {
        let body = try? JSONValue(parsing: String(decoding: response.body, as: UTF8.self))
        let type =
            response.header("x-amzn-ErrorType") ?? body?["__type"]?.stringValue ?? body?["code"]?.stringValue
            ?? body?["error"]?.stringValue
        // Such as `com.amazonaws.ssm#ParameterNotFound:http://…`.
        let code = type?.split(separator: ":").first.flatMap { $0.split(separator: "#").last }.map(String.init)
        let message =
            body?["message"]?.stringValue ?? body?["Message"]?.stringValue ?? body?["errorMessage"]?.stringValue
            ?? body?["error_description"]?.stringValue
        return (code, message, nil)
    }

    /// The name of an error without content, such as those of `HEAD` requests.
    private static func name(ofStatus status: Int) -> String {
        switch status {
        case 301, 307, 308: "PermanentRedirect"
        case 400: "BadRequest"
        case 403: "AccessDenied"
        case 404: "NotFound"
        case 409: "Conflict"
        case 412: "PreconditionFailed"
        case 416: "InvalidRange"
        case 429: "TooManyRequests"
        case 500: "InternalServerError"
        case 503: "ServiceUnavailable"
        default: "Status\(status)"
        }
    }
}
