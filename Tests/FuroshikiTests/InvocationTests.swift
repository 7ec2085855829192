import Diagnostics
import HostSystem
import Testing

@testable import furoshiki

struct InvocationTests {
    @Test(arguments: [["help", "invoke", "local"], ["invoke", "local", "--help"], ["-h", "invoke", "local"]])
    func `help may stand in front of a command`(words: [String]) throws {
        let invocation = try Invocation(parsing: words)
        #expect(invocation.command?.name == "invoke local")
        #expect(invocation.has("help"))
    }

    @Test
    func `help alone is that of the program`() throws {
        let invocation = try Invocation(parsing: ["help"])
        #expect(invocation.command == nil)
        #expect(invocation.has("help"))
    }

    @Test
    func `an option with nothing after the equals sign is not given, and that is told`() throws {
        let invocation = try Invocation(parsing: ["package", "--stage=", "--region=eu-west-1"])
        #expect(invocation.text("stage") == nil)
        #expect(invocation.text("region") == "eu-west-1")
        #expect(invocation.warnings.map(\.message) == ["'--stage=' has no value, and is ignored"])
    }

    @Test(arguments: [
        (["package", "--stage", ""], "'--stage' needs a value"),
        (["package", ""], "a word of the command line is empty"),
    ])
    func `an empty word is a fault of its own`(words: [String], message: String) {
        #expect { try Invocation(parsing: words) } throws: { error in
            (error as? DiagnosticError)?.diagnostics.map(\.message) == [message]
        }
    }

    @Test(arguments: [["plugin", "install", "-n", "name"], ["install", "--url", "x"], ["param", "list"], ["login"]])
    func `what is left out is known whatever follows it`(words: [String]) throws {
        #expect(try Invocation(parsing: words).command?.isLeftOut == true)
    }
}
