import Diagnostics

/// The errors of values that refer to each other, or produce too much.
extension VariableResolver {
    func tooNested(_ owner: VariableOwner) -> VariableError {
        VariableError(
            code: .variableNestingTooDeep,
            message: "the values of the variables of '\(owner.path)' contain more and more variables",
            place: owner.property.place,
            notes: ["variables in values are followed \(Self.maximumNesting) times"],
            help: ["write the value without variables that lead to further variables"]
        )
    }

    func tooLarge(_ owner: VariableOwner) -> VariableError {
        VariableError(
            code: .variableValueTooLarge,
            message: "the variables of '\(owner.path)' produce more than \(VariableValueSize.limit)",
            place: owner.property.place,
            help: ["use fewer variables whose values contain each other several times"]
        )
    }

    func tooDeep(_ owner: VariableOwner) -> VariableError {
        owner.error(
            .variableNestingTooDeep,
            "the value is nested in more than \(Self.maximumDepth) levels",
            help: ["nest the value in fewer levels"]
        )
    }

    /// The error of properties that refer to each other in a cycle.
    func cycle(to property: ConfigurationProperty) -> VariableError {
        let start = inProgress.firstIndex { $0 === property } ?? inProgress.startIndex
        let links = inProgress[start...]
        let names = links.map { "'\($0.path)'" } + ["'\(property.path)'"]
        let message =
            links.count == 1
            ? "'\(property.path)' refers to itself"
            : "'\(property.path)' refers to itself: \(names.joined(separator: " → "))"
        return VariableError(
            code: .variableCycle,
            message: message,
            place: property.place,
            notes: links.dropFirst().compactMap { link in link.place.map { "'\(link.path)' is at \($0)" } },
            help: ["give one of them a value that does not refer to the others"]
        )
    }
}
