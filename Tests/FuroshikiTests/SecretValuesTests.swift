import OrderedJSON
import Testing

@testable import furoshiki

@Suite("Secret values in messages")
struct SecretValuesTests {
    private func hidden(_ secrets: [JSONValue], _ message: String) -> String {
        let values = SecretValues()
        for secret in secrets { values.add(secret) }
        return values.hidden(in: message)
    }

    @Test func `strings anywhere in a secret value are hidden`() {
        #expect(hidden(["hunter2"], "not a runtime: 'hunter2'") == "not a runtime: '<secret>'")
        let document: JSONValue = ["user": "admin", "keys": ["first-key", ["inner": "second-key"]], "port": 5432]
        #expect(hidden([document], "admin first-key second-key 5432") == "<secret> <secret> <secret> 5432")
    }

    @Test func `a secret is also hidden as it is quoted in JSON`() {
        #expect(hidden(["pass\"word"], #"{"password":"pass\"word"}"#) == #"{"password":"<secret>"}"#)
    }

    @Test func `a secret that contains another one is hidden as a whole`() {
        #expect(hidden(["word", "password"], "password and word") == "<secret> and <secret>")
    }

    @Test func `short values are not hidden, since they are parts of ordinary words`() {
        #expect(hidden(["dev", ""], "stage dev") == "stage dev")
    }

    @Test(arguments: [
        ("https://ada:key@host/simple", "https://ada:***@host/simple"),
        ("https://token@host/ https://b:cd@h", "https://*****@host/ https://b:**@h"),
        ("git+ssh://git@github.com/a/b", "git+ssh://git@github.com/a/b"),
        ("https://ada:${TOKEN}@host/", "https://ada:${TOKEN}@host/"),
        ("https://host/a@b", "https://host/a@b"),
    ])
    func `passwords of addresses are replaced character by character`(line: String, shown: String) {
        let scalars = SecretValues.hidingPasswords(Array(line.unicodeScalars))
        #expect(String(String.UnicodeScalarView(scalars)) == shown)
    }
}
