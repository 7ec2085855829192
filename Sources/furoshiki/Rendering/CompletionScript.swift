import ConfigurationValues

/// Scripts that let shells complete the commands and options of the program.
struct CompletionScript {
    /// The commands and options to complete.
    let table: CommandTable

    /// The names by which users call the program.
    static let programs = ["furoshiki", "sls", "serverless"]

    /// A script for bash: `source <(furoshiki completion bash)`.
    var bash: String {
        """
        # Completes furoshiki, also when it is called sls or serverless.
        _furoshiki() {
            local word="${COMP_WORDS[COMP_CWORD]}" words="" values=" \(valueOptions) " index
            COMPREPLY=()
            for ((index = 1; index < COMP_CWORD; index++)); do
                case "$values" in *" ${COMP_WORDS[index]} "*)
                    # A value comes next, perhaps after an equals sign. If the user is typing it, complete a file name.
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
        complete -o default -F _furoshiki \(Self.programs.joined(separator: " "))

        """
    }

    /// A script for fish: `furoshiki completion fish | source`.
    var fish: String {
        var lines: [String] = []
        for program in Self.programs {
            lines.append("complete -c \(program) -f")
            for command in table.listed {
                let seen = command.words.dropLast().map { "__fish_seen_subcommand_from \($0)" }
                let condition = seen.isEmpty ? "__fish_use_subcommand" : seen.joined(separator: "; and ")
                let word = command.words.last ?? ""
                lines.append("complete -c \(program) -n '\(condition)' -a \(word) -d \(quoted(command.summary))")
                let here = command.words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
                lines += command.options.filter { !$0.isHidden }
                    .map { "complete -c \(program) -n '\(here)' " + fish($0) }
            }
            lines += table.commonOptions.filter { !$0.isHidden }.map { "complete -c \(program) " + fish($0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func fish(_ option: CommandOption) -> String {
        let short = option.short.map { "-s \($0) " } ?? ""
        let value = [.flag, .optionalValue].contains(option.kind) ? "" : "-r "
        return "\(short)-l \(option.name) \(value)-d \(quoted(option.summary))"
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    /// The options that accept a value in every command that has them.
    var valueOptions: String {
        let all = table.listed.flatMap { table.options(of: $0) }
        func names(_ options: [CommandOption]) -> [String] {
            options.flatMap { ["--\($0.name)"] + ($0.short.map { ["-\($0)"] } ?? []) }
        }
        let flags = Set(names(all.filter { [.flag, .optionalValue].contains($0.kind) }))
        return Set(names(all.filter { ![.flag, .optionalValue].contains($0.kind) })).subtracting(flags).sorted()
            .joined(separator: " ")
    }

    /// A line for each command, with the words that can follow it and its options.
    private var cases: String {
        let prefixes = [[]] + table.listed.map(\.words)
        return
            prefixes.map { words in
                let next = table.listed
                    .filter { $0.words.count == words.count + 1 && $0.words.starts(with: words) }
                    .compactMap(\.words.last)
                let options =
                    table.options(of: table.command(named: words.joined(separator: " "))).filter { !$0.isHidden }
                let candidates = (next + options.map { "--\($0.name)" }).joined(separator: " ")
                return "        \"\(words.joined(separator: " "))\") candidates=\"\(candidates)\" ;;"
            }
            .joined(separator: "\n")
    }
}
