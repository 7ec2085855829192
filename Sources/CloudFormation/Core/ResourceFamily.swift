package import Diagnostics
import HostSystem

/// A family of resources that is compiled together: one kind of event source, the layers, the log groups ….
///
/// Families are asked in the fixed order of ``TemplateCompiler/families``, which also is the order of statements in
/// the execution role's policy. A family reads the service and adds to the template; it never reads what a later
/// family adds.
package protocol ResourceFamily: SendableMetatype {
    /// Adds this family's resources.
    ///
    /// - Throws: ``DiagnosticError`` for what the service asks and CloudFormation cannot give; several faults together.
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError)
}
