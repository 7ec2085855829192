/// The correction of common spellings of runtimes that are not their names.
enum RuntimeSpelling {
    /// The name that a spelling stands for, such as `python3.12` for `Python 3.12`, `py312` and `3.12`; `nil` if it has
    /// another form.
    static func correct(_ text: String) -> String? {
        var letters = text.lowercased().filter { !" -_:".contains($0) }
        if letters.hasPrefix(".net") { letters.removeFirst() }
        if ["go", "golang"].contains(letters) { return "provided.al2023" }
        let language = letters.prefix { $0.isLetter }
        let rest = letters.dropFirst(language.count)
        var numbers = rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if numbers.last == "x" { numbers.removeLast() }
        guard numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }), let first = numbers.first else {
            return nil
        }
        switch language {
        case "python", "py", "":
            if first == "3", numbers.count > 1 {
                // `3.10` is the number 3.1 in YAML.
                return "python3.\(language.isEmpty && numbers[1] == "1" ? "10" : numbers[1])"
            }
            if language.isEmpty, numbers.count == 1 || rest.hasSuffix(".x") { return "nodejs\(first).x" }
            return first.hasPrefix("3") && first.count > 1 && numbers.count == 1 ? "python3.\(first.dropFirst())" : nil
        case "nodejs", "node", "njs": return "nodejs\(first).x"
        case "java", "jdk", "corretto": return numbers.count == 1 ? "java\(first)" : nil
        case "dotnet", "net", "dotnetcore": return numbers.count < 3 ? "dotnet\(first)" : nil
        case "ruby": return numbers.count > 1 ? "ruby\(first).\(numbers[1])" : nil
        case "al", "amazonlinux", "provided": return "provided.al\(first)"
        default: return nil
        }
    }
}
