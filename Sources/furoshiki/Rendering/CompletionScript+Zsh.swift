extension CompletionScript {
    /// A script for zsh with the descriptions of commands and options.
    ///
    /// It can be sourced (`source <(furoshiki completion zsh)`), or be a file `_furoshiki` in a directory of `fpath`.
    var zsh: String {
        """
        #compdef \(Self.programs.joined(separator: " "))
        # Completes furoshiki, also when it is called sls or serverless.
        _furoshiki() {
            local command="" values=" \(valueOptions) "
            local -i index=2
            local -a commands options
            while (( index < CURRENT )); do
                if [[ $values == *" ${words[index]} "* ]]; then
                    # A value comes next. If the user is typing it, complete a file name.
                    (( index += 2 ))
                    (( index > CURRENT )) && { _files; return }
                    continue
                fi
                [[ ${words[index]} == -* ]] || command="${command:+$command }${words[index]}"
                (( index += 1 ))
            done
            case $command in
        \(zshCases)
            esac
            if [[ ${words[CURRENT]} == -* ]]; then
                options+=(
        \(zshList(table.commonOptions.filter { !$0.isHidden }.map { ("--\($0.name)", $0.summary) }, indentation: 12))
                )
                _describe -o option options
            elif (( $#commands )); then
                _describe command commands
            else
                _files
            fi
        }
        if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
            _furoshiki "$@"
        else
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            compdef _furoshiki \(Self.programs.joined(separator: " "))
        fi

        """
    }

    /// A pattern for each command, with the words that can follow it and its options.
    private var zshCases: String {
        ([[]] + table.listed.map(\.words))
            .map { words in
                let next = table.listed
                    .filter { $0.words.count == words.count + 1 && $0.words.starts(with: words) }
                    .map { ($0.words.last ?? "", $0.summary) }
                let options = (table.command(named: words.joined(separator: " "))?.options ?? [])
                    .filter { !$0.isHidden }
                    .map { ("--\($0.name)", $0.summary) }
                var text = "        \"\(words.joined(separator: " "))\")\n"
                if !next.isEmpty {
                    text += "            commands=(\n\(zshList(next, indentation: 16))\n            )\n"
                }
                if !options.isEmpty {
                    text += "            options=(\n\(zshList(options, indentation: 16))\n            )\n"
                }
                return text + "            ;;"
            }
            .joined(separator: "\n")
    }

    /// Names with their descriptions in the notation of `_describe`, one on each line.
    private func zshList(_ items: [(name: String, summary: String)], indentation: Int) -> String {
        items.map { item in
            let summary = item.summary.replacing("'", with: "'\\''")
            return String(repeating: " ", count: indentation) + "'\(item.name):\(summary)'"
        }
        .joined(separator: "\n")
    }
}
