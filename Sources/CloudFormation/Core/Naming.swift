/// The logical IDs and names of Serverless v3; a deployed stack is taken over only where they are the same.
package enum Naming {
    /// A text with its first character in upper case.
    package static func normalizedName(_ name: String) -> String {
        guard let first = name.unicodeScalars.first else { return name }
        return first.properties.uppercaseMapping + String(name.unicodeScalars.dropFirst())
    }

    /// A function's key as logical IDs hold it: `-` and `_` become words, the first character upper case.
    package static func normalizedFunctionName(_ key: String) -> String {
        normalizedName(key.replacing("-", with: "Dash").replacing("_", with: "Underscore"))
    }

    /// The logical ID of a layer, by its key in `layers`.
    ///
    /// The logical ID of a layer whose versions are retained ends in a hash of the version, after this.
    package static func layerID(_ key: String) -> String { normalizedFunctionName(key) + "LambdaLayer" }

    /// A text without what logical IDs cannot hold: all but ASCII letters and digits.
    package static func alphanumeric(_ text: String) -> String {
        String(decoding: text.utf8.filter(isAlphanumeric), as: UTF8.self)
    }

    /// A text without what logical IDs cannot hold, its first character in upper case.
    package static func capitalizedAlphanumeric(_ text: String) -> String { normalizedName(alphanumeric(text)) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
