/// The logical IDs and names of Serverless v3; if they differed, updates of existing stacks would replace resources.
package enum Naming {
    /// A string with its first character in upper case.
    package static func normalizedName(_ name: String) -> String {
        guard let first = name.unicodeScalars.first else { return name }
        return first.properties.uppercaseMapping + String(name.unicodeScalars.dropFirst())
    }

    /// The key of a function in the form for logical IDs: `-` and `_` as words, and the first character in upper case.
    package static func normalizedFunctionName(_ key: String) -> String {
        normalizedName(key.replacing("-", with: "Dash").replacing("_", with: "Underscore"))
    }

    /// The logical ID of a layer, by its key in `layers`.
    ///
    /// If versions of the layer are retained, a hash of the version is appended.
    package static func layerID(_ key: String) -> String { normalizedFunctionName(key) + "LambdaLayer" }

    /// A string with only the characters that logical IDs can have: ASCII letters and digits.
    package static func alphanumeric(_ text: String) -> String {
        String(decoding: text.utf8.filter(isAlphanumeric), as: UTF8.self)
    }

    /// A string with only the characters that logical IDs can have, and the first one in upper case.
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
