extension DiagnosticExplanation {
    /// Explanations of diagnostics about the content of artifacts and their inspection.
    static let bundleArtifacts: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .fileConflict,
            """
            Two sources contain a file with the same path but different content. The artifact contains the file of
            the one that the message names first. Often, two distributions ship the same test or license file, which
            is harmless. If it is a module, remove one of the distributions.
            """,
            example: "opencv-python and opencv-python-headless in requirements.txt: both contain cv2/__init__.py"
        ),
        DiagnosticExplanation(
            .caseCollision,
            """
            The names of two files or directories differ only in case. Lambda keeps both, but file systems on macOS and Windows
            cannot, so that the service may behave differently there. Rename one of them.
            """,
            example: "config.py in the service, and Config.py in the vendor directory"
        ),
        DiagnosticExplanation(
            .invalidWheel,
            """
            The file has the name of a wheel, but not its content: every wheel has one .dist-info directory with the
            files WHEEL and RECORD (PEP 427), and its symbolic links lead to files in the wheel. Build the wheel
            again, or use another version.
            """,
            example: "a zip file that was renamed to alpha-1.0-py3-none-any.whl"
        ),
        DiagnosticExplanation(
            .recordMismatch,
            """
            The file RECORD of a wheel has the hash of each file. One of them does not match, so that the wheel was
            changed after it was built. Download the wheel again, or use another version.
            """,
            example: "a wheel in which a module was edited without updating RECORD"
        ),
        DiagnosticExplanation(
            .fileNotInRecord,
            """
            The wheel contains files whose hashes are not in its RECORD, so that they could not be verified. The
            wheel as a whole matches its hash if the requirements have one. Report it to the maintainers of the
            distribution.
            """,
            example: "a wheel to which a build script added files after RECORD was written"
        ),
        DiagnosticExplanation(
            .slimRemovesMetadata,
            """
            'slim' removes the metadata of distributions, but code in the artifact reads it at run time: a module reads
            the version of a distribution when it is imported, without handling that it is missing, or code finds
            plugins by their entry points. Set 'slimPatternsAppendDefaults' to false, and list the files to remove in
            'slimPatterns'.
            """,
            example: """
                custom:
                  pythonRequirements:
                    slim: true   # a requirement calls importlib.metadata.version("itself")
                """
        ),
        DiagnosticExplanation(
            .invalidHandler,
            """
            The handler does not have the form that the runtime expects, such as 'module.function' for Python. The
            function would fail when it is invoked.
            """,
            example: """
                functions:
                  order:
                    handler: orders   # orders.take
                """
        ),
        DiagnosticExplanation(
            .handlerNotFound,
            """
            The file of the handler is not in the artifact, or does not define the function. The function would fail
            when it is invoked. Correct 'handler', or check whether 'package.patterns' exclude the file, and whether
            the code has to be built before packaging, as TypeScript has. Handlers that layers may contain, and
            definitions that can only be seen at run time, are not reported. A missing file is an error, unless a
            plugin that is not run may add it, or 'module' has no effect because the function is not packaged
            individually. A missing definition, and a missing executable of a compiled language, is a warning.
            """,
            example: """
                functions:
                  order:
                    handler: orders.take   # orders.py defines 'handle'
                """
        ),
        DiagnosticExplanation(
            .incompatibleLibrary,
            """
            A native library in the artifact is built for another processor, a newer version of the C library or
            another version of Python than the function has. Choose a version of the distribution that has a wheel
            for the target, or another runtime or architecture. It is an error for modules that Python imports, and
            a warning for other files.
            """,
            example: """
                functions:
                  order:
                    architecture: arm64   # the vendor directory has a library for x86_64
                """
        ),
        DiagnosticExplanation(
            .missingLibrary,
            """
            A native library in the artifact is linked to another library that is neither in the artifact nor in the
            image of the runtime, or is in a directory of the artifact where the loader does not look. Importing the
            module would fail. Use a version or a distribution whose wheel contains the library, or add the library to
            the directory 'lib' of the service or of a layer, which is in LD_LIBRARY_PATH. It is an error for wheels
            that were built on this system, and a warning for others, which may work without it.
            """,
            example: "psycopg2 built from source needs libpq.so.5; psycopg2-binary contains it"
        ),
        DiagnosticExplanation(
            .foreignLibraryPath,
            """
            A library that was built on this system, in a wheel or in the code of the service, has the path of a
            directory of this system, in which the loader is to look for other libraries (RUNPATH). Lambda does not have
            the directory. The build got the path from its own settings, or from environment variables such as LDFLAGS.
            Wheels of an index are not checked for such paths, only for the libraries that they need.
            """,
            example: "LDFLAGS=-Wl,-rpath,/home/me/lib when a distribution is built from source"
        ),
        DiagnosticExplanation(
            .strayFiles,
            """
            The artifact contains files that are rarely meant for it: '.env' files and private keys, which may be
            secret, virtual environments, and caches of Python. Serverless includes them, too, unless
            'package.patterns' exclude them. If a file is needed, ignore the warning.
            """,
            example: """
                package:
                  patterns: ['!.env', '!.venv/**', '!**/__pycache__/**']
                """
        ),
        DiagnosticExplanation(
            .dependenciesNotInstalled,
            """
            The code of a function in Node.js imports packages that 'package.json' requires, but the directory
            'node_modules' does not exist, so that the artifact lacks them and the function fails when it starts.
            Furoshiki packages 'node_modules' as it is, and does not install it.
            """,
            example: "a fresh clone that is packaged before 'npm install'"
        ),
        DiagnosticExplanation(
            .invalidPackageArtifact,
            """
            The file that 'package.artifact' names is not a zip archive, or is damaged, so that Lambda would reject it.
            Create it again, or correct the path.
            """,
            example: """
                package:
                  artifact: build/orders.tar.gz
                """
        ),
        DiagnosticExplanation(
            .artifactTooLarge,
            """
            Lambda rejects functions and layers of more than 250 MB unzipped. The notes list the largest
            distributions. Omit what is not needed at run time with 'slim', 'noDeploy' and 'package.patterns', give
            functions their own requirements, compress the requirements with 'zip: true', or deploy the function as
            a container image.
            """,
            example: "pandas, scipy and scikit-learn in requirements.txt of one function"
        ),
    ]
}
