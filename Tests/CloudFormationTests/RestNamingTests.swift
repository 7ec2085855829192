import Testing

@testable import CloudFormation

@Suite struct RestNamingTests {
    @Test(
        arguments: [
            ("users", "Users"), ("users/create", "UsersCreate"), ("users/{id}", "UsersIdVar"),
            ("users/{userId}/blog-posts", "UsersUseridVarBlogDashposts"), ("{proxy+}", "ProxyVar"),
            ("v1.0/a_b", "V10Ab"), ("{sub-id}", "SubDashidVar"), ("a-{b}-{c}", "ADashbDashcVar"),
            ("2015/x", "2015X"), ("", ""), ("~tilde/ünder", "TildeNder"), ("GET /items/{key}", "GetItemsKeyVar"),
        ] as [(String, String)]
    )
    func `a path is part of a logical ID`(path: String, expected: String) {
        #expect(Naming.normalizedPath(path) == expected)
    }

    @Test(
        arguments: [
            ("application/json", ["application", "json"]),
            ("application/vnd.api+json", ["application", "vnd", "api", "json"]),
            ("application/x-amz-json-1.1", ["application", "x", "amz", "json", "1", "1"]),
            ("HTTPServer", ["HTTP", "Server"]), ("myOtherSchema2", ["my", "Other", "Schema", "2"]), ("", []),
            ("ABC", ["ABC"]), ("a1B", ["a", "1", "B"]),
        ] as [(String, [String])]
    )
    func `an identifier is split into words`(text: String, expected: [String]) {
        #expect(IdentifierWords.split(text) == expected)
    }

    @Test func `the logical IDs of methods and models depend on path and method`() {
        #expect(RestNaming.methodID("users/{id}", "get") == "ApiGatewayMethodUsersIdVarGet")
        #expect(RestNaming.methodID("", "any") == "ApiGatewayMethodAny")
        #expect(
            RestNaming.modelID("users", "post", mediaType: "application/vnd.api+json")
                == "ApiGatewayMethodUsersPostApplicationVndApiJsonModel"
        )
        #expect(RestNaming.modelID(schema: "my-other_schema") == "ApiGatewayMyOtherSchemaModel")
        #expect(RestNaming.keyID(2, plan: "free") == "ApiGatewayApiKeyFree2")
        #expect(RestNaming.validatorID(service: "my-shop") == "ApiGatewayMyshopRequestValidator")
    }
}
