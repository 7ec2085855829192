import Deployment
import LambdaBundle
import OrderedJSON

/// The information of a deployed service as text.
struct ServiceInformationText {
    let information: ServiceInformation
    /// Whether secrets are omitted.
    var isConcealed = false
    /// Whether the outputs of the stack are shown.
    var hasOutputs = false
    /// Whether the service, its stage, region and stack come first.
    var hasHeading = true
    /// The sizes of the functions' artifacts in bytes, by key.
    var sizes: [String: Int64] = [:]

    /// The text, with a line break at its end.
    var text: String {
        var lines: [String] = []
        if hasHeading {
            lines += [
                "service: \(information.service)", "stage: \(information.stage)", "region: \(information.region)",
                "stack: \(information.stack)",
            ]
        }
        lines += section("api keys", information.apiKeys.map(apiKey))
        if information.endpoints.count == 1, let endpoint = information.endpoints.first {
            lines.append("endpoint: \(endpoint)")
        } else {
            lines += section("endpoints", information.endpoints)
        }
        lines += section(
            "functions",
            information.functions.map { function in
                let size = sizes[function.key].map { " (\(Quantity.megabytes($0)))" } ?? ""
                return "\(function.key): \(function.name)\(size)"
            }
        )
        lines += section("layers", information.layers.map { "\($0.key): \($0.arn)" })
        if hasOutputs {
            lines += [""] + section("Stack Outputs", information.outputs.map { "\($0.key): \($0.value)" })
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func section(_ name: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["\(name):"] + lines.map { "  \($0)" }
    }

    private func apiKey(_ key: ServiceInformation.APIKey) -> String {
        let value = isConcealed ? key.name : "\(key.name): \(key.value)"
        return value + (key.description.map { " - \($0)" } ?? "")
    }
}
