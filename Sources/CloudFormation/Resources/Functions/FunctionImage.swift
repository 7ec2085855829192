import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The container image of a function.
struct FunctionImage {
    /// The URI of the image with its digest.
    let uri: String
    /// The digest in hexadecimal.
    let digest: String
    /// The value of `ImageConfig`, or `nil` if no settings of the image are changed.
    let settings: TemplateValue?

    /// The image of a function, or `nil` if the function is a zip file.
    ///
    /// - Throws: ``DiagnosticError`` if the image is not known.
    init?(_ function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        guard let image = function.node["image"],
            let source = try context.service.imageSource(of: function.function)
        else { return nil }
        var reference = context.images[function.key].map { ImageReference(uri: $0, node: image) }
        if reference == nil, case .registry(let written) = source { reference = written }
        guard let reference, let digest = reference.digest else {
            throw DiagnosticError(.unexpectedError, "the image of \(function.label) was not looked up", at: image.place)
        }
        uri = reference.uri
        self.digest = digest
        let changes = TemplateValue.object(of: [
            "Command": image["command"]?.truthyJSON,
            "EntryPoint": image["entryPoint"]?.truthyJSON,
            "WorkingDirectory": image["workingDirectory"]?.truthyJSON,
        ])
        settings = changes.objectValue?.isEmpty == true ? nil : changes
    }
}
