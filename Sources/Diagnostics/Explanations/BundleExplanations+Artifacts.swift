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
            The names of two files differ only in case. Lambda keeps both, but file systems on macOS and Windows
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
            'slim' removes the metadata of distributions, which the code in the artifact may read at run time: to
            find plugins by their entry points, or the version of a distribution. If an import or a plugin fails,
            set 'slimPatternsAppendDefaults' to false and list the files to remove in 'slimPatterns'.
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
            when it is invoked. Correct 'handler', or check whether 'package.patterns' exclude the file. Handlers
            that layers may contain, and definitions that can only be seen at run time, are not reported.
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
            .directUploadLimit,
            """
            Zip files over 50 MB can only be deployed through S3, which 'deploy' does. Only direct uploads, as in
            the console, are rejected.
            """,
            example: "orders.zip with 60 MB of compressed content"
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
