import HostSystem
import OrderedJSON

extension AWSClient {
    /// Sends a call and returns the root of the XML response, or of its result for query operations.
    func xml(_ call: AWSCall) async throws -> XMLElement {
        let response = try await send(call)
        do throws(XMLReader.ParseError) {
            let root = try XMLReader.parse(response.body)
            return root["\(call.operation)Result"] ?? root
        } catch {
            throw self.error(.invalidResponse(detail: "the response is not XML: \(error)"), of: call)
        }
    }

    /// Sends a call and returns the JSON response; an empty one is an object without members.
    func json(_ call: AWSCall) async throws -> JSONValue {
        let response = try await send(call)
        if response.body.isEmpty { return [:] }
        do {
            return try JSONValue(parsing: String(decoding: response.body, as: UTF8.self))
        } catch {
            throw self.error(.invalidResponse(detail: "the response is not JSON: \(error)"), of: call)
        }
    }

    /// Collects the items of all pages of an operation.
    ///
    /// - Parameter page: gets the mark of the page, which is `nil` for the first one, and returns its items with the
    ///   mark of the next page.
    /// - Returns: the items of all pages, in order.
    /// - Throws: the error of a page.
    func pages<Item>(_ page: (_ mark: String?) async throws -> (items: [Item], next: String?)) async throws -> [Item] {
        var items: [Item] = []
        var mark: String?
        repeat {
            let (more, next) = try await page(mark)
            items += more
            // A server that repeats a mark would never end.
            guard next != mark || next == nil else { break }
            mark = next
        } while mark?.isEmpty == false
        return items
    }
}
