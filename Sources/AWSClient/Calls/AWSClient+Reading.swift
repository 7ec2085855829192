import HostSystem
import OrderedJSON

extension AWSClient {
    /// Sends a call and returns the root of the XML response, or of its result for query operations.
    func xml(_ call: AWSCall) async throws -> XMLElement {
        let root = try await send(call) { response throws(UnreadableResponse) in try UnreadableResponse.xml(response) }
        return root["\(call.operation)Result"] ?? root
    }

    /// Sends a call and returns the JSON response; an empty one is an object without members.
    func json(_ call: AWSCall) async throws -> JSONValue {
        try await send(call) { response throws(UnreadableResponse) in
            response.body.isEmpty ? [:] : try UnreadableResponse.json(response)
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
