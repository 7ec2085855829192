/// The options that pip accepts in requirements files and on its command line.
enum PipOption: Hashable, Sendable {
    case index, extraIndex, noIndex, findLinks, requirement, constraint, editable, noBinary, onlyBinary, preReleases
    case requireHashes, trustedHost, noDependencies, hash
    case platform, pythonVersion, implementation, abi, cacheDirectory
    /// A setting for builds of source distributions, which is not passed to them.
    case buildSetting
    /// An option that has no effect on the wheels in a zip.
    case ignored

    /// The syntax of an option name: whether it has a value, and where it is allowed.
    struct Row: Sendable {
        /// The option that the name means.
        var option: PipOption
        /// Whether the option has a value.
        var takesValue: Bool
        /// Whether the option is allowed in requirements files.
        var isForFiles: Bool
        /// Whether the option is allowed in `pipCmdExtraArgs`.
        var isForCommandLine: Bool
    }

    /// The syntax of an option name; `nil` if pip has no such option.
    static func row(named name: String) -> Row? { rows[name] }

    /// The names of the options that are allowed in requirements files, sorted.
    static var namesForFiles: [String] { rows.filter(\.value.isForFiles).keys.sorted() }

    /// The names of the options that are allowed in `pipCmdExtraArgs`, sorted.
    static var namesForCommandLine: [String] { rows.filter(\.value.isForCommandLine).keys.sorted() }

    private static let rows: [String: Row] = {
        var rows: [String: Row] = [:]
        func add(_ names: [String], _ option: PipOption, value: Bool, file: Bool = true, line: Bool = true) {
            for name in names {
                rows[name] = Row(option: option, takesValue: value, isForFiles: file, isForCommandLine: line)
            }
        }
        add(["-i", "--index-url", "--pypi-url"], .index, value: true)
        add(["--extra-index-url"], .extraIndex, value: true)
        add(["--no-index"], .noIndex, value: false)
        add(["-f", "--find-links"], .findLinks, value: true)
        add(["-r", "--requirement"], .requirement, value: true, line: false)
        add(["-c", "--constraint"], .constraint, value: true)
        add(["-e", "--editable"], .editable, value: true, line: false)
        add(["--no-binary"], .noBinary, value: true)
        add(["--only-binary"], .onlyBinary, value: true)
        add(["--pre"], .preReleases, value: false)
        add(["--require-hashes"], .requireHashes, value: false)
        add(["--trusted-host"], .trustedHost, value: true)
        add(["--hash"], .hash, value: true, line: false)
        add(["--no-deps", "--no-dependencies"], .noDependencies, value: false, file: false)
        add(["--platform"], .platform, value: true, file: false)
        add(["--python-version"], .pythonVersion, value: true, file: false)
        add(["--implementation"], .implementation, value: true, file: false)
        add(["--abi"], .abi, value: true, file: false)
        add(["--cache-dir"], .cacheDirectory, value: true, file: false)
        add(["--prefer-binary"], .ignored, value: false)
        add(["--use-feature", "--use-deprecated"], .ignored, value: true)
        add(
            ["--global-option", "--install-option", "--build-option", "-C", "--config-settings"],
            .buildSetting,
            value: true
        )
        add(
            [
                "--no-compile", "--compile", "--no-cache-dir", "-q", "-qq", "-qqq", "--quiet", "-v", "-vv", "-vvv",
                "--verbose", "--disable-pip-version-check", "--no-input", "--no-color",
                "--no-python-version-warning", "--no-warn-script-location", "--no-warn-conflicts", "-U", "--upgrade",
                "--force-reinstall", "-I", "--ignore-installed", "--ignore-requires-python", "--use-pep517",
                "--no-use-pep517", "--isolated", "--no-clean", "--break-system-packages", "--no-build-isolation",
                "--check-build-dependencies", "--debug", "--require-virtualenv",
            ],
            .ignored,
            value: false,
            file: false
        )
        add(
            [
                "--progress-bar", "--root-user-action", "--upgrade-strategy", "--timeout", "--retries",
                "--exists-action", "--log", "--report", "--keyring-provider", "--resume-retries",
            ],
            .ignored,
            value: true,
            file: false
        )
        return rows
    }()
}

/// One option with its value, parsed from a requirements file or a command line.
struct ParsedPipOption: Hashable, Sendable {
    /// The option that the name means.
    var option: PipOption
    /// The name of the option as written, such as `-i`.
    var name: String
    /// The value of the option; empty if it has none.
    var value: String
    /// The index of the byte where the option begins.
    var start: Int

    /// The reasons why words cannot be parsed as options.
    enum ParseError: Error, Hashable {
        /// An option that pip does not have, or that is not allowed in the place.
        case unknown(String, at: Int)
        case missingValue(String, at: Int)
        case unwantedValue(String, at: Int)
        /// A word that is neither an option nor the value of one.
        case stray(String, at: Int)

        /// The index of the byte where the error begins.
        var start: Int {
            switch self {
            case .unknown(_, let at), .missingValue(_, let at), .unwantedValue(_, let at), .stray(_, let at): at
            }
        }
    }

    /// Parses words as options: `--name value`, `--name=value`, `-n value`, `-nvalue`.
    static func parse(
        _ words: [ShellWords.Word],
        allowing isAllowed: (PipOption.Row) -> Bool
    ) throws(ParseError) -> [ParsedPipOption] {
        var result: [ParsedPipOption] = []
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            guard word.text.hasPrefix("-"), word.text != "-" else { throw .stray(word.text, at: word.start) }
            var name = word.text
            var attached: String?
            if word.text.hasPrefix("--") {
                if let equals = word.text.firstIndex(of: "=") {
                    name = String(word.text[..<equals])
                    attached = String(word.text[word.text.index(after: equals)...])
                }
            } else if PipOption.row(named: name) == nil, word.text.utf8.count > 2 {
                name = String(word.text.prefix(2))
                attached = String(word.text.dropFirst(2))
            }
            guard let row = PipOption.row(named: name), isAllowed(row) else { throw .unknown(name, at: word.start) }
            if row.takesValue, attached == nil {
                guard index < words.count else { throw .missingValue(name, at: word.start) }
                attached = words[index].text
                index += 1
            }
            if !row.takesValue, attached != nil { throw .unwantedValue(name, at: word.start) }
            result.append(ParsedPipOption(option: row.option, name: name, value: attached ?? "", start: word.start))
        }
        return result
    }
}
