package import Diagnostics
import HostSystem

/// A family of resources that is compiled together: the events of one source, the layers, the log groups ….
///
/// Families are compiled in the order of ``TemplateCompiler/Phase/families``, which is also the order of the statements
/// in the execution role's policy. A family reads the service and adds to the template; it never reads what a later
/// family adds.
package protocol ResourceFamily: SendableMetatype {
    /// The sources of the events that the family compiles; empty if it does not compile events.
    static var sources: Set<String> { get }

    /// Adds this family's resources.
    ///
    /// - Throws: ``DiagnosticError`` for settings that CloudFormation or the service in question rejects.
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError)
}

extension ResourceFamily {
    /// No sources, for families that do not compile events.
    package static var sources: Set<String> { [] }
}
