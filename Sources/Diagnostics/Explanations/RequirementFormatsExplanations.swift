extension DiagnosticExplanation {
    /// Explanations of diagnostics about runtimes, requirement files and lock files.
    static let requirementFormats = requirementFiles + pipOptions + lockFiles

    private static let requirementFiles: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unknownRuntime,
            """
            Lambda does not have a runtime with this name. The notes list the known runtimes, with the most similar
            names first. Correct 'runtime' on the function, or 'provider.runtime', which applies to all functions that
            do not set their own.
            """,
            example: """
                provider:
                  name: aws
                  runtime: phyton3.12
                """
        ),
        DiagnosticExplanation(
            .fileNameNotFound,
            """
            The option 'fileName' names a requirements file that is neither in the directory of the service nor in the
            directory of a module. Correct the path, which is relative to these directories, or create the file.
            """,
            example: """
                custom:
                  pythonRequirements:
                    fileName: requirements/prod.txt   # the directory has only production.txt
                """
        ),
        DiagnosticExplanation(
            .dynamicDependencies,
            """
            The project leaves its dependencies to its build backend ('dynamic' in pyproject.toml). Furoshiki reads the
            files that setuptools is configured with, but does not run other backends, so that the dependencies are
            missing from the artifact. List the dependencies in 'project.dependencies', in requirements.txt, or in a
            lock file.
            """,
            example: """
                [project]
                name = "orders"
                dynamic = ["dependencies"]
                """
        ),
        DiagnosticExplanation(
            .symlinkAsText,
            """
            The requirements file contains only a relative path: git wrote a symbolic link as a text file, as it does on
            systems without symbolic links. The file that the path names is read instead.
            """,
            example: "../shared/requirements.txt"
        ),
        DiagnosticExplanation(
            .missingEnvironmentVariable,
            """
            A requirement source refers to an environment variable with '${NAME}', as for the token of a private index,
            but the variable is not set or empty. Set it before you run the command.
            """,
            example:
                "--extra-index-url https://aws:${CODEARTIFACT_TOKEN}@shop.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/simple/"
        ),
        DiagnosticExplanation(
            .invalidTOML,
            """
            The file does not follow the syntax of TOML. The message has the reason, and the place where parsing
            stopped.
            """,
            example: """
                [project
                name = "orders"
                """
        ),
        DiagnosticExplanation(
            .invalidTOMLValue,
            """
            A value in a project or lock file is missing or has the wrong type. Correct it in a file that you edit. If
            the file is a lock, create it again with its tool.
            """,
            example: """
                [project]
                dependencies = "requests"   # must be an array: ["requests"]
                """
        ),
        DiagnosticExplanation(
            .invalidRequirement,
            """
            A requirement, or the name, version, version constraint or marker in it, does not follow the standards for
            Python packages. The message shows what was found and what is expected.
            """,
            example: "requests=2.32.3   # an exact version needs '=='"
        ),
        DiagnosticExplanation(
            .invalidHash,
            """
            A hash consists of the algorithm 'sha256', 'sha384' or 'sha512', a colon, and the digest in hexadecimal
            digits. Other algorithms are not accepted, as in pip. Copy the hash again, or create the file again with
            the tool that wrote it.
            """,
            example: "six==1.16.0 --hash=md5:f09927656a15eb4b1c2f7a5c6a0a7c2d"
        ),
        DiagnosticExplanation(
            .unreadableRequirements,
            """
            A requirements, project or lock file exists but cannot be read. The message has the reason of the operating
            system, most often missing permissions.
            """,
            example: "chmod 000 requirements.txt"
        ),
        DiagnosticExplanation(
            .requirementsNotUTF8,
            """
            A requirements file must be encoded in UTF-8, or in UTF-16 with a byte order mark. Save the file as UTF-8.
            """,
            example: "iconv -f LATIN1 -t UTF-8 requirements.txt"
        ),
        DiagnosticExplanation(
            .missingRequirementsFile,
            """
            A requirements or constraints file that another file or an option refers to does not exist. Paths after
            '-r' and '-c' are relative to the file that contains them; paths in pipCmdExtraArgs and PIP_CONSTRAINT are
            relative to the directory of the service.
            """,
            example: "-r common/base.txt   # there is no directory 'common' next to this file"
        ),
        DiagnosticExplanation(
            .remoteRequirementsFile,
            """
            Requirements files can only include local files, so that the same service always has the same
            requirements. Copy the file into the service, and include the copy.
            """,
            example: "-c https://example.com/constraints.txt"
        ),
        DiagnosticExplanation(
            .circularInclude,
            """
            A requirements file or a dependency group includes itself, directly or through others. Remove one of the
            includes.
            """,
            example: """
                [dependency-groups]
                test = [{ include-group = "dev" }]
                dev = [{ include-group = "test" }]
                """
        ),
        DiagnosticExplanation(
            .missingLocalDistribution,
            """
            A requirement refers to a local project, archive or wheel that does not exist. In a requirements file, the
            path is relative to the directory of the service or to the directory of the file; in a project or lock
            file, to the directory of that file. Restore the file, or correct the path. If the path is in a lock,
            update the lock.
            """,
            example: "./libs/shared   # the directory 'libs' was moved"
        ),
        DiagnosticExplanation(
            .missingRequirementHash,
            """
            Hashes are required for all requirements if one requirement has a hash, or with --require-hashes, as in
            pip. Add a hash to each requirement, or remove all hashes. 'pip-compile --generate-hashes' and 'uv pip
            compile --generate-hashes' write files in which every requirement has hashes.
            """,
            example: """
                six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254
                requests==2.32.3
                """
        ),
        DiagnosticExplanation(
            .hashWithoutExactVersion,
            """
            A requirement with a hash must have an exact version, because the hash belongs to one file. Write '=='
            and the version.
            """,
            example: "six>=1.16 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254"
        ),
        DiagnosticExplanation(
            .unknownDependencyGroup,
            """
            An option of 'custom.pythonRequirements', or a group of the project, refers to a dependency group that the
            project does not have. Groups are defined in [dependency-groups] or [tool.poetry.group].
            """,
            example: """
                custom:
                  pythonRequirements:
                    poetryWithGroups: [reprots]
                """
        ),
        DiagnosticExplanation(
            .unknownExtra,
            """
            The project requires an extra of itself that it does not define. Add the extra to
            [project.optional-dependencies], or correct its name.
            """,
            example: """
                [project]
                name = "orders"
                dependencies = ["orders[pdf]"]
                """
        ),
        DiagnosticExplanation(
            .unknownIndex,
            """
            A source in [tool.uv.sources] refers to an index that [[tool.uv.index]] does not define. Add the index with
            its name and URL, or correct the name.
            """,
            example: """
                [tool.uv.sources]
                orders-client = { index = "internal" }
                """
        ),
        DiagnosticExplanation(
            .unsupportedPythonVersion,
            """
            The project, its lock, or a locked distribution does not support the Python version of the function's
            runtime. Set another 'runtime', or extend the supported versions and lock again.
            """,
            example: """
                [project]
                requires-python = ">=3.13"   # but the function has runtime: python3.12
                """
        ),
    ]
}
