import HostSystem

extension ReadingContext {
    /// Reads requirements of a file; relative paths relate to the service's folder, where pip is started, else to the
    /// file's own.
    func requirementParser(for file: LocalPath) -> RequirementParser {
        RequirementParser(folders: [serviceFolder, file.parent], exists: files.exists)
    }
}
