extension DiagnosticExplanation {
    /// Explanations of diagnostics about events of functions.
    static let eventResources: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .invalidARN,
            """
            The ARN is not one of the kind that the event needs: a stream of Kinesis or DynamoDB, or a listener of an application
            load balancer. The name or the IDs in the ARN are part of logical IDs.
            """,
            example: """
                events:
                  - stream: arn:aws:kinesis:eu-west-1:123456789012:orders
                """
        ),
        DiagnosticExplanation(
            .tooManyEvents,
            """
            AWS, or the custom resource that sets up the event, limits the number of such events. A log group has at most two
            subscription filters; a function is the hook of one provisioning template; and a function can have events of one existing
            bucket or user pool only.

            Use another function, or another log group, for the additional event.
            """,
            example: """
                events:
                  - s3: { bucket: photos, existing: true }
                  - s3: { bucket: letters, existing: true }
                """
        ),
        DiagnosticExplanation(
            .invalidBucket,
            """
            The name of a bucket that the stack creates must be a string that S3 accepts: lower-case letters, digits, hyphens and
            dots, and not an IP address. The name of an existing bucket (`existing: true`) can also be an intrinsic function.
            """,
            example: """
                events:
                  - s3: Photos_of_Orders
                """
        ),
        DiagnosticExplanation(
            .duplicatePriority,
            """
            Each rule of a listener has its own priority. The names of the rules are made of function and priority, so a function
            cannot use a priority twice either, even for different listeners.
            """,
            example: """
                events:
                  - alb: { listenerArn: arn:…/a/1, priority: 1, conditions: { path: /a } }
                  - alb: { listenerArn: arn:…/a/1, priority: 1, conditions: { path: /b } }
                """
        ),
        DiagnosticExplanation(
            .wrongEdgeRegion,
            """
            Functions that CloudFront runs (Lambda@Edge) must be in the region us-east-1, from where AWS copies them. Put these
            functions into their own service if the others must be in another region.
            """,
            example: """
                provider: { name: aws, region: eu-west-1 }
                functions:
                  rewrite:
                    handler: edge.run
                    events:
                      - cloudFront: { eventType: viewer-request, origin: https://example.org }
                """
        ),
        DiagnosticExplanation(
            .edgeLimitExceeded,
            """
            Lambda@Edge limits memory and timeout of functions: 128 MB and 5 seconds for viewer events, 10240 MB and 30 seconds for
            origin events.
            """,
            example: """
                rewrite:
                  handler: edge.run
                  memorySize: 1024
                  events:
                    - cloudFront: { eventType: viewer-request, origin: https://example.org }
                """
        ),
        DiagnosticExplanation(
            .invalidDefaultOrigin,
            """
            A distribution with several origins needs exactly one default origin, for requests that no path pattern matches. Set
            `isDefaultOrigin: true` for the events of one origin.
            """,
            example: """
                events:
                  - cloudFront: { eventType: viewer-request, origin: https://a.example.org, pathPattern: /a }
                  - cloudFront: { eventType: viewer-request, origin: https://b.example.org, pathPattern: /b }
                """
        ),
        DiagnosticExplanation(
            .conflictingBehaviors,
            """
            A behavior of a distribution is identified by its path pattern, and has at most one function for each event type. Two
            events describe different behaviors with the same path pattern, or the same event type of one behavior.
            """,
            example: """
                events:
                  - cloudFront: { eventType: viewer-request, origin: https://a.example.org, pathPattern: /a }
                  - cloudFront: { eventType: viewer-request, origin: https://b.example.org, pathPattern: /a }
                """
        ),
        DiagnosticExplanation(
            .unknownCachePolicy,
            """
            The name of the cache policy is not defined. Names of cache policies are the keys of `provider.cloudFront.cachePolicies`;
            policies that already exist are given by `id`.
            """,
            example: """
                events:
                  - cloudFront:
                      eventType: viewer-request
                      origin: https://example.org
                      cachePolicy: { name: images }
                """
        ),
    ]
}
