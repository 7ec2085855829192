import ConfigurationValues

/// The value of a string with variables, and the pieces that it was joined from.
struct EvaluatedText {
    /// The value of the text, of any type if it was a single variable.
    let node: ConfigurationValue
    /// The pieces of a joined string; `nil` if one variable was the whole text.
    ///
    /// Variables in the value are searched for in the single pieces, so that joining cannot create new ones.
    var pieces: [String]?

    /// The variables in the value.
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
