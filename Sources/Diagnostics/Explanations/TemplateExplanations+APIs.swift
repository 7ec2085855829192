extension DiagnosticExplanation {
    /// Explanations of diagnostics about REST, HTTP and WebSocket APIs.
    static let apiResources: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unknownAuthorizer,
            """
            The name of the authorizer is not defined. Authorizers of HTTP APIs are defined in `provider.httpApi.authorizers`, those
            of load balancers in `provider.alb.authorizers`.
            """,
            example: """
                provider:
                  httpApi:
                    authorizers:
                      team: { type: jwt, issuerUrl: https://example.org, audience: shop }
                functions:
                  orders:
                    handler: orders.run
                    events:
                      - httpApi: { path: /orders, method: get, authorizer: { name: teams } }
                """
        ),
        DiagnosticExplanation(
            .duplicateRoute,
            """
            Two `httpApi` events have the same method and path. A route invokes one function.
            """,
            example: """
                events:
                  - httpApi: GET /orders
                  - httpApi: GET /orders
                """
        ),
        DiagnosticExplanation(
            .invalidRoute,
            """
            A route of an HTTP API is a method and a path, such as `GET /orders/{id}`; the method `*` stands for all methods. The
            route `*` gets all requests that no other route matches, and has no method.
            """,
            example: """
                events:
                  - httpApi: /orders
                """
        ),
        DiagnosticExplanation(
            .invalidStageName,
            """
            The stage is part of the URL of a REST API, so its name can only contain letters, digits, `-` and `_`. Use another
            `--stage`, or set `provider.apiGateway.stage` to the name of the stage in API Gateway.
            """,
            example: """
                furoshiki package --stage feature/orders
                """
        ),
        DiagnosticExplanation(
            .unknownUsagePlan,
            """
            API keys in a mapping belong to the usage plan with the name of the mapping's key. The list
            `provider.apiGateway.usagePlan` has no such plan.
            """,
            example: """
                provider:
                  apiGateway:
                    apiKeys:
                      - free: [one]
                    usagePlan:
                      - paid: { quota: { limit: 5000, period: MONTH } }
                """
        ),
        DiagnosticExplanation(
            .missingRestResource,
            """
            With the API of another stack (`restApiId`), resources that already exist there are listed in
            `provider.apiGateway.restApiResources`. A path of an event is above one in that list, so it must exist too, but its ID is
            not listed.
            """,
            example: """
                provider:
                  apiGateway:
                    restApiId: abc
                    restApiRootResourceId: def
                    restApiResources:
                      /orders/archive: ghi
                functions:
                  orders: { handler: orders.run, events: [{ http: GET /orders }] }
                """
        ),
        DiagnosticExplanation(
            .timeoutExceedsAPI,
            """
            An HTTP API waits at most 30 seconds for a function and then responds with an error, while the function continues to run.
            Use a shorter timeout, or invoke long-running functions asynchronously.
            """,
            example: """
                functions:
                  report:
                    handler: report.run
                    timeout: 60
                    events:
                      - httpApi: GET /report
                """
        ),
    ]
}
