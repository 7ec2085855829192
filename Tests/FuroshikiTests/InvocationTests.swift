import Diagnostics
import HostSystem
import Testing

@testable import furoshiki

struct InvocationTests {
    private let table = ProgramCommands().table

    private func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
        try Invocation(parsing: arguments, with: table)
    }

    private func codes(_ arguments: [String]) -> [DiagnosticCode?] {
        do throws(UsageError) {
            _ = try parse(arguments)
            return []
        } catch {
            return error.diagnostics.map(\.code)
        }
    }

    @Test(arguments: [["help", "invoke", "local"], ["invoke", "local", "--help"], ["-h", "invoke", "local"]])
    func `help can come before a command`(arguments: [String]) throws {
        let invocation = try parse(arguments)
        #expect(invocation.command?.name == "invoke local")
        #expect(invocation.has("help"))
    }

    @Test
    func `help without a command is the help of the program`() throws {
        let invocation = try parse(["help"])
        #expect(invocation.command == nil)
        #expect(invocation.has("help"))
    }

    @Test
    func `an option with an empty value is ignored with a warning`() throws {
        let invocation = try parse(["package", "--stage=", "--region=eu-west-1"])
        #expect(invocation.text("stage") == nil)
        #expect(invocation.text("region") == "eu-west-1")
        #expect(invocation.warnings.map(\.code) == [.emptyOptionValue])
    }

    @Test(
        arguments: [
            (["pakcage"], [.unknownCommand]), (["package", "now"], [.unknownCommand]),
            (["package", ""], [.emptyArgument]),
            (["package", "--stage", ""], [.missingOptionValue]), (["package", "-fs"], [.unknownOption]),
            (["logs", "-tf"], [.missingOptionValue, .missingOption]),
            (["package", "--verbose=yes"], [.unexpectedOptionValue]), (["invoke", "local"], [.missingOption]),
            (["print", "--path", "a", "--path", "b"], [.repeatedOption]),
            (["explain", "a", "b"], [.unexpectedArgument]),
            (["package", "--one", "--two"], [.unknownOption, .unknownOption]),
        ] as [([String], [DiagnosticCode])]
    )
    func `each mistake in a command line has its code`(arguments: [String], expected: [DiagnosticCode]) {
        #expect(codes(arguments) == expected)
    }

    @Test(arguments: [["plugin", "install", "-n", "name"], ["install", "--url", "x"], ["param", "list"], ["login"]])
    func `an omitted command is recognized with any arguments`(arguments: [String]) throws {
        #expect(try parse(arguments).command?.isOmitted == true)
    }

    @Test
    func `an argument follows the words of a command that accepts one`() throws {
        #expect(try parse(["explain", "unknown-runtime", "--json"]).argument == "unknown-runtime")
        #expect(try parse(["explain"]).argument == nil)
    }

    @Test
    func `an error says which command was meant, and whether JSON was requested`() {
        for (arguments, command, isJSON) in [
            (["package", "--verbos", "--json"], "package", true),
            (["print", "now", "--path", "package"], "print", false),
            (["pakcage", "--json"], nil, true), (["package", "x", "--path", "--json"], "package", true),
        ] as [([String], String?, Bool)] {
            let error = #expect(throws: UsageError.self) { try parse(arguments) }
            #expect(error?.command?.name == command)
            #expect(error?.isJSON == isJSON)
        }
    }

    @Test
    func `a command line is parsed from the table that is given`() throws {
        var greet = Command("greet", "Greet a user", options: [CommandOption("loud", "l", .flag, "Greet loudly")])
        greet.argument = CommandArgument(name: "NAME", summary: "Name to greet")
        let table = CommandTable([greet], commonOptions: [CommandOption("quiet", nil, .flag, "Be quiet")])
        let invocation = try Invocation(parsing: ["-l", "greet", "World", "--quiet"], with: table)
        #expect(invocation.command?.name == "greet")
        #expect(invocation.argument == "World")
        #expect(invocation.has("loud") && invocation.has("quiet"))
        let error = #expect(throws: UsageError.self) { try Invocation(parsing: ["greet", "--json"], with: table) }
        #expect(error?.diagnostics.map(\.code) == [.unknownOption])
    }
}
