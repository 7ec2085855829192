extension DiagnosticExplanation {
    /// Explanations of diagnostics about functions, their images and their destinations.
    static let functionResources: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .missingHandler,
            """
            A function needs either `handler`, for code in a zip file, or `image`, for a container image.
            """,
            example: """
                functions:
                  orders:
                    runtime: python3.13
                """
        ),
        DiagnosticExplanation(
            .unsupportedCombination,
            """
            A property cannot be used together with another one that is set, because AWS or the kind of resource does not support
            it. The message names both. Some examples: `destinations` with `durableConfig`, `timezone` of a schedule without
            `method: scheduler`, `vpcEndpointIds` of an API that is not private.

            Remove one of the two, or change the other one as the help says.
            """,
            example: """
                functions:
                  nightly:
                    handler: jobs.run
                    events:
                      - schedule: { rate: cron(0 3 * * ? *), timezone: Europe/Berlin }
                """
        ),
        DiagnosticExplanation(
            .unsupportedDurableRuntime,
            """
            Durable functions (`durableConfig`) need a runtime that supports them. With SnapStart there are fewer of these runtimes.
            Use one of the runtimes that the help lists, or a container image.
            """,
            example: """
                functions:
                  order:
                    handler: order.run
                    runtime: python3.12
                    durableConfig: { executionTimeout: 3600 }
                """
        ),
        DiagnosticExplanation(
            .durableTimeoutTooLong,
            """
            Event source mappings, such as those of queues and streams, wait for the function, for at most 900 seconds. An execution
            of a durable function that can take longer would be called again before it ends.

            Set `executionTimeout` to at most 900, or start the function in another way, for example from a function that reads the
            queue.
            """,
            example: """
                functions:
                  order:
                    handler: order.run
                    durableConfig: { executionTimeout: 86400 }
                    events:
                      - sqs: arn:aws:sqs:eu-west-1:123456789012:orders
                """
        ),
        DiagnosticExplanation(
            .imageTagNotFound,
            """
            The image of a function is given by a tag, which is looked up in ECR, because the template contains the digest of the
            image. The repository or the tag does not exist in the registry of the URI.

            Push the image, or correct the repository and the tag. Without a tag, the URI means `latest`.
            """,
            example: """
                functions:
                  orders:
                    image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:latset
                """
        ),
        DiagnosticExplanation(
            .imageRegionMismatch,
            """
            Lambda only uses images from ECR in the region of the function, and the URI names another region. Push the image
            to a repository in the region of the service, or let ECR replicate it.
            """,
            example: """
                provider:
                  region: eu-west-1
                functions:
                  orders:
                    image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:latest
                """
        ),
        DiagnosticExplanation(
            .unknownImage,
            """
            The name of the image is not defined. Names of images are the keys of `provider.ecr.images`; other images are given as
            URIs.
            """,
            example: """
                provider:
                  ecr:
                    images:
                      orders: { uri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:… }
                functions:
                  orders: { image: order }
                """
        ),
        DiagnosticExplanation(
            .imageNotBuilt,
            """
            The image has a directory to build it from (`path`). `furoshiki diff` changes nothing, so it does not build and push
            images. It compares the function with the image that is deployed now, as if the image were unchanged.
            """,
            example: """
                provider:
                  ecr:
                    images:
                      orders: { path: . }
                """
        ),
        DiagnosticExplanation(
            .unknownDestination,
            """
            The result of an asynchronous invocation can be sent to a function, a queue, a topic or an event bus. The ARN of the
            destination is of another service, or is an intrinsic function, whose service Furoshiki cannot know.

            Use a destination that Lambda supports, or set `type` (`function`, `sqs`, `sns` or `eventBus`) and `arn`.
            """,
            example: """
                functions:
                  orders:
                    handler: orders.run
                    destinations:
                      onFailure: arn:aws:s3:::failed-orders
                """
        ),
    ]
}
