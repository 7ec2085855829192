import Diagnostics
import HostSystem

/// The errors of servers that provide indexes and files, and the help for them.
enum IndexError {
    /// The help if an index requires credentials.
    static let login = "add credentials to the address of the index, to the netrc file or to PIP_INDEX_URL"
    /// The help to give credentials to an index by its name.
    static let namedLogin =
        "name the index in UV_INDEX=corp=https://…, and set UV_INDEX_CORP_USERNAME and UV_INDEX_CORP_PASSWORD"
    /// The help if an index fails temporarily.
    static let retry = "run the command again later, or use another index"
    /// The help if an index does not answer in time.
    static let timeout = "increase the timeout: set UV_HTTP_TIMEOUT to a number of seconds"
    /// The help if an index cannot be reached.
    static let connection = "check the address of the index, the network connection and the proxy (HTTPS_PROXY)"
    /// The help if an index responds with something else than a list of files.
    static let verification =
        "check whether it is the address of a package index, and whether a proxy responds instead of the index"

    /// The error for a response whose status is not a success.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - address: The address of the request.
    ///   - access: The credentials that requests have.
    ///   - place: The place of the requirement.
    /// - Returns: A `StaleFileError` if the file does not exist, otherwise a `DiagnosticError`.
    static func refused(
        _ response: HTTPResponse,
        _ address: WebAddress,
        access: IndexCredentials,
        for place: SourcePlace? = nil
    ) -> any Error {
        var code = DiagnosticCode.indexFailed
        var notes: [String] = []
        var help: [String] = []
        let status = response.status
        let isMissing = status == 404 || status == 410
        switch status {
        case 401, 403: (code, help) = (.indexAccessDenied, access.help(for: address))
        case _ where isMissing:
            code = .fileNotInIndex
            notes = ["the index no longer has this file"]
            help = ["update the lock file, or require another version"]
        case 429, 500...:
            if let wait = RetryAfter(response) { notes = ["the server asks to wait \(wait) before the next request"] }
            help = [retry]
        default: break
        }
        let error = DiagnosticError(
            code,
            "'\(address.withoutCredentials)' responded with status \(status)",
            at: place,
            notes: notes,
            help: help
        )
        return isMissing ? StaleFileError(error) : error
    }
}
