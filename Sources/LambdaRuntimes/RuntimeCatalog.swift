package import Diagnostics

/// The runtimes of Lambda: those that exist, when their support ends, and which names can be later ones.
///
/// All other code asks this list whether a runtime exists.
package enum RuntimeCatalog {
    /// The day of the table: runtimes with which functions could not be created on it are no longer current.
    static let date = CalendarDate(2026, 1, 1)

    /// The page with the days on which the support of runtimes ends, which are in this table.
    package static let source = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"

    /// All runtimes that Lambda has or had, by language, oldest first; add a line for a new one.
    package static let all: [KnownRuntime] = [
        runtime("python2.7", (2021, 7, 15), (2021, 7, 15), (2022, 5, 30), isAccepted: false),
        runtime("python3.6", (2022, 7, 18), (2022, 7, 18), (2022, 8, 29), isAccepted: false),
        runtime("python3.7", (2023, 12, 4), (2024, 1, 9), (2026, 3, 9)),
        runtime("python3.8", (2024, 10, 14), (2026, 6, 1), (2026, 7, 1)),
        runtime("python3.9", (2025, 12, 15), (2026, 6, 1), (2026, 7, 1)),
        runtime("python3.10", (2026, 6, 30), (2026, 7, 31), (2026, 8, 31)),
        runtime("python3.11", (2026, 6, 30), (2026, 7, 31), (2026, 8, 31)),
        runtime("python3.12", (2028, 10, 31), (2028, 11, 30), (2029, 1, 10)),
        runtime("python3.13", (2029, 6, 30), (2029, 7, 31), (2029, 8, 31)),
        runtime("python3.14", (2029, 6, 30), (2029, 7, 31), (2029, 8, 31)),
        runtime("nodejs", (2016, 8, 30), (2016, 9, 30), (2016, 10, 31), isAccepted: false),
        runtime("nodejs4.3", (2020, 3, 5), (2020, 2, 3), (2020, 3, 5), isAccepted: false),
        runtime("nodejs4.3-edge", (2020, 3, 5), (2019, 3, 31), (2019, 4, 30), isAccepted: false),
        runtime("nodejs6.10", (2019, 8, 12), (2019, 7, 12), (2019, 8, 12), isAccepted: false),
        runtime("nodejs8.10", (2020, 3, 6), (2020, 2, 4), (2020, 3, 6), isAccepted: false),
        runtime("nodejs10.x", (2021, 7, 30), (2021, 7, 30), (2022, 2, 14), isAccepted: false),
        runtime("nodejs12.x", (2023, 3, 31), (2023, 3, 31), (2023, 4, 30), isAccepted: false),
        runtime("nodejs14.x", (2023, 12, 4), (2024, 1, 9), (2026, 7, 1)),
        runtime("nodejs16.x", (2024, 6, 12), (2026, 6, 1), (2026, 7, 1)),
        runtime("nodejs18.x", (2025, 9, 1), (2026, 6, 1), (2026, 7, 1)),
        runtime("nodejs20.x", (2026, 4, 30), (2026, 6, 1), (2026, 7, 1)),
        runtime("nodejs22.x", (2027, 4, 30), (2027, 6, 1), (2027, 7, 1)),
        runtime("nodejs24.x", (2028, 4, 30), (2028, 6, 1), (2028, 7, 1)),
        runtime("java8", (2024, 1, 8), (2024, 2, 8), (2026, 7, 1)),
        runtime("java8.al2", (2026, 6, 30), (2026, 7, 31), (2026, 8, 31)),
        KnownRuntime(name: "java8.al2023", end: nil, isAccepted: true),
        runtime("java11", (2026, 6, 30), (2026, 7, 31), (2026, 8, 31)),
        KnownRuntime(name: "java11.al2023", end: nil, isAccepted: true),
        runtime("java17", (2026, 6, 30), (2026, 7, 31), (2026, 8, 31)),
        KnownRuntime(name: "java17.al2023", end: nil, isAccepted: true),
        runtime("java21", (2029, 6, 30), (2029, 7, 31), (2029, 8, 31)),
        runtime("java25", (2029, 6, 30), (2029, 7, 31), (2029, 8, 31)),
        runtime("dotnetcore1.0", (2019, 6, 27), (2019, 6, 30), (2019, 7, 30), isAccepted: false),
        runtime("dotnetcore2.0", (2019, 5, 30), (2019, 4, 30), (2019, 5, 30), isAccepted: false),
        runtime("dotnetcore2.1", (2022, 1, 5), (2022, 1, 5), (2022, 4, 13), isAccepted: false),
        runtime("dotnetcore3.1", (2023, 4, 3), (2023, 4, 3), (2023, 5, 3), isAccepted: false),
        runtime("dotnet6", (2024, 12, 20), (2026, 6, 1), (2026, 7, 1)),
        runtime("dotnet8", (2026, 11, 10), (2026, 12, 10), (2027, 1, 11)),
        KnownRuntime(name: "dotnet9", end: nil, isAccepted: true),
        KnownRuntime(name: "dotnet10", end: nil, isAccepted: true),
        runtime("ruby2.5", (2021, 7, 30), (2021, 7, 30), (2022, 3, 31), isAccepted: false),
        runtime("ruby2.7", (2023, 12, 7), (2024, 1, 9), (2026, 7, 1)),
        runtime("ruby3.2", (2026, 3, 31), (2026, 6, 1), (2026, 7, 1)),
        runtime("ruby3.3", (2027, 3, 31), (2027, 4, 30), (2027, 5, 31)),
        runtime("ruby3.4", (2028, 3, 31), (2028, 4, 30), (2028, 5, 31)),
        KnownRuntime(name: "ruby4.0", end: nil, isAccepted: true),
        runtime("go1.x", (2024, 1, 8), (2024, 2, 8), (2026, 7, 1)),
        runtime("provided", (2024, 1, 8), (2024, 2, 8), (2026, 7, 1)),
        runtime("provided.al2", (2026, 6, 30), (2026, 7, 31), (2026, 8, 31)),
        runtime("provided.al2023", (2029, 6, 30), (2029, 7, 31), (2029, 8, 31)),
    ]

    /// The runtimes of each language after which later ones are expected, and how their names continue.
    private static let families: [RuntimeFamily] = [
        RuntimeFamily(prefix: "python3.", newest: 14),
        // Lambda has only the versions of Node.js with long-term support, which are even.
        RuntimeFamily(prefix: "nodejs", suffix: ".x", newest: 24, step: 2),
        RuntimeFamily(prefix: "java", newest: 25, step: 4),
        RuntimeFamily(prefix: "dotnet", newest: 10),
        RuntimeFamily(prefix: "ruby4.", newest: 0),
        RuntimeFamily(prefix: "provided.al", newest: 2023, step: 2),
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static func runtime(
        _ name: String,
        _ deprecated: (Int, Int, Int),
        _ createBlocked: (Int, Int, Int),
        _ updateBlocked: (Int, Int, Int),
        isAccepted: Bool = true
    ) -> KnownRuntime {
        func date(_ numbers: (Int, Int, Int)) -> CalendarDate { CalendarDate(numbers.0, numbers.1, numbers.2) }
        return KnownRuntime(
            name: name,
            end: KnownRuntime.End(
                deprecated: date(deprecated),
                createBlocked: date(createBlocked),
                updateBlocked: date(updateBlocked)
            ),
            isAccepted: isAccepted
        )
    }

    /// What a name is.
    package enum Match: Hashable, Sendable {
        /// A runtime of the list.
        case known(KnownRuntime)
        /// One of the next two versions of a language, which may come after this program.
        case later
        /// Neither a runtime nor the name of one that may come.
        case unknown
    }

    /// Finds out what a name is.
    package static func match(_ name: String) -> Match {
        if let runtime = byName[name] { return .known(runtime) }
        return families.contains { $0.isLater(name) } ? .later : .unknown
    }

    /// Whether a name is a runtime, or may become one.
    package static func exists(_ name: String) -> Bool { match(name) != .unknown }

    /// The names that the configuration schema lists.
    package static let acceptedNames = all.filter(\.isAccepted).map(\.name)

    /// The names of runtimes that may come after this program, which are accepted with a note.
    package static let laterNames = families.flatMap(\.laterNames)

    /// The names to suggest, by language, newest first.
    private static let suggested: [String] = {
        var languages: [[String]] = []
        for name in all.filter({ $0.isCurrent && $0.isAccepted }).map(\.name) {
            let language = name.prefix { $0.isLetter }
            if languages.last?.first?.hasPrefix(language) == true {
                languages[languages.count - 1].insert(name, at: 0)
            } else {
                languages.append([name])
            }
        }
        return languages.flatMap(\.self)
    }()

    /// The runtime that a misspelled name most likely means; `nil` if none is similar.
    package static func nearest(to text: String) -> String? {
        if let name = RuntimeSpelling.correct(text), exists(name) { return name }
        return NearestNames.nearest(to: text, among: suggested)
    }

    /// Reports a name that is not a runtime.
    ///
    /// - Parameters:
    ///   - text: the value of `runtime`.
    ///   - isNumber: whether the value is a number and not a string.
    ///   - severity: how severe it is.
    ///   - place: the place of the value.
    /// - Returns: the diagnostic.
    package static func unknown(
        _ text: String,
        isNumber: Bool = false,
        _ severity: Diagnostic.Severity = .error,
        at place: SourcePlace?
    ) -> Diagnostic {
        let nearest = nearest(to: text)
        let ordered = nearest.map { NearestNames.ordered(suggested, nearestTo: $0) } ?? suggested
        let list = ordered.prefix(8).joined(separator: ", ")
        return Diagnostic(
            severity,
            .unknownRuntime,
            isNumber ? "unknown runtime: found the number \(text)" : "unknown runtime '\(text)'",
            at: place,
            notes: ["known runtimes\(nearest == nil ? "" : ", nearest first"): \(list) … (\(suggested.count) in all)"],
            help: [
                nearest.map(NearestNames.question),
                "to use another runtime in one function, set 'runtime' on the function",
            ]
            .compactMap(\.self)
        )
    }
}
