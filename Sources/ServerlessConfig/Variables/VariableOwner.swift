import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem

/// For which property variables are resolved: what faults name and where they point.
struct VariableOwner {
    /// The property.
    let property: ConfigurationProperty
    /// The resolver, which knows the texts of files.
    let resolver: VariableResolver

    /// The property's path.
    var path: String { property.path }

    /// Reads the variables of a text that a value brought.
    func parse(_ string: String) throws(VariableFailure) -> VariableText? {
        do throws(VariableSyntaxError) {
            return try VariableParser.parse(string)
        } catch {
            throw .error(
                Diagnostic(
                    .error,
                    "the value of '\(path)' holds variables that cannot be read: \(error)",
                    at: property.place,
                    // Not the value itself: it may be a password that a variable of the environment holds.
                    notes: ["at character \(string.character(atByte: error.offset)) of what its variables give"]
                )
            )
        }
    }

    /// A fault of one variable of a text, at the place of the variable itself where the property's file shows it.
    func error(
        _ message: String,
        _ source: String? = nil,
        notes: [String] = [],
        help: [String] = []
    ) -> Diagnostic {
        Diagnostic(
            .error,
            "cannot resolve '\(path)': \(message)",
            at: source.flatMap(place(of:)) ?? property.place,
            notes: notes,
            help: help
        )
    }

    /// Where a variable stands inside the scalar of the property.
    private func place(of source: String) -> SourcePlace? {
        guard let place = property.place, let bytes = resolver.texts[place.file] else { return nil }
        let index = LineIndex(bytes)
        guard let start = index.offset(line: place.line, column: place.column) else { return nil }
        let wanted = Array(source.utf8)
        // A scalar is not much longer in its file than as a value; what comes later belongs to others.
        let end = min(start + 4096, bytes.count - wanted.count)
        guard start <= end else { return nil }
        let found = (start...end).first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
        return found.map { index.place(of: $0, in: place.file) }
    }
}
