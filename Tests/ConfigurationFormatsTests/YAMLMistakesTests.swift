import ConfigurationFormats
import Diagnostics
import HostSystem
import Testing

/// Mistakes in YAML that people make, and how each is described.
///
/// `Fixtures/mistakes.txt` has texts, each with the message that it gets, in the form of a rule of `=`, the text, a rule
/// of `-`, and the message. `FUROSHIKI_RECORD=1` records the messages again.
struct YAMLMistakesTests {
    private static let corpus = LocalPath(#filePath).parent / "Fixtures/mistakes.txt"

    private static func message(for text: Substring) -> String {
        do throws(DiagnosticError) {
            _ = try ConfigurationText.yaml(Array(text.utf8), file: "f")
            return "valid\n"
        } catch {
            return error.diagnostics
                .map { diagnostic in
                    let place = diagnostic.place.map { "\($0.line):\($0.column) " } ?? ""
                    let lines = diagnostic.notes.map { "note: \($0)" } + diagnostic.help.map { "help: \($0)" }
                    return ([place + diagnostic.message] + lines).joined(separator: "\n") + "\n"
                }
                .joined()
        }
    }

    @Test func `the message says what is wrong, where, and what to do`() throws {
        let files = LiveFileSystem()
        let recorded = try files.readText(Self.corpus)
        let texts = recorded.split(separator: "=====\n").compactMap { $0.split(separator: "-----\n").first }
        var now = ""
        for text in texts {
            let message = Self.message(for: text)
            now += "=====\n\(text)-----\n\(message)"
            #expect(message.contains("\nhelp: "), "\(text)")
            #expect(!message.contains("this is not valid YAML"), "\(text)")
        }
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil { try files.write(now, to: Self.corpus) }
        #expect(now == recorded)
        #expect(texts.count > 60)
    }

    private static let service = """
        # A service
        service: shop
        frameworkVersion: "3"
        plugins: [serverless-offline, 'serverless-python-requirements']
        custom:
          tables: {dev: "orders-dev", prod: orders}
          text: |
            any: [thing
              'here
        provider:
          name: aws
          environment:
            TABLE: ${self:custom.tables.${sls:stage}}
        functions:
          list:
            handler: "src/list.main" # the handler
            events:
              - httpApi: GET /orders
              - schedule:
                  rate: rate(1 hour)
                  input: {'key': !Sub "x-${AWS::Region}"}
        resources:
          Outputs:
            Name:
              Value: !GetAtt Table.Arn

        """

    @Test(arguments: ["", ":", "'", "\"", " ", "\n", "\t", "-", "[", "}", "*", "@", "{", ",", "\\", "&", "|"])
    func `one wrong character is described, wherever it is`(_ inserted: String) throws {
        let text = Array(Self.service.utf8)
        var invalid = 0
        var unexplained = 0
        for offset in text.indices {
            let end = inserted.isEmpty ? offset + 1 : offset
            let changed = String(decoding: text[..<offset] + Array(inserted.utf8) + text[end...], as: UTF8.self)
            let message = Self.message(for: changed[...])
            guard message != "valid\n" else { continue }
            #expect(message.contains("\nhelp: "), "\(changed)\n\(message)")
            invalid += 1
            if message.contains("this is not valid YAML") { unexplained += 1 }
        }
        #expect(unexplained <= invalid / 20, "\(unexplained) of \(invalid)")
    }
}
