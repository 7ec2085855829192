import AWSClient
import FuroshikiTestSupport
import HostSystem
import Testing

@Suite struct ProfileFileTests {
    private func parse(_ text: String) throws -> ProfileFile { try ProfileFile(parsing: text, path: "/config") }

    @Test func `sections have settings, groups and values of several lines`() throws {
        let file = try parse(
            """
            # a comment
            [default]
            region = eu-west-1
            AWS_Access_Key_Id=abc=def
            ; another comment

            [ profile "two words" ]
            s3 =
              addressing_style = path
              use_accelerate_endpoint=true
            output:json
            credential_process = run this
              and that
            """
        )
        #expect(file.sections["default"]?.values == ["region": "eu-west-1", "aws_access_key_id": "abc=def"])
        let profile = file.sections["profile \"two words\""]
        #expect(profile?.groups["s3"] == ["addressing_style": "path", "use_accelerate_endpoint": "true"])
        #expect(profile?.values["output"] == "json")
        #expect(profile?.values["credential_process"] == "run this\nand that")
    }

    @Test(arguments: [
        ("a = 1", 1), ("[x\na = 1", 1), ("[x]\nword", 2), ("[x]\n[y]\n[x]", 3), ("[x]\na = 1\na = 2", 3),
        ("[x]\n= 1", 2),
    ])
    func `an invalid line is refused with its number`(text: String, line: Int) throws {
        let error = #expect(throws: ProfileFile.ParseError.self) { try parse(text) }
        #expect(error?.line == line)
    }

    @Test func `credentials take precedence over the configuration of the same profile`() throws {
        let files = try InMemoryFileSystem([
            "/home/.aws/config": """
            [profile work]
            region = eu-west-1
            aws_access_key_id = config
            [default]
            region = us-east-2
            [sso-session corp]
            sso_region = us-east-1
            [services local]
            s3 =
              endpoint_url = http://localhost:1
            [work]
            region = not-a-profile
            """,
            "/home/.aws/credentials": "[work]\naws_access_key_id = credentials\n",
        ])
        let configuration = try SharedConfiguration.load(environment: Environment(["HOME": "/home"]), files: files)
        #expect(configuration.profiles["work"]?.values == ["region": "eu-west-1", "aws_access_key_id": "credentials"])
        #expect(configuration.configProfiles["work"]?.values["aws_access_key_id"] == "config")
        #expect(configuration.profiles["default"]?.values == ["region": "us-east-2"])
        #expect(configuration.ssoSessions["corp"]?.values["sso_region"] == "us-east-1")
        #expect(configuration.services["local"]?.groups["s3"]?["endpoint_url"] == "http://localhost:1")
        #expect(configuration.profiles.count == 2)
    }

    @Test func `the files can be elsewhere, and need not exist`() throws {
        let files = try InMemoryFileSystem(["/home/other/c": "[profile a]\nregion = x\n"])
        let environment = Environment([
            "HOME": "/home", "AWS_CONFIG_FILE": "~/other/c", "AWS_SHARED_CREDENTIALS_FILE": "/x",
        ])
        let configuration = try SharedConfiguration.load(environment: environment, files: files)
        #expect(configuration.profiles["a"]?.values == ["region": "x"])
        #expect(configuration.credentialsPath == "/x")
    }

    @Test(arguments: [
        ("a b  c", ["a", "b", "c"]), (#"a "b c" 'd "e'"#, ["a", "b c", #"d "e"#]),
        (#"a\ b "c\"d" 'e\f'"#, ["a b", #"c"d"#, #"e\f"#]),
        (#""a\b" """#, [#"a\b"#, ""]), ("", []), ("a'b'c", ["abc"]),
    ])
    func `a command line is split as in a shell`(text: String, words: [String]) {
        #expect(ShellWords.split(text) == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\"])
    func `an open quote is refused`(text: String) { #expect(ShellWords.split(text) == nil) }
}
