import ConfigurationValues

/// Scripts by which shells complete the commands and options of ``CommandTable``.
enum CompletionScript {
    /// The names by which people call the program.
    private static let programs = ["furoshiki", "sls", "serverless"]

    /// A script for bash: `source <(furoshiki completion bash)`.
    static var bash: String {
        """
        # Completes furoshiki, also where it is called sls or serverless.
        _furoshiki() {
            local word="${COMP_WORDS[COMP_CWORD]}" words="" values=" \(valueOptions) " index
            COMPREPLY=()
            for ((index = 1; index < COMP_CWORD; index++)); do
                case "$values" in *" ${COMP_WORDS[index]} "*)
                    # A value comes next, perhaps after an equals sign; where it is typed now, it is a file's name.
                    ((index++))
                    [ "${COMP_WORDS[index]}" = "=" ] && ((index++))
                    [ "$index" -ge "$COMP_CWORD" ] && return
                    continue ;;
                esac
                case "${COMP_WORDS[index]}" in -*) continue ;; esac
                words="${words:+$words }${COMP_WORDS[index]}"
            done
            local candidates=""
            case "$words" in
        \(cases)
            esac
            COMPREPLY=($(compgen -W "$candidates" -- "$word"))
        }
        complete -o default -F _furoshiki \(programs.joined(separator: " "))

        """
    }

    /// A script for zsh, which completes as bash does: `source <(furoshiki completion zsh)`.
    static var zsh: String { "autoload -Uz bashcompinit && bashcompinit\n" + bash }

    /// A script for fish: `furoshiki completion fish | source`.
    static var fish: String {
        var lines: [String] = []
        for program in programs {
            lines.append("complete -c \(program) -f")
            for command in CommandTable.listed {
                let seen = command.words.dropLast().map { "__fish_seen_subcommand_from \($0)" }
                let condition = seen.isEmpty ? "__fish_use_subcommand" : seen.joined(separator: "; and ")
                let word = command.words.last ?? ""
                lines.append("complete -c \(program) -n '\(condition)' -a \(word) -d \(quoted(command.summary))")
                let here = command.words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
                lines += command.options.map { "complete -c \(program) -n '\(here)' " + fish($0) }
            }
            let common = CommandTable.serviceOptions + CommandTable.globalOptions
            lines += common.map { "complete -c \(program) " + fish($0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func fish(_ option: CommandOption) -> String {
        let short = option.short.map { "-s \($0) " } ?? ""
        let value = option.kind == .flag ? "" : "-r "
        return "\(short)-l \(option.name) \(value)-d \(quoted(option.summary))"
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    /// The options that take a value in whatever command they are.
    private static var valueOptions: String {
        let all = CommandTable.listed.flatMap(\.allOptions)
        func names(_ options: [CommandOption]) -> [String] {
            options.flatMap { ["--\($0.name)"] + ($0.short.map { ["-\($0)"] } ?? []) }
        }
        let flags = Set(names(all.filter { $0.kind == .flag }))
        return Set(names(all.filter { $0.kind != .flag })).subtracting(flags).sorted().joined(separator: " ")
    }

    /// A line for each command: the words that may come next, and its options.
    private static var cases: String {
        let prefixes = [[]] + CommandTable.listed.map(\.words)
        return
            prefixes.map { words in
                let next = CommandTable.listed
                    .filter { $0.words.count == words.count + 1 && $0.words.starts(with: words) }
                    .compactMap(\.words.last)
                let options =
                    (CommandTable.named(words.joined(separator: " "))?.options ?? [])
                    + CommandTable.serviceOptions + CommandTable.globalOptions
                let candidates = (next + options.map { "--\($0.name)" }).joined(separator: " ")
                return "        \"\(words.joined(separator: " "))\") candidates=\"\(candidates)\" ;;"
            }
            .joined(separator: "\n")
    }
}
