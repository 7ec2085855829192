import HostSystem
import OrderedJSON

/// A response whose content is not of the form that its service has, mostly because it was torn on its way.
struct UnreadableResponse: Error, Hashable {
    /// What is wrong with the content.
    let detail: String

    /// The root of an XML response.
    static func xml(_ response: HTTPResponse) throws(UnreadableResponse) -> XMLElement {
        do throws(XMLReader.ParseError) {
            return try XMLReader.parse(response.body)
        } catch {
            throw UnreadableResponse(detail: "the response is not XML: \(error)")
        }
    }

    /// The value of a JSON response.
    static func json(_ response: HTTPResponse) throws(UnreadableResponse) -> JSONValue {
        do {
            return try JSONValue(parsing: String(decoding: response.body, as: UTF8.self))
        } catch {
            throw UnreadableResponse(detail: "the response is not JSON: \(error)")
        }
    }

    /// The problem of an error response that begins in the form of the service, but does not end.
    ///
    /// - Returns: `nil` for a complete response, an empty one, and the page of a proxy.
    static func tornError(_ response: HTTPResponse, of service: AWSService) -> UnreadableResponse? {
        let start = String(decoding: response.body.prefix(512), as: UTF8.self).drop(while: \.isWhitespace).lowercased()
        do throws(UnreadableResponse) {
            switch service.wire {
            case .query, .restXML:
                guard start.hasPrefix("<"), !start.hasPrefix("<!doctype"), !start.hasPrefix("<html") else { return nil }
                _ = try xml(response)
            case .json, .restJSON:
                guard start.hasPrefix("{") else { return nil }
                _ = try json(response)
            }
            return nil
        } catch {
            return error
        }
    }
}
