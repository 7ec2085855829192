import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import ServerlessConfig
import Testing

/// Which image a function has, by its configuration alone.
struct ImageSourceTests {
    private func service(_ image: String, _ images: String = "{}") throws -> Service {
        let text = """
            service: images
            provider:
              name: aws
              ecr: {images: \(images)}
            functions:
              main:
                image: \(image)
            """
        let root = try #require(try ConfigurationText.yaml(Array(text.utf8), file: "serverless.yml"))
        return Service(root: root, directory: "/service")
    }

    private func source(_ image: String, _ images: String = "{}") throws -> ImageSource? {
        let service = try service(image, images)
        return try service.imageSource(of: try #require(service.function("main")))
    }

    @Test func `a URI is split into registry, repository, tag and digest`() throws {
        guard case .registry(let tagged) = try source("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1.2")
        else {
            Issue.record("it must be an image in ECR")
            return
        }
        #expect(tagged.host == "123456789012.dkr.ecr.eu-west-1.amazonaws.com")
        #expect(tagged.account == "123456789012" && tagged.region == "eu-west-1")
        #expect(tagged.repository == "team/app" && tagged.tag == "v1.2" && tagged.digest == nil)
        #expect(tagged.uri(digest: "sha256:ab") == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app@sha256:ab")
        let digest = String(repeating: "1", count: 64)
        guard
            case .registry(let fixed) = try source(
                "{uri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:\(digest)'}"
            )
        else {
            Issue.record("it must be an image in ECR")
            return
        }
        #expect(fixed.digest == digest && fixed.repository == "app")
        guard case .registry(let bare) = try source("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app") else {
            Issue.record("it must be an image in ECR")
            return
        }
        #expect(bare.tag == "latest" && bare.repository == "app")
    }

    @Test func `a name refers to a definition, which is a directory with everything of its build`() throws {
        let images = """
            {worker: {path: ./work, file: sub/My.Dockerfile, buildArgs: {B: '2', A: one}, cacheFrom: ['c:1'],
            platform: linux/arm64, buildOptions: [--ssh, default], provenance: 'false'}}
            """
            .replacing("\n", with: " ")
        guard case .built(let build) = try source("worker", images) else {
            Issue.record("it must be built")
            return
        }
        #expect(build.name == "worker" && build.directory == "/service/work")
        #expect(build.file == "/service/work/sub/My.Dockerfile")
        #expect(build.arguments.map(\.name) == ["B", "A"] && build.arguments.map(\.value) == ["2", "one"])
        #expect(build.cacheSources == ["c:1"] && build.platform == "linux/arm64")
        #expect(build.options == ["--ssh", "default"] && build.provenance == "false")
        guard case .built(let plain) = try source("{name: plain, command: [a.b]}", "{plain: ./plain}") else {
            Issue.record("it must be built")
            return
        }
        #expect(plain.file == "/service/plain/Dockerfile" && plain.platform == nil)
    }

    @Test(arguments: [
        ("{name: a, uri: '1.dkr.ecr.x.amazonaws.com/a:1'}", "{a: ./a}", DiagnosticCode.conflictingProperties),
        ("{command: [a.b]}", "{a: ./a}", .missingProperty),
        ("wroker", "{worker: ./a}", .unknownImage),
        ("worker", "{worker: {file: Dockerfile}}", .missingProperty),
        ("worker", "{worker: {uri: '1.dkr.ecr.x.amazonaws.com/a:1', path: a}}", .conflictingProperties),
        ("worker", "{worker: {uri: '1.dkr.ecr.x.amazonaws.com/a:1', buildOptions: []}}", .conflictingProperties),
    ])
    func `an image that says nothing or two things is an error`(
        image: String,
        images: String,
        code: DiagnosticCode
    ) throws {
        let error = #expect(throws: DiagnosticError.self) { try source(image, images) }
        #expect(error?.diagnostics.first?.code == code)
        #expect(error?.diagnostics.first?.place != nil)
    }

    @Test(arguments: [
        ("Shop", "dev", "serverless-shop-dev"), ("a--b", "x-", "serverless-a-b-x"), ("a-", "-b", "serverless-a-b"),
    ])
    func `the repository has the name that Serverless gives it`(service: String, stage: String, name: String) {
        #expect(ImageBuild.repository(service: service, stage: stage) == name)
    }
}
