extension RegularExpression {
    /// The expression for engines that have no flag for case, as in JSON Schema: letters match in either case by classes.
    var portableSource: String {
        guard ignoresCase else { return source }
        var result = ""
        var isInClass = false
        var isEscaped = false
        for character in source {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "[" {
                isInClass = true
            } else if character == "]" {
                isInClass = false
            } else if character.isASCII, character.isLetter, !isInClass {
                result += "[\(character.uppercased())\(character.lowercased())]"
                continue
            }
            result.append(character)
        }
        return result
    }
}
