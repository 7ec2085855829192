import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LocalCommands
import Testing

struct CredentialsStoreTests {
    private static let path: LocalPath = "/home/.aws/credentials"
    private let environment = Environment(["HOME": "/home"])

    private func store(
        _ profile: String,
        _ key: String = "NEWKEY",
        _ secret: String = "new/secret=",
        overwrites: Bool = false,
        in files: InMemoryFileSystem,
        environment: Environment? = nil
    ) throws {
        try CredentialsStore(in: environment ?? self.environment, files: files)
            .store(
                CredentialsStore.Entry(profile: profile, accessKey: key, secretKey: Secret(secret)),
                overwrites: overwrites
            )
    }

    private func text(after text: String, _ change: (InMemoryFileSystem) throws -> Void) throws -> String {
        let files = try InMemoryFileSystem([Self.path: text])
        try change(files)
        return try files.readText(Self.path)
    }

    @Test
    func `a new file and its directory are for the user only`() throws {
        try TemporaryDirectory.synchronously { home in
            let files = LiveFileSystem()
            let store = try CredentialsStore(in: Environment(["HOME": home.string]), files: files)
            let entry = try CredentialsStore.Entry(profile: "default", accessKey: "A", secretKey: Secret("S"))
            try store.store(entry, overwrites: false)
            #expect(try files.readText(store.path) == "[default]\naws_access_key_id=A\naws_secret_access_key=S\n")
            #expect(try files.status(of: store.path).mode == 0o600)
            #expect(try files.status(of: store.path.parent).mode == 0o700)
            try files.setMode(0o644, of: store.path)
            try store.store(entry, overwrites: true)
            #expect(try files.status(of: store.path).mode == 0o600)
        }
    }

    @Test
    func `a profile is added after the others, and comments remain`() throws {
        let before = "# by hand\n[default]\nregion = eu-west-1"
        let after = try text(after: before) { try store("two words", in: $0) }
        let added = "[two words]\naws_access_key_id=NEWKEY\naws_secret_access_key=new/secret=\n"
        #expect(after == before + "\n\n" + added)
    }

    @Test
    func `keys are added to a profile without credentials`() throws {
        let before = "[assumed]\nrole_arn = r\n\n[default]\nregion = eu-west-1\n"
        let after = try text(after: before) { try store("assumed", in: $0) }
        let keys = "aws_access_key_id=NEWKEY\naws_secret_access_key=new/secret=\n"
        #expect(after == "[assumed]\n\(keys)role_arn = r\n\n[default]\nregion = eu-west-1\n")
    }

    @Test
    func `existing keys are replaced in place and only with overwrite`() throws {
        let before = """
            ; old
            [a]
            AWS_ACCESS_KEY_ID = OLD # note
            region=eu-west-1
            aws_secret_access_key:   old
              continued
            # stays
            aws_session_token = token
            [b]
            aws_access_key_id=OTHER

            """
        let files = try InMemoryFileSystem([Self.path: before])
        let error = #expect(throws: DiagnosticError.self) { try store("a", in: files) }
        #expect(error?.diagnostics.first?.code == .profileExists)
        #expect(try files.readText(Self.path) == before)
        try store("a", overwrites: true, in: files)
        let after = """
            ; old
            [a]
            AWS_ACCESS_KEY_ID = NEWKEY
            region=eu-west-1
            aws_secret_access_key:   new/secret=
            # stays
            [b]
            aws_access_key_id=OTHER

            """
        #expect(try files.readText(Self.path) == after)
    }

    @Test
    func `a profile with only a session token has credentials`() throws {
        let files = try InMemoryFileSystem([Self.path: "[a]\naws_session_token=t\n"])
        #expect(throws: DiagnosticError.self) { try store("a", in: files) }
        try store("a", overwrites: true, in: files)
        let expected = "[a]\naws_access_key_id=NEWKEY\naws_secret_access_key=new/secret=\n"
        #expect(try files.readText(Self.path) == expected)
    }

    @Test
    func `a profile that is in the file twice has one pair of keys afterwards`() throws {
        let before = "[a]\naws_access_key_id=1\naws_secret_access_key=2\n[a]\naws_access_key_id=3\n"
        let after = try text(after: before) { try store("a", overwrites: true, in: $0) }
        #expect(after == "[a]\naws_access_key_id=NEWKEY\naws_secret_access_key=new/secret=\n[a]\n")
    }

    @Test
    func `line breaks of Windows are kept`() throws {
        let before = "[a]\r\naws_access_key_id = 1\r\naws_secret_access_key = 2\r\n"
        let after = try text(after: before) { try store("a", overwrites: true, in: $0) }
        #expect(after == "[a]\r\naws_access_key_id = NEWKEY\r\naws_secret_access_key = new/secret=\r\n")
    }

    @Test
    func `a link to the file remains a link`() throws {
        let files = try InMemoryFileSystem(["/dotfiles/credentials": ""])
        try files.createDirectory("/home/.aws")
        try files.createSymbolicLink(at: Self.path, to: "/dotfiles/credentials")
        try store("a", in: files)
        #expect(try files.readText("/dotfiles/credentials").contains("NEWKEY"))
        #expect(try files.status(of: Self.path, followingLinks: false).kind == .symbolicLink)
    }

    @Test
    func `the environment can name another file`() throws {
        let files = try InMemoryFileSystem(["/home/x": ""])
        for place in ["/etc/keys", "~/keys"] {
            try store(
                "a",
                in: files,
                environment: Environment(["HOME": "/home", "AWS_SHARED_CREDENTIALS_FILE": place])
            )
        }
        #expect(files.exists("/etc/keys") && files.exists("/home/keys") && !files.exists(Self.path))
        let error = #expect(throws: DiagnosticError.self) { try store("a", in: files, environment: Environment()) }
        #expect(error?.diagnostics.first?.code == .missingHomeDirectory)
    }

    @Test(arguments: [
        ("a]b", "K", "S"), ("a\nb", "K", "S"), (" ", "K", "S"), ("a", "K\n[b]", "S"), ("a", "K ", "S"),
        ("a", "K", "S3CRET\nx = y"), ("a", "K", " S3CRET"),
    ])
    func `a value that would change the file's structure is refused without showing it`(
        profile: String,
        key: String,
        secret: String
    ) throws {
        let files = try InMemoryFileSystem([Self.path: ""])
        let error = #expect(throws: DiagnosticError.self) { try store(profile, key, secret, in: files) }
        #expect(error?.diagnostics.map(\.code) == [.invalidCredentials])
        #expect("\(String(describing: error))".contains("S3CRET") == false)
        #expect(try files.readText(Self.path).isEmpty)
    }

    @Test
    func `a file in another encoding is not changed`() throws {
        let files = try InMemoryFileSystem([Self.path: ""])
        try files.write([0x23, 0xE9, 0x0A], to: Self.path)
        #expect(throws: DiagnosticError.self) { try store("a", in: files) }
        #expect(try files.read(Self.path) == [0x23, 0xE9, 0x0A])
    }
}

extension TemporaryDirectory {
    /// Runs a body in a temporary directory without waiting.
    fileprivate static func synchronously(_ body: (LocalPath) throws -> Void) throws {
        let files = LiveFileSystem()
        let folder = Environment.current().temporaryDirectory / "furoshiki-\(UInt64.random(in: .min ... .max))"
        try files.createDirectory(folder)
        defer { try? files.remove(folder) }
        try body(folder)
    }
}
