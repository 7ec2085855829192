import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// The search for `${self.service}` and the like, which are not variables because a source ends with a colon.
///
/// Such a string stays as it is, as in Serverless, and can be meant for another program. It is an error only if the same
/// with a colon has a value in this configuration. `\${self.service}` is never reported.
enum DottedVariables {
    /// A string that is not a variable.
    private struct Finding {
        let written: String
        let node: ConfigurationValue
        let path: [String]
    }

    /// What is not an error.
    struct Remarks {
        let warnings: [Diagnostic]
        /// The places of the values that are reported.
        let places: Set<SourcePlace>
    }

    /// Finds the strings in the configuration and the files that it reads, and adds those that are errors.
    static func found(
        in configuration: ConfigurationValue,
        _ resolver: VariableResolver,
        into errors: inout VariableErrors
    ) async -> Remarks {
        var findings: [Finding] = []
        search(configuration, [], &findings)
        for (_, content) in resolver.files.sorted(by: { $0.key.string < $1.key.string }) {
            // A file that is one string can have any format.
            if case .value(let node) = content, node.string == nil { search(node, [], &findings) }
        }
        let resources = configuration.member(at: ["resources", "Resources"])?.map
        var warnings = VariableErrors()
        for finding in findings {
            let name = finding.written.dropFirst(2).prefix { $0 != "." }
            if finding.path.contains("Fn::Sub"), resources?[String(name)] != nil { continue }
            let error = error(for: finding, resolver)
            if await hasValue(finding, resolver) { errors.add(error) } else { warnings.add(error) }
        }
        return Remarks(
            warnings: warnings.diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.severity = .warning
                return diagnostic
            },
            places: Set(findings.compactMap(\.node.place))
        )
    }

    private static func search(_ node: ConfigurationValue, _ path: [String], _ findings: inout [Finding]) {
        switch node.content {
        case .string(let text):
            for written in VariableParser.dottedVariables(in: text) {
                findings.append(Finding(written: written, node: node, path: path))
            }
        case .list(let items): for item in items { search(item, path, &findings) }
        case .map(let members): for (key, member) in members { search(member, path + [key], &findings) }
        case .null, .bool, .number: break
        }
    }

    private static func error(for finding: Finding, _ resolver: VariableResolver) -> VariableError {
        let owner = VariableOwner(property: resolver.root, resolver: resolver)
        return VariableError(
            code: .dottedVariable,
            message: "'\(finding.written)' is not a variable: the name of a source ends with ':'",
            isGeneral: true,
            place: owner.place(of: finding.written, in: finding.node.place) ?? finding.node.place,
            help: ["write '\(variable(finding))', or '\\\(finding.written)' if the text is meant as it is"]
        )
    }

    /// The variable that was most likely meant.
    private static func variable(_ finding: Finding) -> String {
        let parts = finding.written.dropFirst(2).dropLast().split(separator: ".", maxSplits: 1)
        let (source, rest) = (parts.first ?? "", parts.dropFirst().first ?? "")
        return source == "file" || source == "strToBool" ? "${\(source)(\(rest))}" : "${\(source):\(rest)}"
    }

    /// Whether the variable that was most likely meant has a value in this configuration.
    private static func hasValue(_ finding: Finding, _ resolver: VariableResolver) async -> Bool {
        let variable = variable(finding)
        guard ["${self:", "${sls:", "${opt:", "${param:"].contains(where: variable.hasPrefix) else { return false }
        let owner = VariableOwner(property: resolver.root, resolver: resolver)
        do throws(VariableFailure) {
            guard let text = try owner.parse(variable) else { return false }
            _ = try await resolver.settled(text, for: owner)
            return true
        } catch {
            return false
        }
    }
}
