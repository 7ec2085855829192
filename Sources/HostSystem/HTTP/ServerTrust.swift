/// The certificates that prove the identity of a server.
package enum ServerTrust: Hashable, Sendable {
    /// The certificates in the first existing file that one of these environment variables names (PEM); the certificates
    /// of the system if none of them does.
    case variables([String])
    /// The certificates in a file (PEM).
    case file(LocalPath)
    /// No certificates: any server is trusted. Only for servers that the user names as trusted.
    case anyServer

    /// The variables that programs of any kind read.
    package static let standard = ServerTrust.variables(["SSL_CERT_FILE", "CURL_CA_BUNDLE"])
}
