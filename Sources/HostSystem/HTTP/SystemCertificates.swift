import CCurl

/// The places at which Linux distributions keep the certificates of trusted authorities.
///
/// A libcurl of the system knows the place, but one that is part of the program runs on every distribution.
package struct SystemCertificates: Hashable, Sendable {
    /// The files with all certificates (PEM), of which the first one that exists is used.
    let files: [LocalPath]
    /// The directories with a file for each certificate, named by its hash.
    let folders: [LocalPath]

    /// Creates the places, most likely first.
    package init(files: [LocalPath], folders: [LocalPath]) {
        self.files = files
        self.folders = folders
    }

    /// The places of the known distributions.
    package static let standard = SystemCertificates(
        files: [
            "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Alpine, Arch Linux
            "/etc/pki/tls/certs/ca-bundle.crt",  // Amazon Linux, Fedora, Red Hat Enterprise Linux
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // the same, in images with few files
            "/etc/ssl/ca-bundle.pem",  // SUSE
            "/etc/ssl/cert.pem",  // Alpine with few files
        ],
        folders: ["/etc/ssl/certs", "/etc/pki/tls/certs"]
    )

    /// The places if libcurl is part of the program, and `nil` if it is that of the system.
    package static var ifNeeded: SystemCertificates? { libcurl_is_linked() != 0 ? standard : nil }

    /// The file with all certificates; `nil` if the system has none.
    func file(in system: any FileSystem) -> LocalPath? { files.first(where: system.isFile) }

    /// The directory of certificates; `nil` if the system has none.
    func folder(in system: any FileSystem) -> LocalPath? { folders.first(where: system.isDirectory) }
}
