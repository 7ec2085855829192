import HostSystem

extension SourceContext {
    /// Reads requirements of a file; relative paths relate to the service's folder, where pip is started, else to the
    /// file's own.
    func requirementLine(for file: LocalPath) -> RequirementLine {
        RequirementLine(folders: [serviceFolder, file.parent], exists: files.exists)
    }
}
