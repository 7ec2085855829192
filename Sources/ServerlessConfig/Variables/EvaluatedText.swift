import ConfigurationValues

/// What a text became, and of which pieces.
struct EvaluatedText {
    /// The value.
    let node: ConfigurationValue
    /// The pieces that a text was joined of, `nil` for a value that was taken as it is.
    ///
    /// Only they are searched for further variables, not what their joining makes.
    var pieces: [String]?

    /// The variables that the text brought.
    func variables(for owner: VariableOwner) throws(VariableFailure) -> VariableText? {
        guard let text = node.string, VariableParser.mayHoldVariables(text) else { return nil }
        guard let pieces else { return try owner.parse(text) }
        var variables: [Variable] = []
        var offset = 0
        for piece in pieces {
            if let found = try owner.parse(piece) {
                variables += found.variables.map { variable in
                    let range = variable.range.lowerBound + offset..<variable.range.upperBound + offset
                    return Variable(range: range, content: variable.content)
                }
            }
            offset += piece.utf8.count
        }
        return variables.isEmpty ? nil : VariableText(bytes: Array(text.utf8), variables: variables)
    }
}
