import AWSClient
import HostSystem

/// Finds many functions with few calls: in the list of all functions of the region, which has 50 on each page.
///
/// The list has no filter, so it may be long and have few functions of the service. It is read only while it is likely to
/// take fewer calls after one another than asking for each function, of which Lambda permits 100 in a second.
struct DeployedFunctionList: Sendable {
    /// The operations of Lambda.
    let lambda: LambdaAPI

    /// The largest number of functions that are not looked up in the list.
    static let fewFunctions = 50
    private static let pageSize = 50

    /// The digests of the code of those functions that were found, in Base64, by name; the others may exist, too.
    ///
    /// - Parameter names: the names of the functions that are searched for.
    /// - Returns: some or all digests; none if there are few functions, or if the list may not be read.
    /// - Throws: `AWSError`, `CancellationError`.
    func digests(ofAbout names: Set<String>) async throws -> [String: String] {
        guard names.count > Self.fewFunctions else { return [:] }
        let pages = 2 * ((names.count + Self.pageSize - 1) / Self.pageSize)
        var found: [String: String] = [:]
        var mark: String?
        for page in 1...pages {
            let next: String?
            do {
                let list = try await lambda.functions(after: mark)
                for function in list.functions {
                    guard let name = function.name, names.contains(name) else { continue }
                    found[name] = function.codeDigest
                }
                next = list.next
            } catch let error as AWSError where error.isAccessDenied {
                return found
            }
            // As many pages in all as the share of the pages so far lets expect.
            let isWorthwhile = page * names.count <= pages * found.count
            guard found.count < names.count, isWorthwhile, let next, next != mark else { return found }
            mark = next
        }
        return found
    }
}
