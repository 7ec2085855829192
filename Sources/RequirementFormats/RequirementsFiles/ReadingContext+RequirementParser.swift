import HostSystem

extension ReadingContext {
    /// The parser of the requirements in a file.
    ///
    /// Relative paths are looked up in the service's directory, where pip runs, then in the directory of the file.
    func requirementParser(for file: LocalPath) -> RequirementParser {
        RequirementParser(folders: [serviceFolder, file.parent], exists: files.exists)
    }
}
