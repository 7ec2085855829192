import Diagnostics
import Testing

@testable import LambdaRuntimes

struct RuntimeCatalogTests {
    @Test(arguments: ["python3.13", "nodejs8.10", "provided", "java17.al2023", "dotnetcore1.0", "ruby4.0"])
    func `a runtime that Lambda has or had is known`(name: String) {
        #expect(RuntimeCatalog.match(name) == .known(RuntimeCatalog.all.first { $0.name == name } ?? Self.none))
    }

    private static let none = KnownRuntime(name: "", end: nil, isAccepted: false)

    @Test(arguments: [
        "python3.15", "python3.16", "nodejs26.x", "nodejs28.x", "java29", "dotnet11", "ruby4.1", "provided.al2025",
    ])
    func `the next two versions of a language are accepted as later ones`(name: String) {
        #expect(RuntimeCatalog.match(name) == .later)
    }

    @Test(arguments: [
        "python3.17", "python3.21", "python3.015", "python4.0", "nodejs25.x", "nodejs30.x", "nodejs22", "ruby3.9",
        "go2.x", "java24", "", "Python3.12",
    ])
    func `every other name is unknown`(name: String) {
        #expect(RuntimeCatalog.match(name) == .unknown)
    }

    @Test(arguments: [
        ("Python3.12", "python3.12"), ("python3.21", "python3.12"), ("3.12", "python3.12"), ("3.1", "python3.10"),
        ("python312", "python3.12"), ("py3.11", "python3.11"), ("Python 3.13", "python3.13"),
        ("python-3.9", "python3.9"),
        ("pyhton3.12", "python3.12"), ("nodejs20", "nodejs20.x"), ("node22.x", "nodejs22.x"), ("22", "nodejs22.x"),
        ("Node 24", "nodejs24.x"), ("nodejs22.0", "nodejs22.x"), ("java 21", "java21"), (".net8", "dotnet8"),
        ("ruby-3.4.1", "ruby3.4"), ("golang", "provided.al2023"), ("python3.12.1", "python3.12"),
        ("provided.al2022", "provided.al2023"),
    ])
    func `the nearest runtime is what was most likely meant`(text: String, name: String) {
        #expect(RuntimeCatalog.nearest(to: text) == name)
    }

    @Test func `a name that is like none has no nearest runtime`() {
        #expect(RuntimeCatalog.nearest(to: "cobol") == nil)
        let diagnostic = RuntimeCatalog.unknown("cobol", at: nil)
        #expect(diagnostic.code == .unknownRuntime)
        #expect(!diagnostic.help.contains { $0.hasPrefix("did you mean") })
    }

    @Test func `names are unique, and support ends in order`() {
        #expect(Set(RuntimeCatalog.all.map(\.name)).count == RuntimeCatalog.all.count)
        for runtime in RuntimeCatalog.all where runtime.isAccepted {
            guard let end = runtime.end else { continue }
            #expect(end.deprecated <= end.createBlocked && end.createBlocked <= end.updateBlocked, "\(runtime.name)")
        }
    }

    @Test(
        arguments: [
            (0, "1970-01-01"), (951_782_400_000, "2000-02-29"), (1_700_000_000_000, "2023-11-14"),
            (4_107_542_399_999, "2100-02-28"), (-1, "1969-12-31"),
        ] as [(Int64, String)]
    )
    func `a time is on a day of the calendar`(milliseconds: Int64, day: String) {
        #expect(CalendarDate(milliseconds: milliseconds).description == day)
    }

    @Test func `months are added up to the last day of a month`() {
        #expect(CalendarDate(2027, 8, 31).adding(months: 6) == CalendarDate(2028, 2, 29))
        #expect(CalendarDate(2026, 11, 28).adding(months: 2) == CalendarDate(2027, 1, 28))
    }
}
