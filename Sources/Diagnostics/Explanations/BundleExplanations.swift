extension DiagnosticExplanation {
    /// Explanations of diagnostics about packaging.
    static let bundle = bundlePlan + bundleArtifacts

    /// Explanations of diagnostics about runtimes, packaging options and the files that artifacts consist of.
    static let bundlePlan: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unknownArchitecture,
            """
            Lambda runs functions on x86_64, the default, and arm64. Correct 'architecture' on the function or the
            provider.
            """,
            example: """
                functions:
                  order:
                    handler: orders.take
                    architecture: amd64   # x86_64
                """
        ),
        DiagnosticExplanation(
            .deprecatedRuntime,
            """
            Lambda no longer creates functions with this runtime. The service is packaged, but its deployment may
            fail. Change 'runtime' to a current version of the language.
            """,
            example: """
                provider:
                  name: aws
                  runtime: python3.7
                """
        ),
        DiagnosticExplanation(
            .unlistedRuntime,
            """
            The runtime is newer than this version of Furoshiki: it is one of the next two versions of its language.
            Wheels are chosen as if it ran on the same system as the newest runtime that Furoshiki knows. Update
            Furoshiki if a wheel does not load.
            """,
            example: """
                provider:
                  name: aws
                  runtime: python3.15
                """
        ),
        DiagnosticExplanation(
            .imagePythonMismatch,
            """
            The image of 'dockerImage' or 'dockerFile' has another version of Python than the runtime of a function, so
            that wheels that are built in it would not work. Remove the option, or set 'dockerImage' to a mapping from
            runtime to image.
            """,
            example: """
                provider:
                  runtime: python3.12
                custom:
                  pythonRequirements:
                    dockerizePip: true
                    dockerImage: public.ecr.aws/sam/build-python3.9
                """
        ),
        DiagnosticExplanation(
            .bytecodeNotCompiled,
            """
            'compileBytecode' needs an interpreter of the same Python version as the function, as the format of
            bytecode changes between versions. The artifact is complete and works without bytecode, but starts more
            slowly. Install the interpreter, or remove the option.
            """,
            example: """
                custom:
                  pythonRequirements:
                    compileBytecode: true   # python3.12 is not on PATH
                """
        ),
        DiagnosticExplanation(
            .missingVendorDirectory,
            """
            The option 'vendor' names a directory whose files are added to the requirements, but there is no such
            directory. The path is relative to the directory of the service.
            """,
            example: """
                custom:
                  pythonRequirements:
                    vendor: ./libraries   # the directory is called 'vendor'
                """
        ),
        DiagnosticExplanation(
            .packagedCredentials,
            """
            A requirements file or lock file contains a password or token in an address, and is one of the files in an
            artifact. Everyone who can download the function's code can read it. Exclude the file, or write an
            environment variable in place of the credentials.
            """,
            example: """
                --index-url https://user:password@pypi.example/simple   # write https://${INDEX_LOGIN}@pypi.example/simple
                """
        ),
        DiagnosticExplanation(
            .missingModuleDirectory,
            """
            The 'module' of a function that is packaged individually is the directory with its code, relative to the
            directory of the service. There is no such directory. Correct the path, or make the directory before
            packaging: plugins and hooks that generate code are not run.
            """,
            example: """
                functions:
                  orders:
                    handler: order.handler
                    module: function/orders   # the directory is called 'functions/orders'
                """
        ),
        DiagnosticExplanation(
            .missingLayerDirectory,
            """
            The 'path' of a layer names the directory with its content, relative to the directory of the service.
            Create the directory, or correct the path.
            """,
            example: """
                layers:
                  fonts:
                    path: layers/font   # the directory is called 'layers/fonts'
                """
        ),
        DiagnosticExplanation(
            .emptyRequirementLayer,
            """
            'layer' packages the requirements of the service in a layer. There are no requirements, or no function
            runs Python. Create a requirements file, or remove the option.
            """,
            example: """
                custom:
                  pythonRequirements:
                    layer: true   # without requirements.txt
                """
        ),
        DiagnosticExplanation(
            .layerWithModuleRequirements,
            """
            The layer of requirements is used by all functions, so that it can only contain the requirements of the
            service. Move the requirements of modules to those of the service, or remove 'layer' to package each
            function with its own requirements.
            """,
            example: """
                custom:
                  pythonRequirements:
                    layer: true
                functions:
                  order:
                    module: orders   # has the file orders/requirements.txt
                """
        ),
        DiagnosticExplanation(
            .noArtifactToShare,
            """
            'package.disable' packages nothing for a function, which then uses the artifact that the other functions
            share. Here, no other function has such an artifact. Name a zip file with 'package.artifact', or remove
            'package.disable'.
            """,
            example: """
                functions:
                  order:
                    handler: orders.take
                    package:
                      disable: true
                """
        ),
        DiagnosticExplanation(
            .functionNamedLikeService,
            """
            A function that is packaged individually has the same name as the service, so that both zip files would
            have the same name. As in Serverless v3, the function uses the zip file of the service. Rename the
            function to package it individually.
            """,
            example: """
                service: shop
                package:
                  individually: true
                functions:
                  shop:
                    handler: shop.main
                """
        ),
        DiagnosticExplanation(
            .remotePackageArtifact,
            """
            'package.artifact' names a file in S3. Downloading it is not implemented yet. Download the file before
            packaging, and set 'package.artifact' to its path.
            """,
            example: """
                package:
                  artifact: s3://my-bucket/shop.zip
                """
        ),
        DiagnosticExplanation(
            .missingPackageArtifact,
            """
            'package.artifact' names a zip file to deploy instead of packaging the service, but there is no such
            file. The path is relative to the directory of the service. Create the file before packaging.
            """,
            example: """
                package:
                  artifact: build/shop.zip
                """
        ),
        DiagnosticExplanation(
            .patternBelowFile,
            """
            A pattern of 'package.patterns' searches below a path that is a file, not a directory, for which
            Serverless v3 fails as well. Remove the slash and what follows it.
            """,
            example: """
                package:
                  patterns:
                    - handler.py/**
                """
        ),
        DiagnosticExplanation(
            .emptyArtifact,
            """
            No file is selected, so that the zip file would be empty, which Lambda rejects. A pattern includes a
            directory that does not exist, for example because the code was not built, or later patterns exclude
            what earlier ones include: exclude everything first, and then include what the functions need.
            """,
            example: """
                package:
                  patterns:
                    - src/**
                    - '!**'   # excludes src again; list it first
                """
        ),
        DiagnosticExplanation(
            .pathOutsidePackage,
            """
            The name of a service, a function, a layer or a module leads out of the output directory, so that a zip file
            would be written elsewhere and could replace another file. Use a name without '/' and '..'. The validation
            mode makes no difference.
            """,
            example: "service: ../../shared"
        ),
        DiagnosticExplanation(
            .outputDirectoryIsLink,
            """
            '.serverless' is a symbolic link. Furoshiki removes zip files from this directory that the service no longer
            uses, and the target of the link may contain others. Remove the link. To write to another directory, name it
            with '--package' or 'package.path'; nothing is removed there.
            """,
            example: "ln -s ../build .serverless"
        ),
        DiagnosticExplanation(
            .invalidFileName,
            """
            Zip files cannot contain this name safely, for example because it contains a backslash or is not valid
            UTF-8. Rename the file, or exclude it with 'package.patterns'.
            """,
            example: "'a\\b.py' contains a backslash"
        ),
    ]
}
