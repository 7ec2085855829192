/// A file of a template for a service.
package struct TemplateFile: Hashable, Sendable {
    /// The path relative to the directory of the service, such as `node/status.js`.
    package let path: String
    /// The bytes of the file.
    package var content: [UInt8]
    /// Whether the file can be executed.
    package var isExecutable = false

    /// Creates a file with its content.
    package init(path: String, content: [UInt8], isExecutable: Bool = false) {
        self.path = path
        self.content = content
        self.isExecutable = isExecutable
    }
}
