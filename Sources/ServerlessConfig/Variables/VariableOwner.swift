import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem

/// The property that variables are resolved for, which errors name and point to.
struct VariableOwner {
    /// The property in the configuration.
    let property: ConfigurationProperty
    /// The resolver, which has the bytes of files.
    let resolver: VariableResolver

    /// The path of the property.
    var path: String { property.path }

    /// Parses the variables in the value of a variable.
    func parse(_ string: String) throws(VariableFailure) -> VariableText? {
        do throws(VariableSyntaxError) {
            return try VariableParser.parse(string)
        } catch {
            throw .error(
                VariableError(
                    code: .invalidVariableSyntax,
                    message: "cannot parse the variables in the value of '\(path)': \(error)",
                    place: property.place,
                    // The value is not shown, because it may be a password in an environment variable.
                    notes: ["the error is at character \(string.character(atByte: error.offset)) of the value"]
                )
            )
        }
    }

    /// An error of one variable, at the place of the variable if it is found in the file, or else of the property.
    func error(
        _ code: DiagnosticCode,
        _ message: String,
        _ source: String? = nil,
        notes: [String] = [],
        help: [String] = []
    ) -> VariableError {
        VariableError(
            code: code,
            message: message,
            path: path,
            place: source.flatMap { place(of: $0, in: property.place) } ?? property.place,
            notes: notes,
            help: help
        )
    }

    /// The place of a variable inside a scalar; `nil` if it is not found in its file.
    func place(of source: String, in scalar: SourcePlace?) -> SourcePlace? {
        guard let place = scalar, let bytes = resolver.texts[place.file] else { return nil }
        let index = resolver.lines(of: place.file, bytes)
        guard let start = index.offset(line: place.line, column: place.column) else { return nil }
        let wanted = Array(source.utf8)
        // A scalar is not much longer in its file than its value; text after it belongs to other values.
        let end = min(start + 4096, bytes.count - wanted.count)
        guard start <= end else { return nil }
        let found = (start...end).first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
        return found.map { index.place(of: $0, in: place.file) }
    }
}
