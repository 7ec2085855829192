import EditorSchema

extension SettingSection {
    /// The options in `custom.pythonRequirements`.
    static let requirementOptions = [source, content, archives, builds, caches]

    private static let source = SettingSection(
        title: "Where requirements come from",
        introduction: """
            Options in `custom.pythonRequirements`. [Python requirements](requirement-sources.md) describes the files.
            """,
        settings: [
            Setting(
                "fileName",
                default: "`requirements.txt`",
                "The requirements file, relative to the service or to the `module` of a function. A file that is set and"
                    + " exists takes precedence over all other sources of its directory. One that does not exist is a warning,"
                    + " or an error if functions would be packaged without any requirements."
            ),
            Setting(
                "usePipenv",
                .flag,
                default: "`true`",
                "Whether a `Pipfile.lock` or `Pipfile` is used. The lock file is read directly; Pipenv is not run."
            ),
            Setting(
                "usePoetry",
                .flag,
                default: "`true`",
                "Whether a `poetry.lock`, or the Poetry project in `pyproject.toml`, is used. Poetry is not run, hashes in"
                    + " the lock file are verified, and no file of yours is moved or overwritten."
            ),
            Setting(
                "requirePoetryLockFile",
                .flag,
                default: "`false`",
                "Makes a missing `poetry.lock` an error."
            ),
            Setting(
                "poetryWithGroups",
                .strings,
                default: "`[]`",
                "Dependency groups to install in addition to the project's own dependencies. Groups of PEP 735 and of"
                    + " `uv.lock` and `pylock.toml` count, too."
            ),
            Setting("poetryWithoutGroups", .strings, default: "`[]`", "Dependency groups to omit."),
            Setting(
                "poetryOnlyGroups",
                .strings,
                default: "`[]`",
                "The only dependency groups to install; `main` stands for the project's own dependencies."
            ),
            Setting(
                "pipCmdExtraArgs",
                .strings,
                default: "`[]`",
                "Options of pip, split as in a shell. Those about indexes, constraints, pre-releases, formats, hashes and"
                    + " dependencies have their effect; see [pipCmdExtraArgs](requirement-sources.md#pipcmdextraargs) for the"
                    + " others."
            ),
            Setting(
                "noDeploy",
                .strings,
                default: "`[]`",
                "Distributions to omit, even if others depend on them. Names are compared as pip does, without specifiers,"
                    + " extras and markers. The name of an installed file or directory omits that."
            ),
            Setting(
                "vendor",
                "A directory whose files are added to the requirements and replace installed files of the same path; can"
                    + " also be set on a function. It is read each time, never from a cache. Files of the service take"
                    + " precedence over it, with a warning."
            ),
        ]
    )

    private static let content = SettingSection(
        title: "What is installed",
        introduction: "Options in `custom.pythonRequirements`. Nothing in the cache is changed by them.",
        settings: [
            Setting(
                "slim",
                .flag,
                default: "`false`",
                "Omits `**/*.py[c|o]`, `**/__pycache__*` and `**/*.dist-info*`, and removes symbols from libraries."
            ),
            Setting("slimPatterns", .strings, default: "`[]`", "More patterns of installed files that `slim` omits."),
            Setting(
                "slimPatternsAppendDefaults",
                .flag,
                default: "`true`",
                "`false` omits only what `slimPatterns` match. Without `slimPatterns`, the default patterns are used anyway."
            ),
            Setting(
                "strip",
                .flag,
                default: "`true`",
                "`false` keeps the symbols of libraries under `slim`. A library that cannot be stripped safely is kept as"
                    + " it is."
            ),
            Setting(
                "compileBytecode",
                .flag,
                default: "`false`",
                "Adds bytecode of the installed modules, for faster cold starts. It needs a Python of the function's"
                    + " version on `PATH`. The plugin does not have this option."
            ),
        ]
    )

