import Diagnostics
import HostSystem
import ServerlessConfig
import Testing

/// Errors of variables: one for each cause, with the places where it matters.
struct VariableErrorsTests {
    private static let head = "service: demo\nprovider: { name: aws, runtime: python3.12 }\n"

    /// The errors and warnings of a service, as text.
    private func messages(
        _ text: String,
        files: [String: String] = [:],
        arguments: [String] = []
    ) async throws -> String {
        var files = files
        files["serverless.yml"] = Self.head + text
        do {
            let loaded = try await ServiceFixture.load(files: files, arguments: arguments)
            return ServiceFixture.text(of: DiagnosticError(loaded.diagnostics.filter { $0.severity == .warning }))
        } catch {
            return ServiceFixture.text(of: error)
        }
    }

    @Test func `a missing file is reported once, with three places and the number of the others`() async throws {
        let keys = (1...7).map { "  k\($0): ${file(config.yml):key\($0)}" }
        #expect(
            try await messages("custom:\n\(keys.joined(separator: "\n"))\n", files: ["conf.yml": "a: 1\n"]) == """
                serverless.yml:4:7: error[unresolved-variable]: cannot resolve 7 values: there is no file 'config.yml'
                  note: also at serverless.yml:5:7, serverless.yml:6:7 and 4 more
                  help: did you mean 'conf.yml'?
                  help: create 'config.yml'

                """
        )
    }

    @Test func `a property whose variable fails is reported once, however many refer to it`() async throws {
        let text = "custom:\n  a: ${env:NOT_THERE}\n  b: ${self:custom.a}\n  c: x-${self:custom.a}\n"
        #expect(
            try await messages(text) == """
                serverless.yml:4:6: error[unresolved-variable]: cannot resolve 'custom.a': the environment variable \
                'NOT_THERE' is not set
                  help: set NOT_THERE, or put it in .env with 'useDotenv: true'
                  help: give it a default: ${env:NOT_THERE, 'text'}

                """
        )
    }

    @Test func `environment variables that are not set are one error, with one remedy for all`() async throws {
        let names = ["A_URL", "B_KEY", "C_TOKEN", "D_SECRET", "E_HOST"]
        let text =
            "custom:\n" + names.map { "  \($0.lowercased()): x-${env:\($0)}\n" }.joined() + "  again: ${env:A_URL}\n"
        let title =
            "serverless.yml:4:12: error[unresolved-variable]: 5 environment variables are not set: 'A_URL', 'B_KEY', "
            + "'C_TOKEN', 'D_SECRET' and 'E_HOST'\n  note: also at serverless.yml:5:12, serverless.yml:6:14 and 3 more\n"
        #expect(
            try await messages(text) == title + "  help: set them, or put them in .env with 'useDotenv: true'\n"
        )
        #expect(
            try await messages(text + "useDotenv: true\n", files: [".env": "OTHER=1\n"])
                == title + "  help: set them, or add them to '.env'\n"
        )
        let all = names.map { "\($0)=1\n" }.joined()
        #expect(
            try await messages(text, files: [".env": all])
                == title + "  help: set 'useDotenv: true', so that '.env' is read, which sets them\n"
        )
        #expect(
            try await messages(text, files: [".env.example": all])
                == title + "  help: copy '.env.example' to '.env', fill it in, and set 'useDotenv: true'\n"
        )
        #expect(
            try await messages(text + "useDotenv: true\n", files: [".env.example": all])
                == title + "  help: copy '.env.example' to '.env', and fill it in\n"
        )
        #expect(try await messages(text + "useDotenv: true\n", files: [".env": all]) == "\n")
    }

    @Test func `environment variables with different remedies are different errors`() async throws {
        let text = "custom: {a: '${env:A_URL}', b: '${env:B_KEY}'}\n"
        let errors = try await messages(text, files: [".env": "A_URL=1\n"])
        #expect(errors.contains("cannot resolve 'custom.a': the environment variable 'A_URL' is not set"))
        #expect(errors.contains("help: set 'useDotenv: true', so that '.env' is read, which sets it"))
        #expect(errors.contains("help: set B_KEY, or put it in .env with 'useDotenv: true'"))
    }

    @Test func `a source of a plugin that is not run names the plugin, once for all variables`() async throws {
        let plugins = "plugins: [serverless-lift]\n"
        let custom = "custom:\n  a: ${construct:queue.queueUrl}\n  b: ${construct:queue.queueArn}\n"
        #expect(
            try await messages(plugins + custom) == """
                serverless.yml:5:6: error[unknown-variable-source]: cannot resolve 2 values: 'construct' is a variable \
                source of the plugin 'serverless-lift', which is not run
                  note: also at serverless.yml:6:6
                  help: write the value itself, or a variable such as '${param:NAME}', instead
                  help: or package the service with Serverless v3

                """
        )
        #expect(
            try await messages("custom: {a: '${construct:queue.queueUrl}'}\n")
                .contains(
                    "note: it is a source of the plugin 'serverless-lift', which 'plugins' does not list"
                )
        )
        #expect(
            try await messages("custom: {a: '${terraform:outputs:x}'}\n")
                .contains(
                    "'terraform' is a variable source of Serverless Framework 4, which is not supported"
                )
        )
        #expect(
            try await messages("plugins: [serverless-git-info]\ncustom: {a: '${git:sha1}'}\n")
                .contains(
                    "'git' is a variable source of the plugin 'serverless-git-info', which is not run"
                )
        )
        #expect(
            try await messages("plugins: [./own]\ncustom: {a: '${secrets:x}'}\n")
                .contains(
                    "note: the plugin './own' is not run, and may add the source"
                )
        )
    }

    @Test(arguments: [
        ("opt:env", "write '${opt:stage, 'dev'}', and pass --stage NAME"),
        ("param:env", "write the value itself, or a variable of the source 'env', 'file' or 'self'"),
    ])
    func `a stage from a source that is not available yet gets a remedy`(source: String, help: String) async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            try await ServiceFixture.load(files: [
                "serverless.yml": "service: s\nprovider:\n  name: aws\n  stage: ${\(source)}\n"
            ])
        }
        #expect(error?.diagnostics.map(\.code) == [.variableNotAvailable])
        #expect(error?.diagnostics.first?.help == [help])
        #expect(error?.diagnostics.first?.place?.line == 4)
    }

    @Test func `settings by stage that lack the current one name the stages that there are`() async throws {
        let text = """
            custom:
              table: {production: a, testing: b, default: z}
              size: {testing: 1, production: 2, staging: 3}
              one: ${self:custom.table.${sls:stage}}
              two: ${self:custom.size.${sls:stage}}
              three: ${file(c.yml):${sls:stage}}

            """
        let files = ["c.yml": "production: {}\ntesting: {}\n"]
        #expect(
            try await messages(text, files: files) == """
                serverless.yml:6:8: error[unresolved-variable]: no settings for stage 'dev': 3 variables end in '.dev'
                  note: also at serverless.yml:7:8 and serverless.yml:8:10
                  help: use --stage production or testing

                """
        )
        #expect(try await messages(text, files: files, arguments: ["--stage", "testing"]) == "\n")
        let one = "custom:\n  table: {production: {name: a}}\n  one: ${self:custom.table.${sls:stage}.name}\n"
        #expect(
            try await messages(one) == """
                serverless.yml:5:8: error[unresolved-variable]: cannot resolve 'custom.one': 'custom.table' has settings \
                for 'production', but not for stage 'dev'
                  help: use --stage production

                """
        )
    }

    @Test func `parameters and files of other stages name the stages`() async throws {
        let text =
            "params: {prod: {domain: a.com}}\ncustom:\n  a: ${param:domain}\n  b: ${file(conf/${sls:stage}.yml)}\n"
        let found = try await messages(text, files: ["conf/prod.yml": "a: 1\n", "conf/test.yml": "a: 1\n"])
        #expect(
            found.contains("'params' sets 'domain' for 'prod', but not for stage 'dev'\n  help: use --stage prod\n")
        )
        #expect(
            found.contains(
                "there is no file 'conf/dev.yml'\n  help: use --stage prod or test, or create 'conf/dev.yml'"
            )
        )
    }

    @Test(arguments: ["secrets.example.yml", "secrets.yml.dist", "secrets-sample.yml"])
    func `a file of which there is an example is to be copied`(_ example: String) async throws {
        let found = try await messages("custom: ${file(secrets.yml)}\n", files: [example: "a: 1\n"])
        #expect(found.contains("help: copy '\(example)' to 'secrets.yml', and fill it in\n"))
    }

    @Test func `an error in a file is reported once, at its place there`() async throws {
        let text = "custom:\n  a: ${file(c.yml):a}\n  b: ${file(c.yml):b}\n"
        let found = try await messages(text, files: ["c.yml": "a: 'b\n"])
        #expect(found.hasPrefix("c.yml:1:4: error[invalid-yaml]: this quotation mark is never closed\n"))
        #expect(found.contains("note: 'custom.a' reads the file at serverless.yml:4:6\n"))
        #expect(found.split(separator: "\n").count { $0.contains("error[") } == 1)
    }

    @Test func `options of provider properties themselves get a default`() async throws {
        let text = "service: demo\nprovider:\n  name: aws\n  stage: ${opt:stage}\n"
        let error = await #expect(throws: DiagnosticError.self) {
            try await ServiceFixture.load(files: ["serverless.yml": text])
        }
        #expect(error?.diagnostics.first?.help.first == "give it a default: ${opt:stage, 'dev'}")
        let other = try await messages("custom: {a: \"${opt:stage}\", b: \"${opt:region}\"}\n")
        #expect(other.contains("help: write '${sls:stage}', which is always set\n"))
        #expect(other.contains("help: write '${aws:region}', which is always set\n"))
    }

    @Test func `past 100 causes their number is reported`() async throws {
        let keys = (1...130).map { "  k\($0): ${param:missing-\($0)-x}" }
        let found = try await messages("custom:\n\(keys.joined(separator: "\n"))\n")
        #expect(found.split(separator: "\n").count { $0.contains("error[unresolved") } == 100)
        #expect(found.contains("error[more-problems]: there are 30 more problems, which are not shown\n"))
    }

    // MARK: Dots

    @Test func `a dot in place of a colon is an error if the variable has a value`() async throws {
        let text = """
            custom:
              a: ${self.service}-x
              b: ${self.service}
              c: {Fn::Sub: "${self.service}-${AWS::Region}"}
              d: ${sls.stage}

            """
        #expect(
            try await messages(text) == """
                serverless.yml:4:6: error[dotted-variable]: '${self.service}' is not a variable: the name of a source ends \
                with ':'
                  note: also at serverless.yml:5:6 and serverless.yml:6:17
                  help: write '${self:service}', or '\\${self.service}' if the text is meant as it is
                serverless.yml:7:6: error[dotted-variable]: '${sls.stage}' is not a variable: the name of a source ends with \
                ':'
                  help: write '${sls:stage}', or '\\${sls.stage}' if the text is meant as it is

                """
        )
    }

    @Test func `a dot in place of a colon is a warning if the text can be meant`() async throws {
        let found = try await messages("custom: {a: \"${env.HOME}\", b: \"${self.name}\", c: \"${file.c.yml}\"}\n")
        #expect(found.split(separator: "\n").count { $0.contains("warning[dotted-variable]") } == 3)
        #expect(found.contains("help: write '${env:HOME}', or"))
        #expect(found.contains("help: write '${file(c.yml)}', or"))
    }

    @Test(arguments: [
        "custom: {a: '\\${self.service}'}", "custom: {a: '${AWS::Region}', b: '${name.x}', c: '${selfish.x}'}",
        "custom: {a: '${self}', b: '${context.env.x}', c: '${env}.x'}",
        "resources: {Resources: {self: {Type: A::B::C}}, Outputs: {a: {Value: !Sub '${self.service}'}}}",
    ])
    func `texts for other programs are not reported`(_ text: String) async throws {
        #expect(try await messages(text + "\n") == "\n")
    }

    @Test func `a dot where the schema refuses it is reported once`() async throws {
        let found = try await messages(
            "functions:\n  main:\n    handler: a.b\n    name: ${ssm.name}\nconfigValidationMode: error\n"
        )
        #expect(!found.contains("must"))
        #expect(found.contains("warning[dotted-variable]: '${ssm.name}' is not a variable"))
    }

    // MARK: Bounds

    @Test(arguments: [("/dev/zero", "'/dev/zero' is not a regular file"), ("conf", "'conf' is a directory")])
    func `only regular files are read`(_ path: String, _ message: String) async throws {
        let found = try await messages("custom: ${file(\(path))}\n", files: ["conf/a.yml": "a: 1\n"])
        #expect(found.contains("error[unreadable-configuration-file]: cannot resolve 'custom': \(message)\n"))
    }

    @Test func `files of more than 64 MB are not read`() async throws {
        let text = String(repeating: "#", count: (64 << 20) + 1)
        let found = try await messages("custom: ${file(big.yml)}\n", files: ["big.yml": text])
        #expect(found.contains("error[configuration-file-too-large]: cannot resolve 'custom': 'big.yml' has 64 MB;"))
    }

    @Test func `strings that double with each variable are an error`() async throws {
        let lines = (1...40).map { "  s\($0): ${self:custom.s\($0 - 1)}${self:custom.s\($0 - 1)}" }
        let found = try await messages("custom:\n  s0: ten letters\n\(lines.joined(separator: "\n"))\n")
        #expect(found.contains("error[variable-value-too-large]: the variables of 'custom.s"))
    }

    @Test func `mappings that double with each variable are an error`() async throws {
        let lines = (1...40).map { "  m\($0): [\"${self:custom.m\($0 - 1)}\", \"${self:custom.m\($0 - 1)}\"]" }
        let found = try await messages("custom:\n  m0: [x, y]\n\(lines.joined(separator: "\n"))\n")
        #expect(found.contains("error[variable-value-too-large]: the variables of 'custom.m"))
    }
}
