import OrderedJSON

/// Chains of custom resources that change the same object, and must not run at the same time.
struct CustomResourceChains {
    private var chains = OrderedMap<[String]>()

    mutating func add(_ logicalID: String, to subject: String) { chains[subject, default: []].append(logicalID) }

    /// Makes each custom resource depend on the previous one.
    func link(in template: inout Template) {
        for (_, chain) in chains {
            for (before, after) in zip(chain, chain.dropFirst()) {
                let known = template.resources[after]?["DependsOn"]?.arrayValue ?? []
                template.resources[after]?["DependsOn"] = .array(known + [.string(before)])
            }
        }
    }

    /// The ARN pattern for all functions of the account in the region.
    static let allFunctions: TemplateValue = .join(
        ":",
        ["arn", .ref("AWS::Partition"), "lambda", .ref("AWS::Region"), .ref("AWS::AccountId"), "function", "*"]
    )
}