    private static let archives = SettingSection(
        title: "How requirements are packaged",
        introduction: "Options in `custom.pythonRequirements`.",
        settings: [
            Setting(
                "zip",
                .flag,
                default: "`false`",
                "Packs the requirements as `.requirements.zip` into the artifact, with the module `unzip_requirements`,"
                    + " which the handler has to import first. It unpacks the archive once for each instance, and never uses"
                    + " a partially unpacked one."
            ),
            Setting(
                "cleanupZipHelper",
                .flag,
                default: "`true`",
                "`false` leaves a copy of `unzip_requirements.py` beside the code."
            ),
            Setting(
                "layer",
                .flagOrMapping,
                default: "`false`",
                "`true`, or the properties of a layer: puts the requirements into a layer instead of the functions. With"
                    + " several runtimes or architectures there is one layer for each, and"
                    + " a `Ref` to `PythonRequirementsLambdaLayer` in a function refers to the layer for its target. It is an"
                    + " error if a `module` has its own requirements, or if the service has none."
            ),
        ]
    )

    private static let builds = SettingSection(
        title: "Building what has no wheel",
        introduction: """
            Options in `custom.pythonRequirements`. Wheels are chosen for the runtime and architecture of each function,
            so packages that have wheels need no container on any machine. [Cross-building](cross-building.md) explains
            what happens with the others.
            """,
        settings: [
            Setting(
                "pythonBin",
                default: "a Python of the function's version",
                "The interpreter that builds source distributions, as a name on `PATH` or a path relative to the service."
            ),
            Setting(
                "dockerizePip",
                .container,
                "What has no wheel is built in a container of the build image of the function's runtime and architecture"
                    + " (`true`), or on this machine (`false`). If the option is not set, it is built on this machine and,"
                    + " if that fails or the result would not load on the target, in a container. `non-linux` means"
                    + " `true` except on Linux, where the option counts as not set."
            ),
            Setting(
                "dockerImage",
                .stringOrMapping,
                "An image, or a mapping from runtimes to images. A published build image for Lambda says no more than the"
                    + " runtime does, but must have its Python version. With any other image, its pip resolves and installs"
                    + " all requirements."
            ),
            Setting(
                "dockerFile",
                "A Dockerfile from which the image is built once for the same content, relative to the service. The pip of"
                    + " the image resolves and installs all requirements. Not together with `dockerImage`."
            ),
            Setting(
                "dockerExtraFiles",
                .strings,
                default: "`[]`",
                "Absolute paths of files in the image that are copied to the root of the requirements."
            ),
            Setting(
                "bundleSystemLibraries",
                .flag,
                default: "`false`",
                "Whether libraries that Lambda does not have are copied from the image to a directory `lib` beside the module"
                    + " that needs them. An option of Furoshiki."
            ),
            Setting("dockerBuildCmdExtraArgs", .strings, default: "`[]`", "Further arguments of `docker build`."),
            Setting("dockerRunCmdExtraArgs", .strings, default: "`[]`", "Further arguments of `docker run`."),
            Setting(
                "dockerSsh",
                .flag,
                default: "`false`",
                "Whether the SSH key, the known hosts and the SSH agent are mounted in containers."
            ),
            Setting("dockerPrivateKey", default: "`~/.ssh/id_rsa`", "The SSH key for `dockerSsh`."),
            Setting(
                "dockerEnv",
                .stringsOrMapping,
                default: "`[]`",
                "Environment variables of containers: a list of `NAME` and `NAME=value`, or a mapping. Values do not appear"
                    + " in command lines."
            ),
            Setting(
                "dockerRootless",
                .flag,
                default: "`false`",
                "Accepted; containers give no file to another user, so that engines without root need no setting."
            ),
            Setting(
                "installFolderAsPackage",
                .flag,
                default: "`false`",
                "An option of later versions of the plugin; accepted without effect."
            ),
        ]
    )

    private static let caches = SettingSection(
        title: "Caches",
        introduction: """
            Options in `custom.pythonRequirements`. [Wheels](wheels.md#the-cache) describes the cache. Its entries are
            keyed by everything that they depend on, so no option is needed to keep it correct.
            """,
        settings: [
            Setting(
                "useStaticCache",
                .flag,
                default: "`true`",
                "`false` resolves requirements in each run."
            ),
            Setting("useDownloadCache", .flag, default: "`true`", "`false` downloads all wheels in each run."),
            Setting(
                "cacheLocation",
                default: "the user's cache directory",
                "A directory, relative to the service, in which the subdirectory `furoshiki` is the cache."
            ),
            Setting(
                "staticCacheMaxVersions",
                .count,
                default: "`0`",
                "How many resolutions are kept, the newest ones; `0` keeps all."
            ),
            Setting("invalidateCaches", .flag, default: "`false`", "Empties the caches after packaging."),
        ]
    )
}
