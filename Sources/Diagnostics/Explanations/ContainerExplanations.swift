extension DiagnosticExplanation {
    /// Explanations of diagnostics about container engines, images, and builds in containers.
    static let containers = engines + images + builds

    private static let engines: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .containerProgramMissing,
            """
            A wheel or an image has to be built in a container, but no program that starts one is installed. Install Docker,
            Podman, Finch or nerdctl. FUROSHIKI_CONTAINER_CLI selects one of several, or one that is not on PATH.
            Distributions that have wheels for the runtime of their function need no container.
            """,
            example: """
                custom:
                  pythonRequirements:
                    dockerizePip: true   # and a requirement that only has a source distribution
                """
        ),
        DiagnosticExplanation(
            .engineNotRunning,
            """
            The program of the container engine is installed, but nothing answers at the address that it contacts. Start
            the engine. The address comes from DOCKER_HOST, or from the current context of the program.
            """,
            example: "sudo systemctl stop docker docker.socket; furoshiki package"
        ),
        DiagnosticExplanation(
            .engineAccessDenied,
            """
            The user may not open the socket of the container engine. On Linux, the members of the group 'docker' may,
            after they have logged in again. Podman and Docker also run without root.
            """,
            example: "Cannot connect: permission denied on /var/run/docker.sock"
        ),
        DiagnosticExplanation(
            .engineDiskFull,
            """
            The disk of the container engine is full. With Docker Desktop, it is the disk of the virtual machine. Remove
            images and containers that are not needed anymore.
            """,
            example: "docker system df   # shows what uses the space"
        ),
    ]

    private static let images: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .imageNotFound,
            """
            The registry has no image with this name and tag. By default, it is the build image of the runtime of the
            function that the notes name. There is a build image for each runtime of Python since python3.8; for a newer
            runtime, it may not be published yet.
            """,
            example: """
                custom:
                  pythonRequirements:
                    dockerizePip: true
                    dockerImage: public.ecr.aws/sam/build-python3.12:latset
                """
        ),
        DiagnosticExplanation(
            .imagePullDenied,
            """
            The registry does not let the user of the engine pull the image. Log in, or correct the name: registries
            often give the same answer for images that do not exist. A login to public.ecr.aws that has expired also has
            this effect, and 'docker logout public.ecr.aws' solves it.
            """,
            example: "dockerImage: registry.example.com/team/build-python:3.12"
        ),
        DiagnosticExplanation(
            .imagePullFailed,
            """
            The engine cannot contact the registry. It uses its own settings for proxies and certificates, not those of
            this command. An image that the engine already has is not pulled.
            """,
            example: "docker pull public.ecr.aws/sam/build-python3.12:latest-x86_64"
        ),
        DiagnosticExplanation(
            .foreignImageArchitecture,
            """
            The image is for another architecture than the system of the engine, and the engine cannot emulate it. Docker
            Desktop and Finch contain emulation. On Linux, it is installed with binfmt. It also helps to run the command
            on a system of this architecture, or to require versions that have a wheel, which need no container.
            """,
            example: """
                provider:
                  runtime: python3.12
                  architecture: arm64   # on an x86_64 system without binfmt
                """
        ),
        DiagnosticExplanation(
            .unusableImage,
            """
            The image cannot build wheels: it needs sh, tar, and a Python with pip.
            """,
            example: """
                custom:
                  pythonRequirements:
                    dockerizePip: true
                    dockerImage: public.ecr.aws/amazonlinux/amazonlinux:2023   # has no pip
                """
        ),
        DiagnosticExplanation(
            .imageBuildFailed,
            """
            The build of an image from a Dockerfile failed. The output of the engine, which is shown below the error, has
            the reason.
            """,
            example: """
                custom:
                  pythonRequirements:
                    dockerizePip: true
                    dockerFile: ./Dockerfile
                """
        ),
        DiagnosticExplanation(
            .dockerfileNotFound,
            """
            The image of a function is built from a directory (`path`), which must have a Dockerfile. `file` names it if it is
            not called 'Dockerfile'; its path is relative to the directory.
            """,
            example: """
                provider:
                  ecr:
                    images:
                      worker: {path: ./worker, file: worker.Dockerfile}
                """
        ),
        DiagnosticExplanation(
            .imageArchitectureMismatch,
            """
            Lambda cannot run the image, because it is for another architecture than the function. Without 'platform', the
            image is built for the architecture of the functions that use it. An image cannot serve functions of both
            architectures: define it twice.
            """,
            example: """
                provider:
                  architecture: arm64
                  ecr:
                    images:
                      worker: {path: ./worker, platform: linux/amd64}
                """
        ),
        DiagnosticExplanation(
            .registryLoginFailed,
            """
            The container engine did not accept the token with which it logs in to the registry in ECR. Its credential helper
            may not work, or the engine cannot reach the registry. The output of the engine is shown below the error.
            """,
            example: "docker login --username AWS 123456789012.dkr.ecr.eu-west-1.amazonaws.com"
        ),
        DiagnosticExplanation(
            .imagePushFailed,
            """
            The image of a function was built, but could not be pushed to its repository in ECR. The output of the engine,
            which is shown below the error, has the reason.
            """,
            example: """
                provider:
                  ecr:
                    images:
                      worker: {path: ./worker}
                """
        ),
    ]

    private static let builds: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .containerFailed,
            """
            The container engine could not start a container, or the container ended before its work was done. The engine
            may have been stopped, or have too little memory. An option in 'dockerRunCmdExtraArgs' may not be valid.
            """,
            example: "dockerRunCmdExtraArgs: ['--network', 'no-such-network']"
        ),
        DiagnosticExplanation(
            .extraFileNotInImage,
            """
            'dockerExtraFiles' names a file that is not in the container. The paths are those in the image, and are
            absolute. Directories are not copied.
            """,
            example: "dockerExtraFiles: [/usr/lib64/libpq.so.6]   # it is libpq.so.5"
        ),
        DiagnosticExplanation(
            .missingSSHKey,
            """
            'dockerSsh' makes the SSH key and the known hosts of the user available in the container, but the file of the
            key does not exist. Name the key with 'dockerPrivateKey'; without it, the key is ~/.ssh/id_rsa.
            """,
            example: """
                custom:
                  pythonRequirements:
                    dockerizePip: true
                    dockerSsh: true
                    dockerPrivateKey: ~/.ssh/id_ed25519
                """
        ),
    ]
}
