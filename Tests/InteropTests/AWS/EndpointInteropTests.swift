import AWSClient
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@Suite(.enabled(if: BotocoreOracle.isAvailable, BotocoreOracle.requirement)) struct EndpointInteropTests {
    private static let names: [(service: AWSService, botocore: String)] = [
        (.cloudFormation, "cloudformation"), (.s3, "s3"), (.lambda, "lambda"), (.apiGateway, "apigateway"),
        (.apiGatewayV2, "apigatewayv2"), (.sts, "sts"), (.iam, "iam"), (.logs, "logs"), (.cloudWatch, "cloudwatch"),
        (.ecr, "ecr"), (.ssm, "ssm"), (.secretsManager, "secretsmanager"), (.events, "events"), (.sso, "sso"),
        (.ssoTokens, "sso-oidc"),
    ]

    /// Answers the rules of each service in all regions; for S3, with buckets of several kinds.
    private static let program = #"""
        import json, os
        import botocore, botocore.session
        from botocore.config import Config
        from botocore.endpoint_provider import EndpointProvider

        session = botocore.session.Session()
        loader = session.get_component("data_loader")
        rules, clients = {}, {}
        with open(os.path.join(os.path.dirname(botocore.__file__), "data", "partitions.json")) as file:
            partitions = json.load(file)["partitions"]

        def answer(case):
            if case.get("regions"):
                return [[p["id"], r] for p in partitions for r in p["regions"] if not r.endswith("-global")]
            if not case.get("bucket"):
                # The rules themselves: older data of botocore, which a client reads too, lacks some endpoints.
                name = case["service"]
                if name not in rules:
                    rules[name] = EndpointProvider(
                        loader.load_service_model(name, "endpoint-rule-set-1"), loader.load_data("partitions")
                    )
                parameters = {"Region": case["region"], "UseFIPS": case["fips"], "UseDualStack": case["dual"]}
                if name == "s3":
                    parameters["UseGlobalEndpoint"] = case["region"] == "us-east-1"
                return described(rules[name].resolve_endpoint(**parameters), case, signing_name(name))
            key = json.dumps({**case, "bucket": None})
            if key not in clients:
                clients[key] = client_for(case)
            client = clients[key]
            operation = client.meta.service_model.operation_model("HeadBucket")
            context = {"client_config": client.meta.config, "client_region": case["region"]}
            endpoint = client._ruleset_resolver.construct_endpoint(operation, {"Bucket": case["bucket"]}, context)
            return described(endpoint, case, "s3")

        def signing_name(service):
            model = session.get_service_model(service)
            return model.signing_name

        def client_for(case):
            config = Config(
                use_fips_endpoint=case["fips"], use_dualstack_endpoint=case["dual"],
                s3={"addressing_style": case.get("style", "auto"), "use_accelerate_endpoint": case.get("accelerate", False)},
            )
            return session.create_client(
                case["service"], region_name=case["region"], config=config,
                aws_access_key_id="a", aws_secret_access_key="b",
                endpoint_url=case.get("url"),
            )

        def described(endpoint, case, name):
            schemes = [s for s in endpoint.properties.get("authSchemes", []) if s.get("signingRegion")]
            return {
                "url": endpoint.url,
                "region": schemes[0]["signingRegion"] if schemes else case["region"],
                "name": name,
            }
        """#

    private func regions() async throws -> [(partition: String, region: String)] {
        let answer = try await BotocoreOracle.answers(Self.program, to: [["regions": true]])
        let pairs = (answer.first?.arrayValue ?? []).compactMap(\.arrayValue)
        return pairs.map { ($0[0].stringValue ?? "", $0[1].stringValue ?? "") }
    }

    @Test func `regions belong to the partitions that botocore says`() async throws {
        let regions = try await regions()
        #expect(regions.count > 40)
        for (partition, region) in regions {
            #expect(AWSPartition.containing(region: region).identifier == partition)
        }
        #expect(AWSPartition.containing(region: "moon-base-1") == .standard)
        #expect(AWSPartition.containing(region: "us-iso-far-9").identifier == "aws-iso")
    }

    @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
    func `every service has the endpoint of botocore in every region`(fips: Bool, dualStack: Bool) async throws {
        let regions = try await regions().map(\.region)
        let cases = Self.names.flatMap { name in regions.map { (name: name, region: $0) } }
        let answers = try await BotocoreOracle.answers(
            Self.program,
            to: cases.map { name, region in
                [
                    "service": .string(name.botocore), "region": .string(region), "fips": .bool(fips),
                    "dual": .bool(dualStack),
                ]
            }
        )
        var settings = EndpointSettings()
        settings.usesFIPS = fips
        settings.usesDualStack = dualStack
        for (one, answer) in zip(cases, answers) {
            let found = EndpointRules.endpoint(of: one.name.service, region: one.region, settings: settings)
            let expected = answer["url"]?.stringValue
            #expect(found?.address.origin == expected, "\(one.name.botocore) in \(one.region)")
            if expected != nil {
                #expect(found?.signingRegion == answer["region"]?.stringValue, "\(one.name.botocore) in \(one.region)")
            }
            if expected != nil { #expect(one.name.service.signingName == answer["name"]?.stringValue) }
        }
        #expect(answers.filter { $0["url"] != nil }.count > cases.count * 9 / 10)
    }

    /// A bucket and how it is reached.
    private struct BucketCase {
        var bucket: String
        var region: String
        var fips = false
        var dual = false
        var style = "auto"
        var accelerate = false
        var url: String?

        var json: JSONValue {
            [
                "service": "s3", "bucket": .string(bucket), "region": .string(region), "fips": .bool(fips),
                "dual": .bool(dual), "style": .string(style), "accelerate": .bool(accelerate),
                "url": url.map { .string($0) } ?? .null,
            ]
        }
    }

    @Test func `buckets are where botocore expects them`() async throws {
        var cases: [BucketCase] = []
        for bucket in [
            "plain-bucket", "with.dots", "UPPER", "abc", "under_score", "0numbers9", String(repeating: "x", count: 63),
        ] {
            for region in [
                "us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1",
            ] {
                for style in ["auto", "path", "virtual"] {
                    for dual in [false, true] {
                        cases.append(BucketCase(bucket: bucket, region: region, dual: dual, style: style))
                    }
                    for url in ["http://127.0.0.1:5000", "http://localhost:5000", "https://s3.example.com/base"] {
                        cases.append(BucketCase(bucket: bucket, region: region, style: style, url: url))
                    }
                }
                cases.append(BucketCase(bucket: bucket, region: region, fips: true))
            }
            cases.append(BucketCase(bucket: bucket, region: "us-east-1", accelerate: true))
            cases.append(BucketCase(bucket: bucket, region: "eu-west-1", dual: true, accelerate: true))
        }
        let answers = try await BotocoreOracle.answers(Self.program, to: cases.map(\.json))
        var compared = 0
        for (one, answer) in zip(cases, answers) {
            // What botocore refuses is refused by S3 here.
            guard let expected = answer["url"]?.stringValue else { continue }
            // It also makes names below an IP address, which do not exist.
            if expected.hasSuffix(".127.0.0.1:5000") { continue }
            compared += 1
            var settings = EndpointSettings()
            settings.usesFIPS = one.fips
            settings.usesDualStack = one.dual
            settings.s3AddressingStyle = one.style
            settings.usesS3Acceleration = one.accelerate
            settings.addresses["*"] = one.url.flatMap { WebAddress($0) }
            let found = EndpointRules.bucketEndpoint(one.bucket, region: one.region, settings: settings)
            let address = found.map { found in
                found.endpoint.address.origin
                    + (found.endpoint.address.path == "/" ? "" : found.endpoint.address.path) + found.path
            }
            #expect(address == expected, "\(JSONWriter().text(of: one.json))")
        }
        #expect(compared > cases.count / 2)
    }

    // MARK: Configured addresses

    private static let configuredProgram = #"""
        import os, tempfile
        import botocore.loaders, botocore.session

        loader = botocore.loaders.Loader()

        def answer(case):
            os.environ.clear()
            os.environ.update(case["environment"])
            with tempfile.NamedTemporaryFile("w") as file:
                file.write(case["config"])
                file.flush()
                os.environ["AWS_CONFIG_FILE"] = file.name
                session = botocore.session.Session()
                session.register_component("data_loader", loader)
                client = session.create_client(
                    case["service"], region_name="us-west-2", aws_access_key_id="a", aws_secret_access_key="b"
                )
                operation = client.meta.service_model.operation_model(client.meta.service_model.operation_names[0])
                context = {"client_config": client.meta.config, "client_region": "us-west-2"}
                return client._ruleset_resolver.construct_endpoint(operation, {}, context).url
        """#

    @Test func `configured addresses have the precedence of botocore`() async throws {
        var generator = SeededGenerator(seed: 7)
        var cases: [JSONValue] = []
        for _ in 0..<300 {
            let (service, name) = Self.names[Int.random(in: 0..<Self.names.count, using: &generator)]
            func rarely() -> Bool { Int.random(in: 0..<3, using: &generator) == 0 }
            var environment: [String: String] = ["AWS_PROFILE": "p"]
            let (upper, setting) = (service.settingName.uppercased(), service.settingName)
            if rarely() { environment["AWS_ENDPOINT_URL_\(upper)"] = "http://own.example:1" }
            if rarely() { environment["AWS_ENDPOINT_URL"] = "http://all.example:2" }
            if rarely(), rarely() { environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true" }
            if rarely(), rarely() { environment["AWS_USE_DUALSTACK_ENDPOINT"] = "true" }
            if rarely(), rarely() { environment["AWS_STS_REGIONAL_ENDPOINTS"] = "legacy" }
            var config = "[profile p]\n"
            if rarely() { config += "endpoint_url = http://profile.example:3\n" }
            if rarely(), rarely() { config += "ignore_configured_endpoint_urls = true\n" }
            if !rarely() { config += "services = mine\n[services mine]\nother =\n  endpoint_url = http://no.example\n" }
            if config.contains("[services"), !rarely() {
                config += "\(setting) =\n  endpoint_url = http://section.example:4\n"
            }
            cases.append([
                "service": .string(name), "config": .string(config),
                "environment": .object(OrderedMap(environment.map { ($0.key, .string($0.value)) })),
            ])
        }
        let answers = try await BotocoreOracle.answers(Self.configuredProgram, to: cases)
        for (one, answer) in zip(cases, answers) {
            let expected = answer.stringValue
            #expect(expected != nil, "\(JSONWriter().text(of: answer))")
            var variables: [String: String] = ["AWS_CONFIG_FILE": "/config"]
            for (key, value) in one["environment"]?.objectValue ?? [:] { variables[key] = value.stringValue }
            let environment = Environment(variables)
            let files = try InMemoryFileSystem()
            try files.write(one["config"]?.stringValue ?? "", to: "/config")
            let configuration = try SharedConfiguration.load(environment: environment, files: files)
            let settings = try EndpointSettings(environment: environment, configuration: configuration, profile: "p")
            let service = try #require(Self.names.first { .string($0.botocore) == one["service"] }).service
            let found = EndpointRules.endpoint(of: service, region: "us-west-2", settings: settings)
            #expect(found?.address.origin == expected, "\(JSONWriter().text(of: one))")
        }
    }
}
