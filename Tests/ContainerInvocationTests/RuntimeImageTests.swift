import ContainerInvocation
import FuroshikiTestSupport
import Testing

struct RuntimeImageTests {
    @Test(arguments: [
        ("python3.12", "python:3.12"), ("nodejs20.x", "nodejs:20"), ("java8.al2", "java:8.al2"), ("java21", "java:21"),
        ("ruby3.4", "ruby:3.4"), ("dotnet8", "dotnet:8"), ("dotnetcore3.1", "dotnet:core3.1"),
        ("provided", "provided:alami"), ("provided.al2", "provided:al2"), ("provided.al2023", "provided:al2023"),
    ])
    func `a runtime has the image that AWS publishes for it`(runtime: String, image: String) {
        #expect(RuntimeImage.name(of: runtime) == "public.ecr.aws/lambda/" + image)
    }

    @Test(arguments: ["go1.x", "nodejs", "nodejs4.3-edge", "python", "cobol"])
    func `a runtime without an image has none`(runtime: String) {
        #expect(RuntimeImage.name(of: runtime) == nil)
    }
}
