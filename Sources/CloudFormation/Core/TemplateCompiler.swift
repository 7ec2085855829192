package import HostSystem
import OrderedJSON

/// Compiles a service into its CloudFormation templates.
package enum TemplateCompiler {
    /// The resource families in the order in which they add to the template.
    static let families: [any ResourceFamily.Type] = []

    /// The template of the whole stack.
    ///
    /// - Throws: ``DiagnosticError`` with all faults that the families found.
    package static func template(of context: CompileContext) throws(DiagnosticError) -> TemplateValue {
        var template = Template()
        for family in families { try family.compile(context, into: &template) }
        return .object(["Resources": .object(template.resources)])
    }
}
