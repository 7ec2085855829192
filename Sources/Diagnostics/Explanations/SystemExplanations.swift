extension DiagnosticExplanation {
    /// Explanations of diagnostics about files, processes and the network.
    static let system: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unexpectedError,
            """
            An operation failed with an error that Furoshiki has no explanation for. The message is the description
            that the operation gave. Please report it as a bug, with the command and the message.
            """,
            example: "error: connection lost"
        ),
        DiagnosticExplanation(
            .fileOperationFailed,
            """
            A system call on a file or directory failed. The message names the operation, the path and the reason that the
            operating system gives. If the permission is denied, run Furoshiki as a user who has it, or use another
            directory.
            """,
            example: "error: cannot write '.serverless/shop.zip': permission denied"
        ),
        DiagnosticExplanation(
            .fullDisk,
            """
            The disk that contains the file is full, or the quota of the user is used up. Free some space and run the command
            again. `furoshiki requirements cleanCache` removes the caches of Furoshiki.
            """,
            example: "error: cannot write '.serverless/shop.zip': no space left on device"
        ),
        DiagnosticExplanation(
            .programNotStarted,
            """
            A program that Furoshiki needs could not be started. Usually it is not installed, not on the `PATH`, or not
            executable. Install it, or correct the `PATH`.
            """,
            example: "error: cannot run 'git': no such file or directory"
        ),
        DiagnosticExplanation(
            .unknownHost,
            """
            The name of a server could not be resolved to an address. Check the spelling of the URL, the network connection,
            and the settings of the proxy (`https_proxy`, `no_proxy`).
            """,
            example: "error: cannot get 'https://pypi.exmaple.org/simple/': could not resolve hostname"
        ),
        DiagnosticExplanation(
            .connectionFailed,
            """
            A server or the proxy did not accept a connection. Check the network connection, the settings of the proxy
            (`https_proxy`, `no_proxy`), and whether the server is running.
            """,
            example: "error: cannot get 'http://localhost:3141/simple/': could not connect to server"
        ),
        DiagnosticExplanation(
            .connectionInterrupted,
            """
            The connection ended before the response was complete. Furoshiki has already sent the request several times. Run
            the command again; downloads continue where they ended.
            """,
            example: "error: cannot get 'https://pypi.org/simple/six/': failure when receiving data from the peer"
        ),
        DiagnosticExplanation(
            .requestTimedOut,
            """
            A server did not respond in time, or sent no byte for too long. Furoshiki has already sent the request several
            times. Check the network connection. For package indexes, `UV_HTTP_TIMEOUT` sets the limit in seconds.
            """,
            example: "error: cannot get 'https://pypi.org/simple/six/': timeout was reached"
        ),
        DiagnosticExplanation(
            .untrustedCertificate,
            """
            The certificate of a server is not signed by an authority that this machine trusts. In networks that inspect
            traffic, set `SSL_CERT_FILE` to a file with the certificates of the network. Otherwise do not continue: the
            server may not be the one that you expect.
            """,
            example:
                "error: cannot get 'https://pypi.org/simple/six/': SSL peer certificate or SSH remote key was not OK"
        ),
        DiagnosticExplanation(
            .responseTooLarge,
            """
            A response is larger than any correct response of its kind, or a file is larger than the index or the lock
            states, so Furoshiki stopped reading it. Check that the URL is that of a package index, and that no proxy
            responds instead of it.
            """,
            example: "error: cannot get 'https://example.org/simple/six/': the response is larger than 33554432 bytes"
        ),
        DiagnosticExplanation(
            .missingLibcurl,
            """
            Furoshiki uses libcurl for all requests and loads it when it is first needed. It is not installed, or the one that
            is found cannot be loaded. Install the package of the operating system, such as `libcurl4` on Debian.
            """,
            example:
                "error: cannot get 'https://pypi.org/simple/six/': libcurl (libcurl.so.4) is not installed or cannot be loaded"
        ),
        DiagnosticExplanation(
            .requestFailed,
            """
            A request failed for a reason that is not one of the usual ones. The message has the description of libcurl. A
            redirect from https to http is also refused with this code.
            """,
            example: "error: cannot get 'https://example.org/simple/six/': unsupported protocol"
        ),
    ]
}
