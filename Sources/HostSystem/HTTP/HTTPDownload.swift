/// The destination of a download.
package struct HTTPDownload: Sendable {
    /// The file, which is created or, with `resumes`, continued.
    package var destination: LocalPath
    /// Whether the content of the file is kept, and only the rest is requested.
    package var resumes: Bool
    /// The maximum size of the file in bytes.
    package var limitBytes: Int64
    /// Whether the bytes have reached the disk when the download ends.
    package var isDurable: Bool
    /// Gets the current size of the file and its final size, if it is known; called on a thread of the transport.
    package var progress: (@Sendable (_ receivedBytes: Int64, _ totalBytes: Int64?) -> Void)?

    /// Creates the destination of a download.
    package init(
        to destination: LocalPath,
        resumes: Bool = false,
        limitBytes: Int64 = 4 << 30,
        isDurable: Bool = false,
        progress: (@Sendable (_ receivedBytes: Int64, _ totalBytes: Int64?) -> Void)? = nil
    ) {
        self.destination = destination
        self.resumes = resumes
        self.limitBytes = limitBytes
        self.isDurable = isDurable
        self.progress = progress
    }
}

/// The result of a download.
package struct HTTPDownloadResult: Sendable {
    /// The response without its content.
    ///
    /// If the status does not mean success, the body has the beginning of the content, and the file is unchanged.
    package var response: HTTPResponse
    /// The SHA-256 of the whole file.
    package var sha256: SHA256Digest
    /// The size of the file in bytes.
    package var size: Int64

    /// Creates a result from its parts.
    package init(response: HTTPResponse, sha256: SHA256Digest, size: Int64) {
        self.response = response
        self.sha256 = sha256
        self.size = size
    }
}
