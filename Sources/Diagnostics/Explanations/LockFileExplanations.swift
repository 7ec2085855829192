extension DiagnosticExplanation {
    /// Explanations of diagnostics about lock files and the projects that they belong to.
    static let lockFiles: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingProjectFile,
            """
            There is a poetry.lock without a pyproject.toml in the same directory. The project file has the dependencies
            to install from the lock. Restore it, or remove the lock.
            """,
            example: "rm pyproject.toml   # but poetry.lock still exists"
        ),
        DiagnosticExplanation(
            .missingLockFile,
            """
            The project of Poetry or Pipenv has no lock file. The latest versions that it allows are resolved, so that
            two deployments can have different versions. Create the lock, and commit it with the service. With
            'requirePoetryLockFile: true', a missing poetry.lock is an error.
            """,
            example: """
                custom:
                  pythonRequirements:
                    requirePoetryLockFile: true
                """
        ),
        DiagnosticExplanation(
            .invalidLockFile,
            """
            The lock file does not follow its format. It may be damaged, for example by a merge conflict. Create it
            again with the tool that wrote it.
            """,
            example: """
                {
                <<<<<<< HEAD
                    "default": {
                """
        ),
        DiagnosticExplanation(
            .unsupportedLockFormat,
            """
            The lock file has a version of its format that this version of Furoshiki does not support. Update Furoshiki,
            or create the lock with a version of the tool that writes a supported format.
            """,
            example: """
                [metadata]
                lock-version = "3.0"
                """
        ),
        DiagnosticExplanation(
            .unsupportedSourceFormat,
            """
            The option 'fileName' names a file in the format of another tool. Files in pip's format, and the project and
            lock files of Pipenv, Poetry and uv are supported. Export the dependencies to a requirements file.
            """,
            example: """
                custom:
                  pythonRequirements:
                    fileName: pdm.lock   # run: pdm export -o requirements.txt
                """
        ),
        DiagnosticExplanation(
            .outdatedLock,
            """
            The project file has changed since the lock was created, so that the lock does not have the dependencies
            that the project requires now. Update the lock: 'poetry lock', 'uv lock' or 'pipenv lock'.
            """,
            example: "poetry.lock was created before 'requests' was added to pyproject.toml"
        ),
        DiagnosticExplanation(
            .incompleteLock,
            """
            A locked distribution depends on another one that the lock does not have for the function's runtime and
            architecture. Update the lock with the tool that wrote it.
            """,
            example: """
                [[package]]
                name = "requests"
                [package.dependencies]
                urllib3 = ">=2"   # there is no entry for urllib3
                """
        ),
        DiagnosticExplanation(
            .ambiguousLock,
            """
            The lock has several versions of a distribution, and the markers of more than one are true for the
            function's runtime and architecture. Update the lock, so that one entry applies to each Python version.
            """,
            example: """
                [[packages]]
                name = "numpy"
                version = "1.26.4"
                [[packages]]
                name = "numpy"
                version = "2.0.0"
                """
        ),
        DiagnosticExplanation(
            .unsupportedEnvironment,
            """
            The lock was created only for environments, such as Windows or another architecture, that do not include the
            one in which the function runs. Add Linux and the function's architecture to the environments, and lock
            again.
            """,
            example: """
                lock-version = "1.0"
                environments = ["sys_platform == 'win32'"]
                """
        ),
        DiagnosticExplanation(
            .noCompatibleFile,
            """
            A distribution has no wheel that works on the function's runtime and architecture, and no source
            distribution to build one from, or options such as --only-binary exclude it. Select a version that has one,
            or another runtime or architecture.
            """,
            example: """
                functions:
                  resize:
                    architecture: arm64   # but the locked version has wheels only for x86_64
                """
        ),
        DiagnosticExplanation(
            .unsupportedConstraint,
            """
            The project has no lock, and a dependency has alternative version ranges ('||'), which cannot be written as
            one requirement. Create a lock, or write the dependency several times with different markers.
            """,
            example: """
                [tool.poetry.dependencies]
                requests = "^1.2 || ^2.1"
                """
        ),
        DiagnosticExplanation(
            .unsupportedSource,
            """
            The lock refers to a kind of source that this version of Furoshiki does not know. Known sources are indexes,
            archives at an address, git repositories, and local files and directories.
            """,
            example: """
                [package.source]
                type = "mercurial"
                url = "https://example.com/orders"
                """
        ),
        DiagnosticExplanation(
            .workspaceMemberNotLocked,
            """
            A dependency is a member of the workspace ('workspace = true'), but there is no uv.lock that has the
            directory of the member. Run 'uv lock' in the workspace.
            """,
            example: """
                [tool.uv.sources]
                orders-core = { workspace = true }
                """
        ),
    ]
}
