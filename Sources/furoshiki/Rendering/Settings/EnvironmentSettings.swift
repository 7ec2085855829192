extension SettingSection {
    /// The environment variables that the program reads, except those that a configuration names (`${env:NAME}`).
    static let environmentVariables = [output, buildServer, directories, indexes, resolving, network, aws, tools]

    private static let buildServer = SettingSection(
        title: "Environment variables: build servers",
        introduction: "[Continuous integration](ci.md) shows how to use them.",
        settings: [
            Setting(
                "GITHUB_ACTIONS",
                "`true`, as in GitHub Actions, makes errors and warnings annotations of the lines that they are about."
            ),
            Setting(
                "GITHUB_WORKSPACE",
                default: "the working directory",
                "The checkout, for the paths in annotations."
            ),
            Setting("GITHUB_STEP_SUMMARY", "The file that the table of artifacts is appended to, in GitHub Actions."),
            Setting(
                "FUROSHIKI_CODE_QUALITY",
                "A file to write errors, warnings and notes to, in the format of GitLab's code quality reports."
            ),
            Setting("CI_PROJECT_DIR", default: "the working directory", "The checkout, for the paths in that report."),
        ]
    )

    private static let output = SettingSection(
        title: "Environment variables: output",
        introduction: "An empty variable counts as not set, here and below.",
        settings: [
            Setting("NO_COLOR", "Any value turns colors off; it takes precedence over the following variables."),
            Setting(
                "FORCE_COLOR",
                "Turns colors on for files and pipes, too; `0` or `false` turns them off. It takes precedence over the"
                    + " following variables."
            ),
            Setting("CLICOLOR_FORCE", "Any value but `0` turns colors on for files and pipes, too."),
            Setting("CLICOLOR", "`0` turns colors off."),
            Setting("TERM", "`dumb` turns colors and the progress line off."),
            Setting("CI", "Any value turns the progress line off; completed steps are lines."),
            Setting(
                "SLS_LOG_LEVEL",
                default: "`notice`",
                "The least important messages to show: `error`, `warning`, `notice`, `info` or `debug`."
            ),
            Setting("SLS_DEBUG", "Any value shows all messages, as `--debug '*'` does."),
            Setting(
                "SLS_AWS_MONITORING_FREQUENCY",
                "The pause between two questions for the state of a stack, in milliseconds; by default 400 to 5000."
            ),
            Setting("SOURCE_DATE_EPOCH", default: "today", "The date in manual pages, in seconds since 1970."),
            Setting(
                "SLS_DEPRECATION_DISABLE",
                "Codes of deprecations that are not reported, separated by commas; as `disabledDeprecations`."
            ),
            Setting(
                "SLS_DEPRECATION_NOTIFICATION_MODE",
                "`error` makes deprecations errors, `warn` does not; takes precedence over `deprecationNotificationMode`."
            ),
        ]
    )

    private static let directories = SettingSection(
        title: "Environment variables: directories",
        introduction: "A service can set these in its `.env` file too, like all variables below.",
        settings: [
            Setting(
                "XDG_CACHE_HOME",
                default: "`~/.cache`, on macOS `~/Library/Caches`",
                "The directory that contains the cache, `furoshiki`; ignored if it is not absolute."
            ),
            Setting("TMPDIR", default: "`/tmp`", "The directory for temporary files."),
            Setting("HOME", "The home directory, for the cache, pip's configuration and the netrc file."),
            Setting("PATH", "The directories with the programs that are run: `uv`, `git`, `node`, Python."),
        ]
    )

    private static let indexes = SettingSection(
        title: "Environment variables: package indexes",
        introduction: "[Wheels](wheels.md#indexes-and-credentials) shows which one takes precedence.",
        settings: [
            Setting("UV_DEFAULT_INDEX", "The index, as `URL` or `NAME=URL`."),
            Setting("UV_INDEX", "Additional indexes, each as `URL` or `NAME=URL`, separated by spaces."),
            Setting("UV_INDEX_URL", "The index; an older name of `UV_DEFAULT_INDEX`."),
            Setting("UV_EXTRA_INDEX_URL", "Additional indexes, separated by spaces."),
            Setting("UV_INDEX_<NAME>_USERNAME", "The user name for the index of this name."),
            Setting("UV_INDEX_<NAME>_PASSWORD", "The password for the index of this name."),
            Setting("UV_FIND_LINKS", "Directories and pages with files, separated by commas."),
            Setting("UV_NO_INDEX", "`1` uses no index at all."),
            Setting("UV_INSECURE_HOST", "Hosts whose certificates are not verified, separated by spaces."),
            Setting("PIP_INDEX_URL", "As pip's `--index-url`."),
            Setting("PIP_EXTRA_INDEX_URL", "As pip's `--extra-index-url`."),
            Setting("PIP_FIND_LINKS", "As pip's `--find-links`."),
            Setting("PIP_NO_INDEX", "As pip's `--no-index`."),
            Setting("PIP_TRUSTED_HOST", "As pip's `--trusted-host`."),
            Setting("PIP_CONFIG_FILE", "Another configuration file of pip; with `/dev/null`, none is read."),
            Setting("XDG_CONFIG_HOME", default: "`~/.config`", "The directory that contains `pip/pip.conf`."),
            Setting("XDG_CONFIG_DIRS", default: "`/etc/xdg`", "More directories that may contain `pip/pip.conf`."),
            Setting("VIRTUAL_ENV", "The active virtual environment, whose `pip.conf` is read."),
            Setting("NETRC", default: "`~/.netrc`", "The file with credentials for hosts."),
        ]
    )

    private static let resolving = SettingSection(
        title: "Environment variables: resolving and building",
        introduction: """
            uv reads more variables when it is run. Those below also decide whether an earlier resolution can be used
            again.
            """,
        settings: [
            Setting("PIP_CONSTRAINT", "Constraints files, separated by spaces."),
            Setting("PIP_PRE", "As pip's `--pre`."),
            Setting("PIP_NO_BINARY", "As pip's `--no-binary`."),
            Setting("PIP_ONLY_BINARY", "As pip's `--only-binary`."),
            Setting("UV_CONSTRAINT", "Constraints files of uv, separated by spaces."),
            Setting("UV_OVERRIDE", "Files with overrides of uv, separated by spaces."),
            Setting("UV_BUILD_CONSTRAINT", "Files with constraints for builds, separated by spaces."),
            Setting(
                "UV_INDEX_STRATEGY",
                default: "`unsafe-best-match`",
                "How uv chooses between indexes. The default is what pip does: the best version of all indexes."
            ),
            Setting("UV_PRERELEASE", "When uv accepts pre-releases."),
            Setting("UV_RESOLUTION", "Which versions uv prefers, such as `lowest-direct`."),
            Setting("UV_EXCLUDE_NEWER", "The time after which files are ignored."),
            Setting("UV_NO_BINARY", "uv builds everything from source."),
            Setting("UV_NO_BINARY_PACKAGE", "Packages that uv builds from source."),
            Setting("UV_NO_BUILD", "uv builds nothing from source."),
            Setting("UV_NO_BUILD_PACKAGE", "Packages that uv does not build from source."),
            Setting("UV_NO_SOURCES", "uv ignores `tool.uv.sources`."),
            Setting("UV_TORCH_BACKEND", "The variant of PyTorch that uv chooses."),
        ]
    )

    private static let network = SettingSection(
        title: "Environment variables: network",
        introduction: "Names in lower case take precedence over the same names in capitals.",
        settings: [
            Setting("https_proxy", "The proxy for `https` addresses."),
            Setting("HTTPS_PROXY", "As `https_proxy`."),
            Setting("http_proxy", "The proxy for `http` addresses; it is not read in capitals, as in curl."),
            Setting("all_proxy", "The proxy for all addresses without one of their own."),
            Setting("ALL_PROXY", "As `all_proxy`."),
            Setting("no_proxy", "Hosts that are contacted without a proxy, separated by commas."),
            Setting("NO_PROXY", "As `no_proxy`."),
            Setting("SSL_CERT_FILE", "The file with the certificates to trust."),
            Setting("SSL_CERT_DIR", "A directory with certificates to trust."),
            Setting("PIP_CERT", "As `SSL_CERT_FILE`, for package indexes; takes precedence over it."),
            Setting("REQUESTS_CA_BUNDLE", "As `SSL_CERT_FILE`, for package indexes, if that is not set."),
            Setting("CURL_CA_BUNDLE", "As `REQUESTS_CA_BUNDLE`, if that is not set."),
            Setting(
                "UV_HTTP_TIMEOUT",
                default: "15 seconds",
                "How long a server may send nothing, in seconds. `UV_REQUEST_TIMEOUT`, `HTTP_TIMEOUT` and pip's `timeout`"
                    + " are read if it is not set."
            ),
            Setting("UV_REQUEST_TIMEOUT", "As `UV_HTTP_TIMEOUT`."),
            Setting("HTTP_TIMEOUT", "As `UV_HTTP_TIMEOUT`."),
            Setting("PIP_TIMEOUT", "As `UV_HTTP_TIMEOUT`."),
            Setting("PIP_DEFAULT_TIMEOUT", "As `UV_HTTP_TIMEOUT`."),
            Setting("UV_HTTP_RETRIES", default: "2", "How often a request is tried again."),
            Setting("PIP_RETRIES", "As `UV_HTTP_RETRIES`, if that is not set."),
        ]
    )

    private static let aws = SettingSection(
        title: "Environment variables: AWS",
        introduction: "[Credentials](credentials.md) shows which one takes precedence.",
        settings: [
            Setting("AWS_ACCESS_KEY_ID", "The access key, which needs `AWS_SECRET_ACCESS_KEY` too."),
            Setting("AWS_SECRET_ACCESS_KEY", "The secret of the access key."),
            Setting("AWS_SESSION_TOKEN", "The token of temporary credentials."),
            Setting("AWS_SECURITY_TOKEN", "An older name of `AWS_SESSION_TOKEN`."),
            Setting("AWS_DEFAULT_PROFILE", "The profile; takes precedence over `AWS_PROFILE`."),
            Setting("AWS_PROFILE", default: "`default`", "The profile."),
            Setting("AWS_<STAGE>_PROFILE", "The profile of a stage."),
            Setting("AWS_<STAGE>_ACCESS_KEY_ID", "The access key of a stage; likewise its secret and its token."),
            Setting("AWS_CONFIG_FILE", default: "`~/.aws/config`", "The file with profiles."),
            Setting("AWS_SHARED_CREDENTIALS_FILE", default: "`~/.aws/credentials`", "The file with access keys."),
            Setting("AWS_WEB_IDENTITY_TOKEN_FILE", "The file with the token of an identity provider."),
            Setting("AWS_ROLE_ARN", "The role that the token of an identity provider gives access to."),
            Setting("AWS_ROLE_SESSION_NAME", "The name of the session of that role."),
            Setting("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "The path of the credentials of a container in ECS."),
            Setting("AWS_CONTAINER_CREDENTIALS_FULL_URI", "The address of the credentials of a container."),
            Setting("AWS_CONTAINER_AUTHORIZATION_TOKEN", "The token for that address."),
            Setting("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "The file with the token for that address."),
            Setting("AWS_EC2_METADATA_DISABLED", "`true` turns the credentials of an EC2 instance off."),
            Setting("AWS_EC2_METADATA_V1_DISABLED", "`true` requires the second version of instance metadata."),
            Setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "The address of instance metadata."),
            Setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "`IPv6` contacts instance metadata with IPv6."),
            Setting("AWS_METADATA_SERVICE_TIMEOUT", default: "1", "The time limit for instance metadata in seconds."),
            Setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS", default: "1", "How often instance metadata is requested."),
            Setting("AWS_ENDPOINT_URL", "The server to call instead of AWS."),
            Setting("AWS_ENDPOINT_URL_<SERVICE>", "The server to call for one service, such as `S3`."),
            Setting("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "`true` ignores these variables and settings."),
            Setting("AWS_USE_FIPS_ENDPOINT", "`true` calls endpoints with validated cryptography."),
            Setting("AWS_USE_DUALSTACK_ENDPOINT", "`true` calls endpoints with IPv6 addresses."),
            Setting(
                "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
                "`regional` calls the endpoint of the region in `us-east-1` too."
            ),
            Setting("AWS_STS_REGIONAL_ENDPOINTS", "`legacy` calls the global endpoint of STS."),
            Setting("AWS_CA_BUNDLE", "The file with the certificates to trust for AWS."),
            Setting("AWS_MAX_ATTEMPTS", default: "3", "How often a call is sent at most."),
            Setting(
                "AWS_CLIENT_TIMEOUT",
                default: "60000",
                "The milliseconds without a sent or received byte after which a call is sent again."
            ),
        ]
    )

    private static let tools = SettingSection(
        title: "Environment variables: programs",
        introduction: "",
        settings: [
            Setting(
                "FUROSHIKI_UV",
                default: "`uv` on `PATH`, or a downloaded one",
                "The uv program to run."
            ),
            Setting(
                "FUROSHIKI_CONTAINER_CLI",
                default: "the first of `docker`, `podman`, `finch` and `nerdctl` on `PATH`",
                "The program that starts containers."
            ),
            Setting("SSH_AUTH_SOCK", "The socket of the SSH agent, for `dockerSsh`."),
            Setting("UV_CACHE_DIR", default: "`uv` in the cache", "The cache of uv."),
            Setting(
                "UV_PYTHON_DOWNLOADS",
                default: "`never` if a Python is installed",
                "Whether uv may download Python interpreters for builds."
            ),
            Setting(
                "PYENV_ROOT",
                default: "`~/.pyenv`",
                "The directory of pyenv, whose interpreters can build wheels."
            ),
            Setting("GIT_CONFIG_COUNT", "Configuration for git that is passed in variables is kept."),
            Setting("NODE_PATH", "Directories with modules for Node.js functions that `invoke local` runs."),
        ]
    )
}
