extension DiagnosticExplanation {
    /// Explanations of diagnostics about resolving, downloading and building wheels.
    static let wheels = resolution + downloads + builds

    private static let resolution: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .packageNotFound,
            """
            None of the queried indexes has a project with this name. The name may be misspelled, or the project may be
            in a private index, which must be added with --extra-index-url in the requirements, PIP_EXTRA_INDEX_URL or
            UV_INDEX.
            """,
            example: "reqeusts==2.32.3"
        ),
        DiagnosticExplanation(
            .versionNotFound,
            """
            The indexes have the project, but no version of it that the requirement accepts. The notes have the nearest
            versions. Correct the version, or add the index that has it.
            """,
            example: "requests==2.322.3   # the nearest versions are 2.32.3 and 2.32.4"
        ),
        DiagnosticExplanation(
            .unsatisfiableRequirements,
            """
            No set of versions satisfies all requirements for the function's runtime and architecture. The output of uv
            shows which requirements contradict each other. Change one of them, or select another runtime for which the
            distributions have files.
            """,
            example: """
                boto3==1.34.0
                botocore==1.20.0   # boto3 1.34.0 requires botocore>=1.34.0
                """
        ),
        DiagnosticExplanation(
            .resolutionFailed,
            """
            The resolver uv failed. Its output, which is shown below the error, has the reason, such as a full disk or a
            source distribution that cannot be built.
            """,
            example: "pycups==2.0.1   # has no wheel, and needs the headers of CUPS to build"
        ),
        DiagnosticExplanation(
            .uvNotAvailable,
            """
            Furoshiki resolves requirements with uv. It uses the program that FUROSHIKI_UV is set to, a new enough uv on
            PATH, or downloads uv from the configured indexes. None of these worked. Install uv, or set FUROSHIKI_UV to
            its path.
            """,
            example: "FUROSHIKI_UV=/opt/uv/uv furoshiki package"
        ),
        DiagnosticExplanation(
            .invalidPipConfiguration,
            """
            An option in pip's configuration file or in a PIP_… variable has an invalid value. Correct or remove it.
            """,
            example: "PIP_NO_BINARY='numpy;pandas'   # names are separated by commas"
        ),
        DiagnosticExplanation(
            .unreadablePipConfiguration,
            """
            A configuration file of pip exists but cannot be read, so that its indexes and credentials are not used.
            Give the current user permission to read the file, or set PIP_CONFIG_FILE=/dev/null to ignore all of them.
            """,
            example: "chmod 600 /etc/pip.conf"
        ),
    ]

    private static let downloads: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .hashMismatch,
            """
            A file is not the one that the requirements or the lock expect. The file may have been replaced on purpose,
            for example when a wheel was built again; then update the hash. Otherwise the index, or a proxy in between,
            may be compromised.
            """,
            example: "six==1.16.0 --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000"
        ),
        DiagnosticExplanation(
            .fileNotInIndex,
            """
            The index no longer has a file that the lock refers to, or never had it. Update the lock, require another
            version, or add the index that has the file.
            """,
            example: "uv.lock refers to a wheel that was deleted from the private index"
        ),
        DiagnosticExplanation(
            .downloadFailed,
            """
            The connection failed while a file was downloaded. Run the command again: the download resumes where it
            stopped. Furoshiki uses the proxies in HTTPS_PROXY and HTTP_PROXY, and waits as long as UV_HTTP_TIMEOUT
            says.
            """,
            example: "UV_HTTP_TIMEOUT=60 furoshiki package"
        ),
        DiagnosticExplanation(
            .indexFailed,
            """
            An index cannot be reached, does not respond in time, or responds with an error status. Check its address
            and the network, or run the command again later.
            """,
            example: "--index-url https://pypi.example.com/simple   # the server is not running"
        ),
        DiagnosticExplanation(
            .indexAccessDenied,
            """
            The index requires credentials, or does not accept them. Credentials can be in the address of the index, in
            the netrc file, in PIP_INDEX_URL, or in UV_INDEX_NAME_USERNAME and UV_INDEX_NAME_PASSWORD.
            """,
            example: "PIP_INDEX_URL='https://user:token@pypi.example.com/simple' furoshiki package"
        ),
        DiagnosticExplanation(
            .invalidIndexAddress,
            """
            The address of an index is not a URL that starts with https://, http:// or file://.
            """,
            example: "PIP_INDEX_URL=pypi.example.com/simple"
        ),
        DiagnosticExplanation(
            .invalidIndexResponse,
            """
            A server responded, but not with a list of files. Its address may not be that of a simple index, or a proxy
            responded with a page of its own, such as a login form.
            """,
            example: "--index-url https://pypi.org   # must be https://pypi.org/simple"
        ),
        DiagnosticExplanation(
            .invalidWheelName,
            """
            The name of a wheel does not consist of distribution, version and tags, as in
            requests-2.32.3-py3-none-any.whl. Give the file the name that its build produced.
            """,
            example: "./wheels/requests.whl"
        ),
        DiagnosticExplanation(
            .fileChanged,
            """
            A local wheel was replaced while it was copied to the cache. Run the command again when no other program
            writes to its directory.
            """,
            example: "a build writes dist/shared-1.0-py3-none-any.whl while 'furoshiki package' runs"
        ),
        DiagnosticExplanation(
            .invalidArchive,
            """
            A wheel or another zip archive is corrupt or malicious: for example, its sizes or checksums are wrong, or an
            entry would be extracted outside of the target directory. Require another version. If the file was damaged
            on the disk, empty the cache with 'furoshiki requirements cleanCache'.
            """,
            example: "alpha-1.0-py3-none-any.whl contains the entry '../../evil.py'"
        ),
        DiagnosticExplanation(
            .damagedWheel,
            """
            The content of a wheel in the cache is not what was downloaded: another program changed or truncated it, or
            the disk is failing. Damaged wheels are downloaded or built again; this error is reported if that fails, for
            example because the system is offline, or if wheels are damaged again at once.
            """,
            example: "a backup program that restores a part of ~/.cache/furoshiki"
        ),
        DiagnosticExplanation(
            .unusableCache,
            """
            Files in the cache cannot be written or read. Free some space, correct the permissions, or use another
            directory with XDG_CACHE_HOME or 'cacheLocation'.
            """,
            example: """
                custom:
                  pythonRequirements:
                    cacheLocation: /mnt/read-only/cache
                """
        ),
        DiagnosticExplanation(
            .unusableTemporaryDirectory,
            """
            Files in the directory for temporary files cannot be written or read. Free some space, correct the
            permissions, or use another directory with TMPDIR.
            """,
            example: "TMPDIR=/var/tmp furoshiki package"
        ),
    ]

    private static let builds: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .buildFailed,
            """
            A distribution has no wheel for the function's runtime and architecture, and building one from its source
            failed. The output of the build is shown below the error. Require a version that has a wheel, or build the
            wheel in the image of the runtime and add its directory with --find-links.
            """,
            example: "psycopg2==2.9.9   # needs the headers of PostgreSQL; psycopg2-binary has wheels"
        ),
        DiagnosticExplanation(
            .incompatibleBuild,
            """
            A wheel that was built from source does not work on the function's runtime and architecture, because it was
            built for another processor, Python version, or a newer glibc. Build it on a compatible system, such as the
            image of the runtime, and add its directory with --find-links.
            """,
            example: "a wheel is built on x86_64 for a function with 'architecture: arm64'"
        ),
        DiagnosticExplanation(
            .invalidRepository,
            """
            A requirement refers to a version control system other than git, or to a commit that git would treat as an
            option. Only git repositories are supported.
            """,
            example: "hg+https://example.com/orders"
        ),
        DiagnosticExplanation(
            .checkoutFailed,
            """
            Git cannot fetch or check out a commit. The output of git is shown below the error. Check the address, the
            commit and your credentials; git is not allowed to ask for a password.
            """,
            example: "git+https://github.com/example/private.git@v1.2"
        ),
        DiagnosticExplanation(
            .missingGit,
            """
            A requirement is in a git repository, but git cannot be started. Install git.
            """,
            example: "git+https://github.com/psf/requests.git"
        ),
        DiagnosticExplanation(
            .unpackingFailed,
            """
            The archive of a source distribution cannot be unpacked. The output of tar or unzip is shown below the
            error.
            """,
            example: "https://example.com/orders.tar.gz#subdirectory=client"
        ),
    ]
}
